import MachineCode
import RegisterAllocation
import SSA
import WasmModel

extension Specimen {
    /// In a body with handlers a call ends its block, as it has two ways to go on. Where there is no handler there is one.
    static let callEndsBlock = Specimen(
        "call-ends-block",
        references: ["bytecodealliance/wasmtime#10709"],
        trigger: "a call with parameters or results in a try_table without clauses",
        mechanism: "a call ends its block with one successor, so that moves for that have no place behind its operands",
        limits: .noCount
    ) { pipeline in
        let translate = pipeline.translate
        pipeline.translate = { (translator, position) throws(TranslationError) in
            let calls = translator.module.module.functions[position].callsWithoutClauses
            let function = try translate(translator, position)
            return calls.isEmpty ? function : function.endingBlocks { calls.contains($0.wasmOffset) }
        }
        // As in the original, the allocator takes for granted that only jumps have one successor.
        let allocator = pipeline.allocator
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            for (number, block) in problem.blocks.enumerated() where block.successors.count == 1 {
                guard let terminator = block.instructions.last, problem.isCall(terminator),
                    problem.instructions[terminator].operandCount > 0
                else { continue }
                let target = problem.edges[block.successors.lowerBound].target
                throw .criticalEdge(fromBlock: number, toBlock: target)
            }
            return try allocator.allocate(problem)
        }
    }
}

extension AllocationProblem {
    fileprivate func isCall(_ instruction: Int) -> Bool { instructions[instruction].clobbers == allocatable }
}

extension WasmModel.Function {
    /// The offsets of the calls in the bodies of `try_table`s without clauses.
    fileprivate var callsWithoutClauses: Set<UInt32> {
        var calls: Set<UInt32> = []
        var isWithoutClauses: [Bool] = []
        for (position, instruction) in body.enumerated() {
            switch instruction.opcode {
            case .block, .loop, .if: isWithoutClauses.append(isWithoutClauses.last ?? false)
            case .tryTable:
                if case .tryTable(_, let clauses) = instruction.immediate { isWithoutClauses.append(clauses.isEmpty) }
            case .end: _ = isWithoutClauses.popLast()
            case .call, .callIndirect, .callRef:
                if isWithoutClauses.last == true, let offset = offsets[position] { calls.insert(offset) }
            default: break
            }
        }
        return calls
    }
}

extension IRFunction {
    /// Some of the calls end their blocks, and what follows them is a block of its own.
    fileprivate func endingBlocks(after isLast: (InstructionRecord) -> Bool) -> IRFunction {
        var split = self
        split.blocks = []
        var numbers: [Int] = []
        var returns: [(call: Int, block: Int)] = []
        for block in blocks {
            numbers.append(split.blocks.count)
            var part = block
            for position in block.instructions.positions where isLast(instructions[position]) {
                guard let operation = instructions[position].operation.endingBlock else { continue }
                split.instructions[position].operation = operation
                part.instructions.count = UInt32(position) + 1 - part.instructions.start
                split.blocks.append(part)
                returns.append((position, split.blocks.count))
                part.parameterCount = 0
                part.instructions = PoolRange(
                    start: position + 1,
                    count: block.instructions.positions.upperBound - position - 1
                )
            }
            split.blocks.append(part)
        }
        for position in split.targetPool.indices {
            let block = split.targetPool[position].block
            split.targetPool[position].block = Block(numbers[Int(block.index)])
        }
        for (call, block) in returns {
            split.instructions[call].targets = PoolRange(start: split.targetPool.count, count: 1)
            split.targetPool.append(BlockCall(block: Block(block), arguments: .empty))
        }
        return split
    }
}

extension SSA.Operation {
    /// The call that ends its block.
    fileprivate var endingBlock: SSA.Operation? {
        switch self {
        case .call: .tryCall
        case .callIndirect: .tryCallIndirect
        default: nil
        }
    }
}
