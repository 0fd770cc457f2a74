import SSA

/// A function as a back end sees it when it decides what an instruction becomes, with the facts that say what can be folded.
///
/// Where operands are not folded there are no facts: every question after another instruction is answered with nil, so that a
/// back end decides by the same lines at every level.
public final class SelectionFacts: Sendable {
    public let function: IRFunction
    /// Whether instructions may be folded into those that use their results.
    public let foldsOperands: Bool
    /// By value: the position of the instruction that defines it; -1 for block parameters.
    private let definitions: [Int32]
    /// By value: how often it is an operand or an argument of a branch.
    private let useCounts: [UInt32]
    /// By value: how often it is the address of a load or store.
    private let addressUseCounts: [UInt32]
    /// By instruction.
    private let blocks: [UInt32]
    /// By instruction: how many instructions before it may change memory, and how many the instance context.
    private let memoryWrites: [UInt32]
    private let contextWrites: [UInt32]

    /// Gathers the facts, where operands are folded.
    public init(_ function: IRFunction, foldsOperands: Bool) {
        self.function = function
        self.foldsOperands = foldsOperands
        let (valueCount, count) =
            foldsOperands ? (function.valueTypes.count, function.instructions.count) : (0, 0)
        var definitions = [Int32](repeating: -1, count: valueCount)
        var useCounts = [UInt32](repeating: 0, count: valueCount)
        var addressUseCounts = useCounts
        var blocks = [UInt32](repeating: 0, count: count)
        var memoryWrites = blocks
        var contextWrites = blocks
        var (memoryWriteCount, contextWriteCount) = (UInt32(0), UInt32(0))
        for (block, record) in function.blocks.enumerated() where foldsOperands {
            for position in record.instructions.positions {
                let instruction = function.instructions[position]
                blocks[position] = UInt32(block)
                memoryWrites[position] = memoryWriteCount
                contextWrites[position] = contextWriteCount
                let first = Int(instruction.firstResult)
                for value in first..<first + Int(instruction.resultCount) { definitions[value] = Int32(position) }
                for operand in instruction.operands.positions { useCounts[function.valuePool[operand].position] += 1 }
                for target in instruction.targets.positions {
                    for argument in function.targetPool[target].arguments.positions {
                        useCounts[function.valuePool[argument].position] += 1
                    }
                }
                switch instruction.operation.effect {
                case .pure, .leaves: break
                case .readsMemory, .writesMemory:
                    let address = function.valuePool[Int(instruction.operands.start)]
                    addressUseCounts[address.position] += 1
                    if instruction.operation.effect == .writesMemory { memoryWriteCount += 1 }
                case .readsContext: break
                case .writesContext:
                    memoryWriteCount += 1
                    contextWriteCount += 1
                }
            }
        }
        self.definitions = definitions
        self.useCounts = useCounts
        self.addressUseCounts = addressUseCounts
        self.blocks = blocks
        self.memoryWrites = memoryWrites
        self.contextWrites = contextWrites
    }

    // MARK: Operands

    /// The value that is an operand of an instruction.
    public func operand(_ number: Int, of instruction: InstructionRecord) -> Value {
        function.valuePool[Int(instruction.operands.start) + number]
    }

    /// The only operands of an instruction with two.
    public func operands(of instruction: InstructionRecord) -> (Value, Value) {
        (operand(0, of: instruction), operand(1, of: instruction))
    }

    /// The type of a value.
    public func type(of value: Value) -> IRType { function.valueTypes[value.position] }

    // MARK: Facts; all need operands to be folded

    /// The instruction that defines a value, anywhere in the function.
    public func definition(of value: Value) -> InstructionRecord? {
        guard foldsOperands else { return nil }
        let definition = Int(definitions[value.position])
        return definition >= 0 ? function.instructions[definition] : nil
    }

    /// A constant integer, with its sign.
    public func constant(_ value: Value) -> Int64? {
        guard let instruction = definition(of: value), instruction.operation == .constant else { return nil }
        switch instruction.type {
        case .i32: return Int64(Int32(truncatingIfNeeded: instruction.immediate))
        case .i64, .reference: return instruction.immediate
        case .f32, .f64, .v128: return nil
        }
    }

    /// How often a value is an operand or an argument of a branch.
    public func useCount(_ value: Value) -> Int { foldsOperands ? Int(useCounts[value.position]) : 0 }

    /// The position of the definition of a value that only the instruction at a position uses, in the block of that.
    public func onlyUse(_ value: Value, at position: Int) -> Int? {
        useCount(value) == 1 ? definition(of: value, inBlockOf: position) : nil
    }

    /// The instruction that defines a value that only the instruction at a position uses, in the block of that.
    public func onlyUsed(_ value: Value, at position: Int) -> InstructionRecord? {
        onlyUse(value, at: position).map { function.instructions[$0] }
    }

    /// The comparison that defines a value that only the instruction at a position uses, in the block of that.
    public func comparison(_ value: Value, at position: Int) -> InstructionRecord? {
        guard let instruction = onlyUsed(value, at: position) else { return nil }
        if case .compare = instruction.operation { return instruction }
        if case .floatCompare = instruction.operation { return instruction }
        return nil
    }

    /// The two sides of a sum that is nothing but an address, and is computed in the block of a position.
    public func addressSum(_ value: Value, at position: Int) -> (Value, Value)? {
        let uses = useCount(value)
        guard uses != 0, uses == 1 || uses == Int(addressUseCounts[value.position]),
            let definition = definition(of: value, inBlockOf: position)
        else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .add, instruction.type == .i64 else { return nil }
        return operands(of: instruction)
    }

    /// Whether a load reads the same at a later position of its block.
    public func canMove(_ operation: Operation, from definition: Int, to position: Int) -> Bool {
        switch operation.effect {
        case .pure: true
        case .readsMemory: memoryWrites[definition] == memoryWrites[position]
        case .readsContext: contextWrites[definition] == contextWrites[position]
        case .writesMemory, .writesContext, .leaves: false
        }
    }

    private func definition(of value: Value, inBlockOf position: Int) -> Int? {
        let definition = Int(definitions[value.position])
        return definition >= 0 && blocks[definition] == blocks[position] ? definition : nil
    }
}
