import MachineCode
import Runtime
import WasmInterpreter
import WasmModel

/// What an engine is and what it can do, for people who choose engines.
public struct EngineDescription: Hashable, Sendable, Codable {
    /// A bound with its figure.
    public struct Limit: Hashable, Sendable, Codable {
        /// What is bounded, with the unit.
        public var name: String
        public var figure: UInt64
    }

    /// The names of all its configurations, as options take them.
    public var names: [String]
    /// What it is.
    public var summary: String
    /// Where its code is executed.
    public var machine: String
    /// Which release it is; that of this program for engines in the tree.
    public var version: String
    /// What modules may use, by the names of ``WasmModel/FeatureSet/named``.
    public var features: [String]
    /// What it refuses by name although a feature has it; empty where it refuses nothing.
    public var refused: String
    public var limits: [Limit]
    /// Why it cannot be used here, and how that can be mended; nil where it can.
    public var obstacle: String?
}

extension EngineCatalog {
    /// All engines that this program knows, whether they can be used here or not; the oracle first.
    public static var descriptions: [EngineDescription] {
        [interpreterDescription] + CompilationTarget.allCases.map(description)
    }

    private static let version = "in this program"

    private static var interpreterDescription: EngineDescription {
        let limits = ExecutionLimits()
        return EngineDescription(
            names: ["interpreter"],
            summary: "the oracle: executes the specification's semantics, deterministic profile",
            machine: "none",
            version: version,
            features: names(of: .wasm3),
            refused: "",
            limits: [
                EngineDescription.Limit(name: "nested calls", figure: UInt64(limits.callDepth)),
                EngineDescription.Limit(name: "pages of a memory", figure: limits.memoryPages),
                EngineDescription.Limit(name: "elements of a table", figure: limits.tableElements),
                EngineDescription.Limit(name: "bytes of exceptions and objects", figure: limits.heapBytes),
            ]
        )
    }

    private static func description(_ target: CompilationTarget) -> EngineDescription {
        let limits = CompilationLimits()
        return EngineDescription(
            names: inTreeNames.filter { $0.hasPrefix("\(target.rawValue):") },
            summary: "a compiler in the tree, at two levels and with two ways to return many results",
            machine: target.machineDescription,
            version: version,
            features: names(of: .wasm3),
            refused: "instructions on structures, arrays and i31 references, and casts",
            limits: [
                EngineDescription.Limit(name: "parameters", figure: UInt64(limits.parameterCount)),
                EngineDescription.Limit(name: "results", figure: UInt64(limits.resultCount)),
                EngineDescription.Limit(name: "bytes of a frame", figure: UInt64(limits.frameSize)),
                EngineDescription.Limit(name: "bytes of a function's code", figure: UInt64(limits.functionCodeSize)),
                EngineDescription.Limit(name: "bytes of a module's code", figure: UInt64(limits.moduleCodeSize)),
            ],
            obstacle: target.obstacle
        )
    }

    private static func names(of features: FeatureSet) -> [String] {
        FeatureSet.named.filter { features.contains($0.feature) }.map(\.name)
    }
}

extension CompilationTarget {
    /// Where code for the target is executed on this host.
    fileprivate var machineDescription: String {
        if isHost {
            switch self {
            case .x86_64:
                let features = ProcessorFeatures.ofHost
                return "on this processor, which has \(features); code needs \(ProcessorFeatures.required)"
            case .arm64: return "on this processor"
            }
        }
        return canRun ? "in the simulator in the tree, on this processor" : "nowhere"
    }

    /// Why code for the target cannot be executed here; nil where it can.
    fileprivate var obstacle: String? {
        if canRun { return nil }
        if !missingFeatures.isEmpty { return "\(missingFeatures): the processor of this host lacks it" }
        return "an \(rawValue) host; 'compile --target \(rawValue)' works here"
    }
}
