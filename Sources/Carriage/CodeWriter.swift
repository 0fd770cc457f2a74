import WasmModel

/// Instructions and locals of a function that is written.
struct CodeWriter {
    private(set) var body: [Instruction] = []
    /// The declared locals.
    private(set) var locals: [LocalRun] = []
    /// The number of parameters and locals.
    private(set) var localCount: Int

    /// Makes a writer for a function of so many parameters.
    init(parameterCount: Int = 0) { localCount = parameterCount }

    /// The function, with its final `end`; the writer is left empty.
    consuming func function(_ type: TypeIndex) -> Function {
        body.append(Instruction(.end))
        return Function(type: type, locals: locals, body: body)
    }

    mutating func emit(_ opcode: Opcode, _ immediate: Immediate = .none) {
        body.append(Instruction(opcode, immediate))
    }

    mutating func append(_ instructions: [Instruction]) { body += instructions }

    mutating func number(_ value: Int) { emit(.i32Const, .i32(Int32(truncatingIfNeeded: value))) }

    mutating func wideNumber(_ value: UInt64) { emit(.i64Const, .i64(Int64(bitPattern: value))) }

    mutating func get(_ local: Int) { emit(.localGet, .local(LocalIndex(local))) }

    mutating func set(_ local: Int) { emit(.localSet, .local(LocalIndex(local))) }

    mutating func call(_ function: FunctionIndex) { emit(.call, .function(function)) }

    /// Pushes the parameters from 0 on.
    mutating func parameters(_ count: Int) {
        for parameter in 0..<count { get(parameter) }
    }

    /// Makes the number on top of the stack an `i64` with its bits; anything else stays.
    mutating func widen(_ type: ValueType) {
        switch type {
        case .i32: emit(.i64ExtendI32U)
        case .f32:
            emit(.i32ReinterpretF32)
            emit(.i64ExtendI32U)
        case .f64: emit(.i64ReinterpretF64)
        case .i64, .v128, .reference: break
        }
    }

    /// Declares a local and returns its index.
    mutating func addLocal(_ type: ValueType) -> Int {
        if let last = locals.last, last.type == type {
            locals[locals.count - 1].count += 1
        } else {
            locals.append(LocalRun(count: 1, type: type))
        }
        localCount += 1
        return localCount - 1
    }

    /// Declares a local for each of the values on top of the stack, and moves them there. Returns the index of the first.
    mutating func popToLocals(_ types: [ValueType]) -> Int {
        let first = localCount
        for type in types { _ = addLocal(type) }
        for position in types.indices.reversed() { set(first + position) }
        return first
    }
}

extension CodeWriter {
    /// Loads or stores at an offset of a memory.
    /// - Parameter alignment: the exponent of the power of two.
    mutating func access(_ opcode: Opcode, _ memory: MemoryIndex, offset: Int, alignment: UInt8) {
        emit(opcode, .memoryArgument(MemoryArgument(offset: UInt64(offset), memory: memory, alignment: alignment)))
    }
}
