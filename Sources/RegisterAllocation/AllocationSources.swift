import ControlFlow

/// From where a location that is not written for long has its content: a shortcut past all the blocks between.
///
/// Most spill slots hold one value and are written once, or are written at the ends of the blocks that lead to the block whose
/// parameter they hold. Where such a slot's value is needed a thousand blocks further on, nothing has to be asked of those blocks.
struct AllocationSources {
    /// Where a demand goes on that was not met in its block.
    enum Source {
        /// At a write in another block, after which nothing else is written to the unit nor defined as the value.
        case write(AllocationWrites.Key, block: Int)
        /// At the start of the block whose parameter the value is.
        case start(block: Int)
    }

    private typealias Key = AllocationWrites.Key

    private let problem: AllocationProblem
    private let dominators: Dominators
    /// By instruction, its block.
    private var blockOf: [Int32]
    /// By value, the block that defines it, or whose parameter it is.
    private var definingBlock: [Int32]
    /// What ``isWrittenAround(_:_:_:_:)`` was asked last of a unit, the block plus one, and its answer.
    private struct Answer {
        var block: Int32 = 0
        var isVector = false
        var isWrittenAround = false
    }

    /// By unit.
    private var answers: [Answer]

    init(_ problem: AllocationProblem, unitCount: Int) {
        self.problem = problem
        blockOf = [Int32](repeating: -1, count: problem.instructions.count)
        definingBlock = [Int32](repeating: -1, count: problem.registerKinds.count)
        for (number, block) in problem.blocks.enumerated() {
            for parameter in block.parameters {
                definingBlock[problem.blockParameters[parameter].position] = Int32(number)
            }
            for instruction in block.instructions {
                blockOf[instruction] = Int32(number)
                for position in problem.instructions[instruction].operands
                where problem.operands[position].role == .definition {
                    definingBlock[problem.operands[position].register.position] = Int32(number)
                }
            }
        }
        dominators = Dominators(problem.flowGraph)
        answers = [Answer](repeating: Answer(), count: unitCount)
    }

    /// Where the content of a unit at the start of a block comes from, as far as it may be the value; nil where it has to be
    /// looked for block by block.
    ///
    /// - Parameter definition: where an instruction defines the value; nil for a parameter.
    mutating func source(
        of unit: Int,
        holding value: Int,
        atStartOf block: Int,
        definition: AllocationWrites.Key?,
        _ writes: AllocationWrites
    ) -> Source? {
        let definingBlock = Int(definingBlock[value])
        guard unit >= 64, definingBlock >= 0, dominators.isReachable(definingBlock) else { return nil }
        let isVector = problem.registerKinds[value] == .vector
        if let write = writes.only(to: unit, ofVector: isVector) {
            // Whoever comes to the block from the write without meeting the definition again, because a way from the definition
            // to the block that leaves the write out would be one from the entry that does.
            let writing = Int(blockOf[write.instruction])
            if writing != block, dominators.isReachable(writing), dominators.dominates(writing, block) {
                let isDefinedBefore =
                    definition.map { writing == definingBlock && $0 <= write } ?? (writing == definingBlock)
                if isDefinedBefore || (writing != definingBlock && dominators.dominates(definingBlock, writing)) {
                    return .write(write, block: writing)
                }
            }
        }
        guard definition == nil, definingBlock != block, dominators.dominates(definingBlock, block),
            isWrittenAround(definingBlock, unit, writes.all(to: unit, ofVector: isVector), isVector)
        else { return nil }
        return .start(block: definingBlock)
    }

    /// Whether no way from a write to the unit to a place that the block dominates leaves the start of the block out, but in the
    /// writing block itself.
    private mutating func isWrittenAround(
        _ block: Int,
        _ unit: Int,
        _ keys: some Sequence<AllocationWrites.Key>,
        _ isVector: Bool
    ) -> Bool {
        let last = answers[unit]
        if last.block == Int32(block) + 1, last.isVector == isVector { return last.isWrittenAround }
        let answer = keys.allSatisfy { key in
            let writing = Int(blockOf[key.instruction])
            if !dominators.isReachable(writing) || !dominators.dominates(block, writing) { return true }
            return problem.blocks[writing].successors.allSatisfy { problem.edges[$0].target == block }
                && !problem.blocks[writing].successors.isEmpty
        }
        answers[unit] = Answer(block: Int32(block) + 1, isVector: isVector, isWrittenAround: answer)
        return answer
    }
}
