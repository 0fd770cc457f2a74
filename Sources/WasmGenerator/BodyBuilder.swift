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
        for type in types { _ = addLocal(type) }
        for position in types.indices.reversed() { emit(.localSet, .local(LocalIndex(first + position))) }
        return first
    }

    /// Declares a local of the type.
    mutating func addLocal(_ type: ValueType) -> LocalIndex {
        if let last = locals.last, last.type == type {
            locals[locals.count - 1].count += 1
        } else {
            locals.append(LocalRun(count: 1, type: type))
        }
        localCount += 1
        return LocalIndex(localCount - 1)
    }

    /// Pushes a value of the type; of references null, and those to functions.
    mutating func emitConstant(_ value: WasmValue, _ type: ValueType) {
        switch value {
        case .i32(let bits): emit(.i32Const, .i32(Int32(bitPattern: bits)))
        case .i64(let bits): emit(.i64Const, .i64(Int64(bitPattern: bits)))
        case .f32(let bits): emit(.f32Const, .f32(bits))
        case .f64(let bits): emit(.f64Const, .f64(bits))
        case .v128(let vector): emit(.v128Const, .v128(vector))
        case .reference(.function(let index)): emit(.refFunc, .function(index))
        case .reference(.null), .reference(.external), .reference(.opaque):
            guard case .reference(let reference) = type else { return emit(.refNull, .heapType(.external)) }
            emit(.refNull, .heapType(reference.heapType))
        }
    }

    /// Pushes the values of the sources; parameters are locals from `first` on.
    mutating func emit(_ sources: [ResultSource], of types: [ValueType], first: Int) {
        for (source, type) in zip(sources, types) {
            switch source {
            case .parameter(let position): emit(.localGet, .local(LocalIndex(first + position)))
            case .constant(let value): emitConstant(value, type)
            }
        }
    }

    /// The instruction that stores a number or a vector, and its alignment; nil for references, which no memory holds.
    static func store(of type: ValueType) -> (opcode: Opcode, immediate: Immediate)? {
        switch type {
        case .i32: (.i32Store, .memoryArgument(MemoryArgument(alignment: 2)))
        case .i64: (.i64Store, .memoryArgument(MemoryArgument(alignment: 3)))
        case .f32: (.f32Store, .memoryArgument(MemoryArgument(alignment: 2)))
        case .f64: (.f64Store, .memoryArgument(MemoryArgument(alignment: 3)))
        case .v128: (.v128Store, .memoryArgument(MemoryArgument(alignment: 4)))
        case .reference: nil
        }
    }
}
