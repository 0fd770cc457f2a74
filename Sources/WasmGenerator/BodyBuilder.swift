import WasmModel

/// The body of a function under construction.
struct BodyBuilder {
    private(set) var instructions: [Instruction] = []
    private(set) var locals: [LocalRun] = []
    private var localCount: Int

    init(parameterCount: Int) { localCount = parameterCount }

    mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        instructions.append(Instruction(opcode, immediate))
    }

    /// Stores the values on top of the stack, the last type on top, in fresh locals; returns the first one's position.
    mutating func popIntoLocals(_ types: [ValueType]) -> Int {
        let first = localCount
        for type in types {
            if let last = locals.last, last.type == type {
                locals[locals.count - 1].count += 1
            } else {
                locals.append(LocalRun(count: 1, type: type))
            }
        }
        localCount += types.count
        for position in types.indices.reversed() { emit(.localSet, .local(LocalIndex(first + position))) }
        return first
    }

    mutating func emitConstant(_ value: WasmValue) {
        switch value {
        case .i32(let bits): emit(.i32Const, .i32(Int32(bitPattern: bits)))
        case .i64(let bits): emit(.i64Const, .i64(Int64(bitPattern: bits)))
        case .f32(let bits): emit(.f32Const, .f32(bits))
        case .f64(let bits): emit(.f64Const, .f64(bits))
        case .v128(let vector): emit(.v128Const, .v128(vector))
        case .reference: emit(.refNull, .heapType(.external))
        }
    }

    /// Stores the value on top of the stack at the address below it.
    mutating func emitStore(of type: ValueType) {
        switch type {
        case .i32: emit(.i32Store, .memoryArgument(MemoryArgument(alignment: 2)))
        case .i64: emit(.i64Store, .memoryArgument(MemoryArgument(alignment: 3)))
        case .f32: emit(.f32Store, .memoryArgument(MemoryArgument(alignment: 2)))
        case .f64: emit(.f64Store, .memoryArgument(MemoryArgument(alignment: 3)))
        case .v128: emit(.v128Store, .memoryArgument(MemoryArgument(alignment: 4)))
        case .reference:
            emit(.drop)
            emit(.drop)
        }
    }
}
