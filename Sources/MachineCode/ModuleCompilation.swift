import RegisterAllocation
import SSA
import WasmFormats
import WasmModel

/// The compilation of a module, piece by piece: first the functions in the order of their indices, exit stubs in the places of
/// imports, then entry stubs, then the stubs of what the code calls of the runtime.
///
/// Who wants to see how each piece was made asks for one after the other, and need not have all of them in memory.
public struct ModuleCompilation {
    private let module: ValidatedModule
    private let compiler: ModuleCompiler
    private let allocations: SharedAllocations?
    private let translator: ModuleTranslator
    private var linker: ModuleLinker
    /// The function that is compiled next.
    private var position = 0
    /// How many pieces there were.
    private var pieceCount = 0
    /// The functions that the host may call whose entry stubs were not looked at yet.
    private var functionsForHost: ArraySlice<FunctionIndex>
    /// By the first type index of their signature, where the entry stubs begin; -1 where there is none.
    private var entryStubs: [Int]

    /// Prepares the compilation of a module.
    /// - Throws: limits that are exceeded.
    public init(of module: ValidatedModule, by compiler: ModuleCompiler) throws(CompilationError) {
        self.module = module
        // What is chosen here is chosen for the module, whoever compiles it.
        allocations = compiler.allocations
        var compiler = compiler
        translator = compiler.translator(of: module)
        if translator.mayLeaveInstanceByTailCall {
            compiler.configuration.selection.directCallsMaySwitchContext = true
            for function in compiler.exceptions.keys {
                compiler.exceptions[function]?.selection.directCallsMaySwitchContext = true
            }
        }
        self.compiler = compiler
        functionsForHost = module.module.functionsForHost[...]
        entryStubs = [Int](repeating: -1, count: module.module.types.count)
        linker = ModuleLinker(
            filler: compiler.backend.machine.codeFiller,
            limits: compiler.configuration.limits
        )
        try linker.place(trapExit: EmissionDriver.trapExit(for: compiler.backend))
        linker.module.entryStubOffsets = [Int](repeating: -1, count: module.functionTypeIndices.count)
    }

    /// Compiles the next piece.
    /// - Returns: what it is and how it was made; nil where nothing is left.
    /// - Throws: why it cannot be compiled.
    public mutating func next() throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail)? {
        if position < module.functionTypeIndices.count {
            let index = FunctionIndex(position)
            position += 1
            do {
                return try placeFunction(index)
            } catch {
                throw CompilationError(error.reason, function: index)
            }
        }
        while let index = functionsForHost.popFirst() {
            do {
                if let piece = try placeEntryStub(for: index) { return piece }
            } catch {
                throw CompilationError(error.reason, function: index)
            }
        }
        guard let function = linker.missingRuntimeFunctions.first else { return nil }
        let number = InstanceContextLayout.firstRuntimeCallee + UInt32(function.rawValue)
        if let known = try placeKnown(.runtimeStub(function)) { return known }
        return try place(exitStub(function.signature, number), as: .runtimeStub(function))
    }

    /// Fills in all references, after the last piece.
    public mutating func finish() throws(CompilationError) -> CompiledModule { try linker.link() }

    /// - Parameter exception: compiles the function, and no other; nil where it is as all.
    private mutating func place(
        _ function: MachineFunction,
        as kind: CodeRegion.Kind,
        by exception: ModuleCompiler? = nil
    ) throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail) {
        let piece = SharedAllocations.Piece(
            kind: kind,
            function: function,
            allocation: try (exception ?? compiler).allocate(function)
        )
        allocations?.keep(piece, at: pieceCount, of: module)
        return try place(piece, by: exception)
    }

    /// Places the next piece as another compiler allocated it; nil where none did.
    private mutating func placeKnown(
        _ kind: CodeRegion.Kind
    ) throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail)? {
        guard let piece = allocations?.piece(pieceCount, kind, of: module) else { return nil }
        return try place(piece)
    }

    private mutating func place(
        _ piece: SharedAllocations.Piece,
        by exception: ModuleCompiler? = nil
    ) throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail) {
        let detail = try (exception ?? compiler).emit(piece.function, piece.allocation)
        try linker.place(detail.compiled, as: piece.kind)
        pieceCount += 1
        return (piece.kind, detail)
    }

    private mutating func placeFunction(
        _ index: FunctionIndex
    ) throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail) {
        guard let defined = module.definedPosition(of: index) else {
            if let known = try placeKnown(.exitStub(index)) { return known }
            return try place(exitStub(translator.signature(of: index), index.rawValue), as: .exitStub(index))
        }
        try compiler.configuration.limits.check(module.module.functions[defined])
        if let known = try placeKnown(.function(index)) { return known }
        let exception = compiler.exception(for: index)
        let compiler = exception ?? compiler
        return try place(compiler.select(compiler.translate(translator, defined)), as: .function(index), by: exception)
    }

    /// Builds the entry stub for the signature of a function; nil where there is one already.
    private mutating func placeEntryStub(
        for index: FunctionIndex
    ) throws(CompilationError) -> (kind: CodeRegion.Kind, detail: CompilationDetail)? {
        guard linker.module.entryStubOffsets[index.position] < 0 else { return nil }
        let type = translator.firstTypes[module.functionTypeIndices[index.position].position].position
        if entryStubs[type] >= 0 {
            linker.module.entryStubOffsets[index.position] = entryStubs[type]
            return nil
        }
        let signature = translator.signatures[type]
        let piece: (kind: CodeRegion.Kind, detail: CompilationDetail)
        if let known = try placeKnown(.entryStub(signature)) {
            piece = known
        } else {
            piece = try place(entryStub(signature), as: .entryStub(signature))
        }
        let offset = linker.offsetOfLastRegion
        entryStubs[type] = offset
        linker.module.entryStubOffsets[index.position] = offset
        return piece
    }

    private func entryStub(_ signature: Signature) throws(CompilationError) -> MachineFunction {
        let configuration = compiler.configuration
        return try configuration.buildEntryStub(
            signature,
            compiler.backend.machine,
            configuration.selection,
            configuration.limits
        )
    }

    private func exitStub(_ signature: Signature, _ callee: UInt32) throws(CompilationError) -> MachineFunction {
        let configuration = compiler.configuration
        return try configuration.buildExitStub(
            signature,
            callee,
            compiler.backend.machine,
            configuration.selection,
            configuration.limits
        )
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
