import Execution
import InTreeEngines

/// The engines in the tree as tests choose among them.
public enum TestedEngines {
    /// Without any deliberate bug.
    public static let registry = InTreeEngines.registry()

    /// The interpreter.
    public static var oracle: any Oracle { registry.oracle }

    /// The full names of all that run here, the oracle's first.
    public static var names: [EngineName] { [oracle.name] + compilerNames }

    /// The full names of the compilers whose code runs here.
    public static var compilerNames: [EngineName] { registry.usableNames }

    /// All compilers whose code runs here.
    public static var compilers: [any Engine] { registry.compilers }

    /// One compiler for each machine, in the configuration that optimises most.
    public static var oneCompilerPerTarget: [any Engine] {
        compilers.filter { $0.name.options == ["speed", "definitions"] }
    }
}

extension EngineRegistry {
    /// All engines but the oracle.
    public var compilers: [any Engine] {
        factories.filter { $0.obstacle == nil }.flatMap { factory in factory.configurations.map(factory.makeEngine) }
            .filter { $0.name != oracle.name }
    }
}
