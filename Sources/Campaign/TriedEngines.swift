import Execution

/// The engines of a campaign after those outside of the program were tried, which may take a while.
struct TriedEngines {
    /// Those that can be used, in their order.
    private(set) var usable: [EngineName] = []
    /// What the usable ones outside of the program take.
    private(set) var capabilities: [EngineName: EngineCapabilities] = [:]
    /// Those that were asked for and cannot be used.
    private(set) var unusable: [UnusableEngine] = []
    /// Those that cannot be used and are not missed, as nobody asked for them by their names.
    private(set) var leftOut: [UnusableEngine] = []

    /// Tries the engines one after the other.
    /// - Parameters:
    ///   - optional: the names of those that may be left out.
    ///   - progress: told of each engine before it is tried.
    init(
        _ names: [EngineName],
        optional: Set<EngineName>,
        _ registry: EngineRegistry,
        isInterrupted: () -> Bool,
        progress: (EngineName) -> Void
    ) {
        for name in names {
            guard registry.isExternal(name), !isInterrupted() else {
                usable.append(name)
                continue
            }
            progress(name)
            do throws(EngineRegistry.UnknownEngine) {
                let engine = try registry.engine(named: name)
                let capabilities = engine.capabilities
                guard let obstacle = engine.obstacle else {
                    usable.append(name)
                    self.capabilities[name] = capabilities
                    continue
                }
                add(UnusableEngine(engine: name, reason: obstacle), isOptional: optional.contains(name))
            } catch {
                add(UnusableEngine(engine: name, reason: error.reason), isOptional: optional.contains(name))
            }
        }
    }

    private mutating func add(_ engine: UnusableEngine, isOptional: Bool) {
        if isOptional { leftOut.append(engine) } else { unusable.append(engine) }
    }

    /// The names of all but those that are left out.
    var chosen: [EngineName] { usable + unusable.map(\.engine) }
}

/// An engine outside of the program that cannot be used here.
public struct UnusableEngine: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engine = "engine"
        case reason = "reason"
    }

    public var engine: EngineName
    /// Why it cannot be used.
    public var reason: String

    /// Makes the account of an engine.
    public init(engine: EngineName, reason: String) {
        self.engine = engine
        self.reason = reason
    }

    /// One line.
    var text: String { "\(engine) cannot be used: \(reason)" }
}
