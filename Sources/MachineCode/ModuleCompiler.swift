import Invariants
import RegisterAllocation
import SSA
import WasmFormats
import WasmModel

/// Compiles modules for one machine.
public struct ModuleCompiler: Sendable {
    public let backend: any MachineBackend
    /// Whoever changes it has nothing in common with those that shared allocations any more.
    public var configuration: PipelineConfiguration {
        didSet { allocations = nil }
    }
    /// The configurations of functions that are compiled by another one than the others, which tells in which function a failure is; they
    /// differ from ``configuration`` in what happens within a function alone.
    public var exceptions: [FunctionIndex: PipelineConfiguration] = [:] {
        didSet { allocations = nil }
    }
    /// What other compilers have translated of the same module; nil to translate everything here.
    private let translations: SharedTranslations?
    /// What compilers that differ in the result strategy and the audits alone have allocated of the same module; nil to allocate everything
    /// here.
    private(set) var allocations: SharedAllocations?

    /// Makes a compiler.
    /// - Parameters:
    ///   - translations: shared with other compilers that get the same modules.
    ///   - allocations: shared with other compilers that get the same modules, for the same machine, and whose configurations differ in the
    ///     result strategy and the audits alone.
    public init(
        _ backend: any MachineBackend,
        _ configuration: PipelineConfiguration = PipelineConfiguration(),
        sharing translations: SharedTranslations? = nil,
        _ allocations: SharedAllocations? = nil
    ) {
        self.backend = configuration.wrapBackend?(backend) ?? backend
        self.configuration = configuration
        self.translations = translations
        self.allocations = allocations
    }

    /// Compiles all functions of a module, and the stubs that it needs.
    /// - Throws: the first function that cannot be compiled and why.
    public func compile(_ module: ValidatedModule) throws(CompilationError) -> CompiledModule {
        var compilation = try ModuleCompilation(of: module, by: self)
        while try compilation.next() != nil {}
        return try compilation.finish()
    }

    /// What compiles a function that has a configuration of its own; nil for the others.
    func exception(for function: FunctionIndex) -> ModuleCompiler? {
        exceptions[function].map { ModuleCompiler(backend, alone: $0, sharing: translations) }
    }

    /// Makes a compiler whose back end has its wrapping already.
    private init(
        _ backend: any MachineBackend,
        alone configuration: PipelineConfiguration,
        sharing translations: SharedTranslations?
    ) {
        self.backend = backend
        self.configuration = configuration
        self.translations = translations
    }

    /// What translates the functions of a module.
    func translator(of module: ValidatedModule) -> ModuleTranslator {
        translations?.translator(of: module) ?? ModuleTranslator(module)
    }

    /// Translates a function that the module defines, as compilation does.
    public func translate(_ translator: ModuleTranslator, _ position: Int) throws(CompilationError) -> IRFunction {
        do {
            guard let optimize = configuration.optimize else { return try translated(translator, position) }
            let passes = configuration.optimizationPasses
            let isOfThisPipeline =
                configuration.isTranslationReplaced || configuration.isOptimizationReplaced || passes != .all
            guard !isOfThisPipeline, let translations else {
                return optimize(try translated(translator, position), passes)
            }
            return try translations.optimized(translator, position) { () throws(TranslationError) in
                optimize(try translated(translator, position), passes)
            }
        } catch {
            throw CompilationError(CompilationError.Reason(error), function: error.function)
        }
    }

    private func translated(_ translator: ModuleTranslator, _ position: Int) throws(TranslationError) -> IRFunction {
        guard !configuration.isTranslationReplaced, let translations else {
            return try configuration.translate(translator, position)
        }
        return try translations.translated(translator, position) { () throws(TranslationError) in
            try configuration.translate(translator, position)
        }
    }

    /// Selects machine instructions for a function, as compilation does.
    public func select(_ function: IRFunction) throws(CompilationError) -> MachineFunction {
        var selected = try configuration.select(
            function,
            backend,
            configuration.selection,
            configuration.limits
        )
        selected.countsFuel = configuration.countsFuel
        return selected
    }

    /// Allocates registers for a function and emits its code, as compilation does.
    public func finish(_ function: MachineFunction) throws(CompilationError) -> CompilationDetail {
        try emit(function, try allocate(function))
    }

    /// Allocates registers for a function, and proves that they are right.
    func allocate(_ function: MachineFunction) throws(CompilationError) -> Allocation {
        let allocation: Allocation
        do {
            allocation = try configuration.allocator.allocate(function.problem)
        } catch .spillAreaTooLarge(let slotCount, _) {
            throw CompilationError(
                .limit(.frameSize, actual: slotCount * 8, limit: configuration.limits.frameSize)
            )
        } catch {
            throw CompilationError(.brokenInvariant("allocation is possible: \(function.name): \(error)"))
        }
        if let check = configuration.check {
            do {
                try check(function.problem, allocation)
            } catch {
                throw CompilationError(.brokenInvariant("allocation is correct: \(function.name): \(error)"))
            }
        }
        return allocation
    }

    /// Emits the code of a function whose registers are allocated.
    func emit(
        _ function: MachineFunction,
        _ allocation: Allocation
    ) throws(CompilationError) -> CompilationDetail {
        var compiled = try EmissionDriver.emit(
            function,
            allocation,
            for: backend,
            limits: configuration.limits,
            isAudited: configuration.isAudited,
            stages: configuration.emission
        )
        configuration.changeCode?(&compiled, backend.machine)
        return CompilationDetail(machineFunction: function, allocation: allocation, compiled: compiled)
    }
}

/// How one function or stub was compiled.
public struct CompilationDetail: Sendable {
    public var machineFunction: MachineFunction
    public var allocation: Allocation
    public var compiled: CompiledFunction
}

extension CompilationError.Reason {
    /// Why a function could not be translated.
    fileprivate init(_ error: TranslationError) {
        switch error.reason {
        case .unsupportedInstruction(let opcode): self = .unsupported(opcode.row.name)
        case .unsupported(let what): self = .unsupported(what)
        case .tooManyBranchArguments(let count, let limit):
            self = .limit(.branchArgumentCount, actual: count, limit: limit)
        }
    }
}
