import Invariants

/// Builds the function anew from what simplification and code motion found.
struct OptimizedRebuilding {
    private let source: Simplification
    private let motion: CodeMotion
    private let function: IRFunction
    private var builder: FunctionBuilder
    /// By old value, the new one.
    private var newValue: [Value]
    private var blocks: [Block] = []
    /// The numbers that were made since the block began or a call returned.
    private var made: [NumberKey: Made] = [:]
    private var segment = 0
    /// The targets of the instruction that is being made; kept for its storage.
    private var targets: [BlockCall] = []

    private struct Made {
        var segment: Int
        var value: Value
    }

    init(_ source: Simplification, _ motion: CodeMotion) {
        self.source = source
        self.motion = motion
        function = source.function
        builder = FunctionBuilder(name: function.name, signature: function.signature)
        newValue = [Value](repeating: Value(0), count: function.valueTypes.count)
    }

    mutating func rebuild() -> IRFunction {
        for block in function.blocks.indices {
            let parameters = function.parameters(of: Block(block))
            if block > 0 && !source.isReachable[block] {
                blocks.append(builder.entry)
                continue
            }
            let new =
                block == 0 ? builder.entry : builder.makeBlock(parameters: parameters.map { function.type(of: $0) })
            for (old, value) in zip(parameters, builder.parameters(of: new)) { newValue[old.position] = value }
            blocks.append(new)
        }
        for block in function.blocks.indices where source.isReachable[block] {
            if block > 0 { builder.begin(blocks[block]) }
            segment += 1
            for position in function.blocks[block].instructions.positions {
                let instruction = function.instructions[position]
                if instruction.operation.isTerminator {
                    for arrival in motion.arrivals[block] { append(function.instructions[Int(arrival)]) }
                }
                if motion.isNeeded[position] && !motion.hasMoved[position] && instruction.operation != .constant {
                    append(instruction)
                }
            }
        }
        return builder.finish()
    }

    private mutating func append(_ instruction: InstructionRecord) {
        builder.wasmOffset = instruction.wasmOffset
        // Numbers first: they are instructions of their own.
        for position in instruction.operands.positions { make(function.valuePool[position]) }
        for position in instruction.targets.positions {
            for argument in function.targetPool[position].arguments.positions { make(function.valuePool[argument]) }
        }
        let operands = pool(instruction.operands)
        targets.removeAll(keepingCapacity: true)
        for position in instruction.targets.positions {
            let call = function.targetPool[position]
            let arguments = pool(call.arguments)
            targets.append(BlockCall(block: blocks[call.block.position], arguments: arguments))
        }
        let results = builder.copy(instruction, of: function, operands: operands, targets: targets)
        for (old, new) in zip(function.results(of: instruction), results) { newValue[old.position] = new }
        if instruction.operation.isCall { segment += 1 }
    }

    private mutating func make(_ value: Value) {
        let resolved = Int(source.resolve(value))
        guard source.isNumber[resolved] else { return }
        let number = NumberKey(type: function.valueTypes[resolved], bits: source.numbers[resolved])
        if let known = made[number], known.segment == segment {
            newValue[resolved] = known.value
            return
        }
        newValue[resolved] = builder.constant(number.type, number.bits)
        made[number] = Made(segment: segment, value: newValue[resolved])
    }

    private mutating func pool(_ values: PoolRange) -> PoolRange {
        let start = builder.pooledValueCount
        for position in values.positions {
            builder.pool(newValue[Int(source.resolve(function.valuePool[position]))])
        }
        return PoolRange(start: start, count: Int(values.count))
    }
}
