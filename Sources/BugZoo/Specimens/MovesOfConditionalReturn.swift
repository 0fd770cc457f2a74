import MachineCode
import RegisterAllocation

extension Specimen {
    /// What moves the results is part of the branch, which only says whether the function is left.
    static let movesOfConditionalReturn = Specimen(
        "moves-of-conditional-return",
        references: ["wasmi-labs/wasmi#883"],
        trigger: "a conditional branch out of the function, not taken, where values live in registers of results",
        mechanism: "a conditional return that is not taken does not skip the moves of its values",
        limits: .noCount
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            for block in problem.blocks {
                // The first of two ways on is that of a branch that is taken.
                guard let branch = block.instructions.last, block.successors.count == 2,
                    !problem.edges[block.successors].contains(where: \.isExceptional)
                else { continue }
                let target = problem.blocks[problem.edges[block.successors.lowerBound].target]
                guard target.successors.isEmpty, target.instructions.count == 1 else { continue }
                allocation.advanceMoves(to: branch, from: target.instructions)
            }
        })
    }
}

extension Allocation {
    /// Does moves of other instructions right before an instruction, after those that are there.
    fileprivate mutating func advanceMoves(to instruction: Int, from others: Range<Int>) {
        let moved = ProgramPoint.before(others.lowerBound)...ProgramPoint.after(others.upperBound - 1)
        let advanced = edits.filter { moved.contains($0.point) }.map { edit in
            var edit = edit
            edit.point = .before(instruction)
            return edit
        }
        edits.removeAll { moved.contains($0.point) }
        let position = edits.firstIndex { $0.point > .before(instruction) } ?? edits.count
        edits.insert(contentsOf: advanced, at: position)
    }
}
