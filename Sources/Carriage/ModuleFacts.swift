import WasmModel

/// What the instructions of a module do, as far as it matters to what comes out of it.
struct ModuleFacts {
    /// Whether an exception can come out of a call.
    private(set) var throwsExceptions = false
    /// Whether a reference of the host can be looked at as one of wasm.
    private(set) var looksIntoExternals = false
    /// Whether a reference of wasm can come out as one of the host.
    private(set) var makesExternals = false

    /// Reads all instructions of a module.
    init(_ module: Module) {
        for function in module.functions { read(function.body) }
        for global in module.globals { read(global.initializer) }
        for table in module.tables { if let initializer = table.initializer { read(initializer) } }
        for segment in module.elements {
            if case .expressions(let items) = segment.items { for item in items { read(item) } }
        }
    }

    private mutating func read(_ body: [Instruction]) {
        for instruction in body {
            if instruction.opcode == .throw { throwsExceptions = true }
            if instruction.opcode == .anyConvertExtern { looksIntoExternals = true }
            if instruction.opcode == .externConvertAny { makesExternals = true }
        }
    }
}
