import Invariants
import RegisterAllocation
import SSA
import WasmFormats
import WasmModel

/// Compiles modules for one machine.
public struct ModuleCompiler: Sendable {
    public let backend: any MachineBackend
    public var configuration: PipelineConfiguration

    /// Makes a compiler.
    public init(_ backend: any MachineBackend, _ configuration: PipelineConfiguration = PipelineConfiguration()) {
        self.backend = configuration.wrapBackend?(backend) ?? backend
        self.configuration = configuration
    }

    /// Compiles all functions of a module, and the stubs that it needs.
    /// - Throws: the first function that cannot be compiled and why.
    public func compile(_ module: ValidatedModule) throws(CompilationError) -> CompiledModule {
        var compilation = try ModuleCompilation(of: module, by: self)
        while try compilation.next() != nil {}
        return try compilation.finish()
    }

    /// Translates a function that the module defines, as compilation does.
    public func translate(_ translator: ModuleTranslator, _ position: Int) throws(CompilationError) -> IRFunction {
        do {
            let function = try configuration.translate(translator, position)
            return configuration.optimize?(function) ?? function
        } catch {
            throw CompilationError(CompilationError.Reason(error), function: error.function)
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
        var compiled = try EmissionDriver.emit(
            function,
            allocation,
            for: backend,
            limits: configuration.limits,
            isAudited: configuration.isAudited,
            changeFrame: configuration.changeFrame
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
