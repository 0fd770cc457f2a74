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
        self.backend = backend
        self.configuration = configuration
    }

    /// Compiles all functions of a module, and the stubs that it needs.
    /// - Throws: the first function that cannot be compiled and why.
    public func compile(_ module: ValidatedModule) throws(CompilationError) -> CompiledModule {
        let translator = ModuleTranslator(module)
        var compiler = self
        if module.mayLeaveInstanceByTailCall { compiler.configuration.selection.directCallsMaySwitchContext = true }
        return try compiler.compile(module, translator)
    }

    private func compile(
        _ module: ValidatedModule,
        _ translator: ModuleTranslator
    ) throws(CompilationError) -> CompiledModule {
        var linker = ModuleLinker(
            filler: backend.machine.codeFiller,
            limits: configuration.limits,
            keepsDetails: configuration.keepsDetails
        )
        try linker.place(trapExit: EmissionDriver.trapExit(for: backend))
        for position in 0..<module.functionTypeIndices.count {
            let index = FunctionIndex(position)
            do {
                if let defined = module.definedPosition(of: index) {
                    try linker.place(
                        finish(select(translate(translator, defined))),
                        as: .function(index)
                    )
                } else {
                    let stub = try configuration.buildExitStub(
                        translator.signature(of: index),
                        index.rawValue,
                        backend.machine,
                        configuration.selection,
                        configuration.limits
                    )
                    try linker.place(finish(stub), as: .exitStub(index))
                }
            } catch {
                var located = error
                located.function = index
                throw located
            }
        }
        try placeEntryStubs(module, translator, &linker)
        try placeRuntimeStubs(&linker)
        return try linker.link()
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
        try configuration.select(function, backend, configuration.selection, configuration.limits)
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
        let compiled = try EmissionDriver.emit(
            function,
            allocation,
            for: backend,
            limits: configuration.limits,
            isAudited: configuration.isAudited
        )
        return CompilationDetail(machineFunction: function, allocation: allocation, compiled: compiled)
    }

    /// Builds a stub for each function of the runtime that what is placed calls.
    private func placeRuntimeStubs(_ linker: inout ModuleLinker) throws(CompilationError) {
        for function in linker.missingRuntimeFunctions {
            let number = InstanceContextLayout.firstRuntimeCallee + UInt32(function.rawValue)
            let stub = try configuration.buildExitStub(
                function.signature,
                number,
                backend.machine,
                configuration.selection,
                configuration.limits
            )
            try linker.place(finish(stub), as: .runtimeStub(function))
        }
    }

    /// Builds an entry stub for each signature of a function that the host can get at: exports, the start function,
    /// elements of tables.
    private func placeEntryStubs(
        _ module: ValidatedModule,
        _ translator: ModuleTranslator,
        _ linker: inout ModuleLinker
    ) throws(CompilationError) {
        var stubs: [Signature: Int] = [:]
        linker.module.entryStubOffsets = [Int](repeating: -1, count: module.functionTypeIndices.count)
        for index in module.module.functionsForHost where linker.module.entryStubOffsets[index.position] < 0 {
            let signature = translator.signature(of: index)
            if let offset = stubs[signature] {
                linker.module.entryStubOffsets[index.position] = offset
                continue
            }
            let offset: Int
            do {
                let stub = try configuration.buildEntryStub(
                    signature,
                    backend.machine,
                    configuration.selection,
                    configuration.limits
                )
                offset = try linker.place(finish(stub), as: .entryStub(signature))
            } catch {
                var located = error
                located.function = index
                throw located
            }
            stubs[signature] = offset
            linker.module.entryStubOffsets[index.position] = offset
        }
    }
}

/// How one function or stub was compiled.
public struct CompilationDetail: Sendable {
    public var machineFunction: MachineFunction
    public var allocation: Allocation
    public var compiled: CompiledFunction
}

extension ValidatedModule {
    /// Whether a function of the module may return what a function of another instance returns to it.
    fileprivate var mayLeaveInstanceByTailCall: Bool {
        for function in module.functions {
            for instruction in function.body {
                switch instruction.opcode {
                case .returnCallIndirect, .returnCallRef: return true
                case .returnCall:
                    if case .function(let index) = instruction.immediate, index.position < importCounts.functions {
                        return true
                    }
                default: break
                }
            }
        }
        return false
    }
}

extension Module {
    /// The functions that the host may call, in the order in which they are found; some more than once.
    fileprivate var functionsForHost: [FunctionIndex] {
        var found: [FunctionIndex] = []
        for export in exports {
            if case .function(let index) = export.item { found.append(index) }
        }
        if let start { found.append(start) }
        for segment in elements {
            switch segment.items {
            case .functions(let indices): found.append(contentsOf: indices)
            case .expressions(let expressions):
                for instruction in expressions.joined() where instruction.opcode == .refFunc {
                    if case .function(let index) = instruction.immediate { found.append(index) }
                }
            }
        }
        return found
    }
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
