import Execution
import MachineCode
import Runtime

/// Changes the pipeline of an in-tree compiler.
public typealias PipelineChange = @Sendable (inout PipelineConfiguration) -> Void

/// What compiled code does beside what the program asks for.
public struct Instrumentation: Hashable, Sendable {
    /// Whether code checks the convention of calls while it runs; what it finds is a crash whose message begins with `audit:`.
    public var isAudited: Bool
    /// Whether code counts calls and iterations, so that every call from outside ends within the fuel of the budget.
    public var countsFuel: Bool

    /// Nothing.
    public static let none = Instrumentation(isAudited: false, countsFuel: false)
    /// What cases are judged with; audited engines have names of their own, see ``CompilerFactory/makeAudited(_:)``.
    public static let fuzzing = Instrumentation(isAudited: false, countsFuel: true)

    /// Makes an instrumentation.
    public init(isAudited: Bool, countsFuel: Bool) {
        self.isAudited = isAudited
        self.countsFuel = countsFuel
    }
}

/// Makes the configurations of the in-tree compiler for one machine.
public struct CompilerFactory: EngineFactory {
    private let target: CompilationTarget
    private let change: PipelineChange?
    private var instrumentation: Instrumentation
    private let reader: ModuleReader
    private let translations: SharedTranslations?
    /// By the level; none where pipelines are changed, in ways that may differ between them.
    private let allocations: [OptimizationLevel: SharedAllocations]

    /// Makes the factory.
    /// - Parameters:
    ///   - change: of every pipeline.
    ///   - reader: shared with other engines that run the same test cases.
    ///   - translations: shared with other compilers of the same modules; nil to translate everything in each engine.
    public init(
        _ target: CompilationTarget,
        change: PipelineChange? = nil,
        instrumentation: Instrumentation = .none,
        reader: ModuleReader = ModuleReader(),
        translations: SharedTranslations? = nil
    ) {
        self.target = target
        self.change = change
        self.instrumentation = instrumentation
        self.reader = reader
        self.translations = translations
        let sharesAllocations = translations != nil && change == nil
        allocations = Dictionary(
            uniqueKeysWithValues: (sharesAllocations ? OptimizationLevel.allCases : []).map {
                ($0, SharedAllocations())
            }
        )
    }

    public var family: String { target.rawValue }
    public var obstacle: String? { target.obstacle }

    private struct Configuration {
        var level: OptimizationLevel
        var strategy: ResultStrategy
    }

    private static let all: [Configuration] = OptimizationLevel.allCases.flatMap { level in
        ResultStrategy.allCases.map { Configuration(level: level, strategy: $0) }
    }

    private func name(_ configuration: Configuration) -> EngineName {
        EngineName(family: family, options: [configuration.level.rawValue, configuration.strategy.rawValue])
    }

    public var configurations: [EngineName] { Self.all.map(name) }

    public func makeEngine(_ name: EngineName) -> any Engine {
        engine(Self.all.first { self.name($0) == name } ?? Self.all[0], name)
    }

    /// What the name of an engine has at its end whose code checks itself.
    private static let audited = "audited"

    /// One of the configurations whose code is audited, or that leaves out a stage, or both, e.g. `x86_64:speed:loads:audited`,
    /// `x86_64:speed:loads:without-code-motion` or `x86_64:speed:loads:without-code-motion-in-3`.
    public func makeVariant(_ name: EngineName) -> (any Engine)? {
        let own = name.options.prefix(2)
        guard let configuration = Self.all.first(where: { self.name($0).options == Array(own) }) else { return nil }
        var factory = self
        var exclusion: StageExclusion?
        for option in name.options.dropFirst(own.count) {
            if option == Self.audited, !factory.instrumentation.isAudited, exclusion == nil {
                factory.instrumentation.isAudited = true
            } else if exclusion == nil, let read = StageExclusion(option, at: configuration.level) {
                exclusion = read
            } else {
                return nil
            }
        }
        guard name.options.count > own.count else { return nil }
        return factory.engine(configuration, name, without: exclusion)
    }

    public func stages(of name: EngineName) -> [CompilerStage] {
        guard let configuration = Self.all.first(where: { self.name($0).options == Array(name.options.prefix(2)) })
        else { return [] }
        return PipelineStage.all(of: configuration.level).map { $0.stage(of: configuration.level) }
    }

    public func makeAudited(_ name: EngineName) -> (any Engine)? {
        guard !instrumentation.isAudited, let configuration = Self.all.first(where: { self.name($0) == name }) else {
            return nil
        }
        var factory = self
        factory.instrumentation.isAudited = true
        return factory.engine(configuration, EngineName(family: family, options: name.options + [Self.audited]))
    }

    private func engine(
        _ configuration: Configuration,
        _ name: EngineName,
        without exclusion: StageExclusion? = nil
    ) -> CompiledEngine {
        let isHost = target.isHost
        // Where code counts its work itself, the steps of the machine only bound what it does between two counts.
        let stepsPerUnit: UInt64 = instrumentation.countsFuel ? 1000 : 1
        let compiler = compiler(configuration.level, configuration.strategy, without: exclusion)
        return CompiledEngine(
            name: name,
            compiler: compiler,
            capabilities: engineCapabilities,
            reader: reader(for: compiler.configuration),
            makeRunner: { fuel in
                if isHost { return NativeRunner() }
                let (steps, isTooMuch) = fuel.multipliedReportingOverflow(by: stepsPerUnit)
                return SimulatedRunner(fuel: isTooMuch ? .max : steps)
            }
        )
    }

    /// The shared reader, but for a pipeline that reads modules in its own way.
    private func reader(for configuration: PipelineConfiguration) -> ModuleReader {
        guard configuration.isReadingReplaced else { return reader }
        return ModuleReader(decode: configuration.decode, validate: configuration.validate)
    }

    /// A compiler without the machine that runs its code.
    public func compiler(_ level: OptimizationLevel, _ strategy: ResultStrategy) -> ModuleCompiler {
        compiler(level, strategy, without: nil)
    }

    private func compiler(
        _ level: OptimizationLevel,
        _ strategy: ResultStrategy,
        without exclusion: StageExclusion?
    ) -> ModuleCompiler {
        var configuration = PipelineConfiguration(level, resultStrategy: strategy)
        configuration.isAudited = instrumentation.isAudited
        configuration.countsFuel = instrumentation.countsFuel
        change?(&configuration)
        guard let exclusion else {
            return ModuleCompiler(target.backend, configuration, sharing: translations, allocations[level])
        }
        var reduced = configuration
        exclusion.stage.leaveOut(of: &reduced, at: level)
        guard let function = exclusion.function else {
            return ModuleCompiler(target.backend, reduced, sharing: translations)
        }
        var compiler = ModuleCompiler(target.backend, configuration, sharing: translations)
        compiler.exceptions[function] = reduced
        return compiler
    }

    private var engineCapabilities: EngineCapabilities {
        let limits = CompilationLimits()
        return EngineCapabilities(
            summary: "a compiler in the tree, at two levels and with two ways to return many results",
            version: InTreeEngines.version,
            machine: target.machineDescription,
            features: .wasm3,
            refusals: "instructions on structures, arrays and i31 references, and casts",
            limits: [
                EngineCapabilities.Limit("parameters", UInt64(limits.parameterCount)),
                EngineCapabilities.Limit("results", UInt64(limits.resultCount)),
                EngineCapabilities.Limit("bytes of a frame", UInt64(limits.frameSize)),
                EngineCapabilities.Limit("bytes of a function's code", UInt64(limits.functionCodeSize)),
                EngineCapabilities.Limit("bytes of a module's code", UInt64(limits.moduleCodeSize)),
                EngineCapabilities.Limit("branches of a function", UInt64(limits.branchCount)),
                EngineCapabilities.Limit("labels of a function's branch tables", UInt64(limits.branchTableLabelCount)),
            ]
        )
    }
}
