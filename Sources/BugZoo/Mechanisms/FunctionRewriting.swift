import SSA

/// A function while a wrong rule changes it, instruction by instruction, in the order of the layout.
struct FunctionRewriting {
    private(set) var function: IRFunction
    /// The block of the current instruction.
    private(set) var block = 0
    private var instructions: [InstructionRecord] = []
    /// By value, its definition among what was already rewritten.
    private var definitions: [Value: InstructionRecord] = [:]
    private var standIns: [Value: Value] = [:]

    /// Rewrites a function.
    /// - Parameter rule: gives what becomes of an instruction; nil where it goes, because something stands for its result.
    static func rewrite(
        _ function: IRFunction,
        _ rule: (inout FunctionRewriting, InstructionRecord) -> InstructionRecord?
    ) -> IRFunction {
        var rewriting = FunctionRewriting(function: function)
        for block in function.blocks.indices {
            rewriting.block = block
            let start = rewriting.instructions.count
            for position in function.blocks[block].instructions.positions {
                if let instruction = rule(&rewriting, function.instructions[position]) { rewriting.append(instruction) }
            }
            rewriting.function.blocks[block].instructions = PoolRange(
                start: start,
                count: rewriting.instructions.count - start
            )
        }
        return rewriting.finished()
    }

    private init(function: IRFunction) { self.function = function }

    private mutating func append(_ instruction: InstructionRecord) {
        instructions.append(instruction)
        let first = Int(instruction.firstResult)
        for result in first..<first + Int(instruction.resultCount) { definitions[Value(result)] = instruction }
    }

    private consuming func finished() -> IRFunction {
        function.instructions = instructions
        for position in function.valuePool.indices {
            function.valuePool[position] = resolve(function.valuePool[position])
        }
        return function
    }

    private func resolve(_ value: Value) -> Value {
        var value = value
        while let other = standIns[value] { value = other }
        return value
    }

    // MARK: Questions

    /// An operand of an instruction.
    func operand(_ number: Int, of instruction: InstructionRecord) -> Value {
        resolve(function.valuePool[Int(instruction.operands.start) + number])
    }

    /// The operands of an instruction with two.
    func operands(of instruction: InstructionRecord) -> (Value, Value) {
        (operand(0, of: instruction), operand(1, of: instruction))
    }

    /// What defines a value; nil for the parameters of blocks.
    func definition(of value: Value) -> InstructionRecord? { definitions[value] }

    /// The bits of a value that is a constant.
    func constant(_ value: Value) -> Int64? {
        guard let instruction = definitions[value], instruction.operation == .constant else { return nil }
        return instruction.immediate
    }

    /// The bits of a value that is a constant power of two above 1.
    func powerOfTwo(_ value: Value) -> Int64? {
        guard let bits = constant(value), bits > 1, bits.nonzeroBitCount == 1 else { return nil }
        return bits
    }

    // MARK: Changes

    /// Another value stands for the result of an instruction, which goes.
    mutating func replace(_ instruction: InstructionRecord, by value: Value) -> InstructionRecord? {
        standIns[Value(Int(instruction.firstResult))] = value
        return nil
    }

    /// The instruction with other operands, and another operation where one is given.
    mutating func change(
        _ instruction: InstructionRecord,
        to operation: SSA.Operation? = nil,
        _ operands: Value...
    ) -> InstructionRecord {
        var changed = instruction
        if let operation { changed.operation = operation }
        changed.operands = PoolRange(start: function.valuePool.count, count: operands.count)
        function.valuePool += operands
        return changed
    }

    /// A new constant, right before an instruction.
    mutating func makeConstant(_ type: IRType, _ bits: Int64, before instruction: InstructionRecord) -> Value {
        make(.constant, type, immediate: bits, before: instruction)
    }

    /// The result of a new instruction, right before another one.
    mutating func make(
        _ operation: SSA.Operation,
        _ type: IRType,
        _ operands: Value...,
        immediate: Int64,
        before instruction: InstructionRecord
    ) -> Value {
        let value = Value(function.valueTypes.count)
        function.valueTypes.append(type)
        var new = instruction
        new.operation = operation
        new.type = type
        new.operands = PoolRange(start: function.valuePool.count, count: operands.count)
        new.targets = .empty
        new.firstResult = value.index
        new.resultCount = 1
        new.immediate = immediate
        function.valuePool += operands
        append(new)
        return value
    }
}

/// What is wrong in a mechanism that rewrites functions.
typealias WrongRule = @Sendable (inout FunctionRewriting, InstructionRecord) -> InstructionRecord?
