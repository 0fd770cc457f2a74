import Carriage
import Execution
import WorkerIsolation

/// Makes the engines of one family that are not in this program.
public struct ExternalEngineFactory: EngineFactory {
    public let family: String
    public let obstacle: String?
    private let definitions: [EngineDefinition]
    private let settings: HostSettings

    /// Makes the factory of definitions whose names have one family.
    /// - Parameter obstacle: why they cannot be used here; nil where they can.
    init(_ family: String, _ definitions: [EngineDefinition], obstacle: String? = nil, settings: HostSettings) {
        self.family = family
        self.definitions = definitions
        self.obstacle = obstacle
        self.settings = settings
    }

    public var isExternal: Bool { true }
    public var configurations: [EngineName] { definitions.map(\.name) }

    /// One of the configurations by one way alone, e.g. `v8:liftoff:memory`.
    public func makeVariant(_ name: EngineName) -> (any Engine)? {
        guard let carriage = name.options.last.flatMap(Carriage.init(rawValue:)) else { return nil }
        let base = EngineName(family: name.family, options: Array(name.options.dropLast()))
        return definitions.first { $0.name == base && $0.ways.contains(carriage) }.map {
            ExternalEngine($0, settings, carriage: carriage)
        }
    }

    /// What is missing of the engine of a name.
    public func obstacle(to name: EngineName) -> String? {
        guard let definition = definitions.first(where: { $0.name == name }) else { return nil }
        do throws(WorkerError) { try settings.launcher.check(definition.kind) } catch { return error.description }
        return nil
    }

    /// The engine of a name; no process is started yet.
    public func makeEngine(_ name: EngineName) -> any Engine {
        guard let definition = definitions.first(where: { $0.name == name }) else {
            preconditionFailure("\(name) is one of \(configurations)")
        }
        return ExternalEngine(definition, settings)
    }
}

/// What all hosts have in common.
public struct HostSettings: Sendable {
    var launcher: HostLauncher
    /// For what is compared within the module, or in a script.
    var oracle: any Oracle
    var interruption: Interruption?
    /// Processor time for each module with which an engine is tried.
    var secondsOfTrial: Double
    /// Keeps what was found out about engines.
    var cache = HostCache.standard

    /// Makes settings.
    /// - Parameters:
    ///   - oracle: is asked for what a module that checks itself, or a script, has to expect.
    ///   - interruption: ends what is under way.
    ///   - secondsOfTrial: the most processor time for each module with which an engine is tried; nil for ten seconds.
    public init(
        launcher: HostLauncher,
        oracle: any Oracle,
        interruption: Interruption? = nil,
        secondsOfTrial: Double? = nil
    ) {
        self.launcher = launcher
        self.oracle = oracle
        self.interruption = interruption
        self.secondsOfTrial = min(secondsOfTrial ?? Self.usualSecondsOfTrial, Self.usualSecondsOfTrial)
    }

    private static let usualSecondsOfTrial = 10.0

    /// Keeps what was found out, unless the engine would take more with the usual time.
    func store(_ probe: EngineProbe, _ trial: EngineTrial, _ key: String) {
        if trial.unendedCount == 0 || secondsOfTrial >= Self.usualSecondsOfTrial { cache.store(probe, key) }
    }
}

/// The engines that are not in this program.
public enum ExternalEngines {
    /// The definitions of all engines that have short names, whether they are here or not.
    public static var knownDefinitions: [EngineDefinition] { KnownEngine.all.flatMap { $0.find().definitions } }

    /// One factory for each family: of what was defined, then of what is known by name.
    /// - Parameter definitions: those of the user, which come before what is known by the same family.
    public static func factories(_ definitions: [EngineDefinition], settings: HostSettings) -> [any EngineFactory] {
        var families: [String] = []
        for definition in definitions where !families.contains(definition.name.family) {
            families.append(definition.name.family)
        }
        let defined = families.map { family in
            ExternalEngineFactory(family, definitions.filter { $0.name.family == family }, settings: settings)
        }
        let known = KnownEngine.all.filter { !families.contains($0.family) }.map { known in
            let found = known.find()
            return ExternalEngineFactory(
                known.family,
                found.definitions,
                obstacle: found.obstacle,
                settings: settings
            )
        }
        return defined + known
    }
}
