import WasmModel

/// What an engine is and what it can do; told by the engine itself.
public struct EngineCapabilities: Hashable, Sendable {
    /// A bound with its figure.
    public struct Limit: Hashable, Sendable {
        /// What is bounded, with the unit, e.g. `bytes of a frame`.
        public var name: String
        public var figure: UInt64

        /// Makes a limit.
        public init(_ name: String, _ figure: UInt64) {
            self.name = name
            self.figure = figure
        }
    }

    /// What it is, in a few words.
    public var summary: String
    /// Which release it is, or ``unknownVersion``.
    public var version: String
    /// Where its code is executed.
    public var machine: String
    /// What modules may use.
    public var features: FeatureSet
    /// What it refuses by name although a feature has it; empty where it refuses nothing.
    public var refusals: String
    public var limits: [Limit]

    /// The version of an engine that does not tell it.
    public static let unknownVersion = "unknown"

    /// Those of an engine that says nothing of itself.
    public static let unstated = EngineCapabilities(
        summary: "an engine that says nothing of itself",
        version: unknownVersion,
        machine: "unknown",
        features: .wasm3
    )

    /// Makes capabilities.
    public init(
        summary: String,
        version: String,
        machine: String,
        features: FeatureSet,
        refusals: String = "",
        limits: [Limit] = []
    ) {
        self.summary = summary
        self.version = version
        self.machine = machine
        self.features = features
        self.refusals = refusals
        self.limits = limits
    }
}
