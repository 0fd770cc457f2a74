import ARM64Backend
import MachineCode
import Runtime
import X64Backend

/// The machines that the in-tree compilers compile for.
public enum CompilationTarget: String, Hashable, Sendable, CaseIterable {
    case x86_64
    case arm64

    /// The back end.
    public var backend: any MachineBackend {
        switch self {
        case .x86_64: X64Backend()
        case .arm64: ARM64Backend()
        }
    }

    /// Whether the processor of this host is of the kind.
    public var isHost: Bool {
        #if arch(x86_64)
            self == .x86_64
        #elseif arch(arm64)
            self == .arm64
        #else
            false
        #endif
    }

    /// Whether code for the target can be run here, natively or in the simulator.
    public var canRun: Bool { (isHost && missingFeatures.isEmpty) || self == .arm64 }

    /// What compiled code needs and the processor of this host lacks; empty on processors of another kind.
    public var missingFeatures: ProcessorFeatures {
        switch self {
        case .x86_64: isHost ? ProcessorFeatures.missing : []
        case .arm64: []
        }
    }
}

/// The engines by their names.
public struct EngineCatalog: Sendable {
    /// Changes the pipeline of an in-tree compiler, as deliberate bugs do.
    public typealias PipelineChange = @Sendable (inout PipelineConfiguration) -> Void

    /// What is wrong with the name of an engine.
    public struct UnknownEngine: Error, Hashable, Sendable, CustomStringConvertible {
        public var name: String
        public var reason: String
        /// Names the engine, the mistake and the choice.
        public var description: String { "engine '\(name)': \(reason)" }
    }

    /// Every in-tree configuration, the oracle first.
    public static let inTreeNames: [String] =
        ["interpreter"]
        + CompilationTarget.allCases.flatMap { target in
            OptimizationLevel.allCases.flatMap { level in
                ResultStrategy.allCases.map { "\(target.rawValue):\(level.rawValue):\($0.rawValue)" }
            }
        }

    private let change: PipelineChange?
    /// Whether compiled code checks the convention of calls while it runs; what it finds is a crash whose message begins
    /// with `audit:`.
    public let isAudited: Bool

    /// Makes the catalog; the change applies to all in-tree compilers.
    public init(change: PipelineChange? = nil, isAudited: Bool = false) {
        self.change = change
        self.isAudited = isAudited
    }

    /// The engine that judges all others.
    public var oracle: any Engine { InterpreterEngine() }

    /// All compilers whose code can be run here, in every configuration.
    public var allCompilers: [any Engine] {
        CompilationTarget.allCases.filter(\.canRun).flatMap { target in
            OptimizationLevel.allCases.flatMap { level in ResultStrategy.allCases.map { engine(target, level, $0) } }
        }
    }

    /// One compiler a machine, for speed.
    public var oneCompilerPerTarget: [any Engine] {
        CompilationTarget.allCases.filter(\.canRun).map { engine($0, .speed, .definitions) }
    }

    /// The engines that a name stands for: parts that are left out stand for all their values.
    public func engines(named name: String) throws(UnknownEngine) -> [any Engine] {
        if name == "interpreter" { return [oracle] }
        let parts = name.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard let target = CompilationTarget(rawValue: parts[0]) else {
            throw UnknownEngine(name: name, reason: "no such engine (choose from interpreter, x86_64, arm64)")
        }
        var levels = OptimizationLevel.allCases
        var strategies = ResultStrategy.allCases
        for part in parts.dropFirst() {
            if let level = OptimizationLevel(rawValue: part) {
                levels = [level]
            } else if let strategy = ResultStrategy(rawValue: part) {
                strategies = [strategy]
            } else {
                throw UnknownEngine(
                    name: name,
                    reason: "no such option ':\(part)' (choose from :none, :speed, :definitions, :loads)"
                )
            }
        }
        guard target.canRun else {
            let lack = target.missingFeatures.isEmpty ? "" : " (its processor lacks \(target.missingFeatures))"
            throw UnknownEngine(
                name: name,
                reason:
                    "this host\(lack) cannot run \(target.rawValue) code; 'compile --target \(target.rawValue)' works"
            )
        }
        return levels.flatMap { level in strategies.map { engine(target, level, $0) } }
    }

    /// A compiler without the machine that runs its code.
    public func compiler(
        for target: CompilationTarget,
        _ level: OptimizationLevel,
        _ strategy: ResultStrategy
    ) -> ModuleCompiler {
        var configuration = PipelineConfiguration(level, resultStrategy: strategy)
        configuration.isAudited = isAudited
        change?(&configuration)
        return ModuleCompiler(target.backend, configuration)
    }

    private func engine(
        _ target: CompilationTarget,
        _ level: OptimizationLevel,
        _ strategy: ResultStrategy
    ) -> any Engine {
        let isHost = target.isHost
        return CompiledEngine(
            name: "\(target.rawValue):\(level.rawValue):\(strategy.rawValue)",
            compiler: compiler(for: target, level, strategy),
            makeRunner: { fuel in if isHost { NativeRunner() } else { SimulatedRunner(fuel: fuel) } }
        )
    }
}
