import MachineCode
import RegisterAllocation

extension Specimen {
    /// Slots for the results were counted when nothing was below them.
    static let resultsNotRebased = Specimen(
        "results-not-rebased",
        references: ["wasmi-labs/wasmi#892"],
        trigger: "a call with results in spill slots, in a block that has saved values before it",
        mechanism: "the slots of results are not shifted by the values that were preserved below them",
        limits: .registers(of: "results")
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            var preserved: UInt32 = 0
            var edit = 0
            for block in problem.blocks {
                preserved = 0
                for position in block.instructions {
                    while edit < allocation.edits.count, allocation.edits[edit].point <= .before(position) {
                        if case .slot = allocation.edits[edit].destination { preserved += 1 }
                        edit += 1
                    }
                    let instruction = problem.instructions[position]
                    guard instruction.clobbers == problem.allocatable else { continue }
                    for operand in instruction.operands where problem.operands[operand].role == .definition {
                        guard case .slot(let slot) = allocation.locations[operand], slot >= preserved else { continue }
                        allocation.locations[operand] = .slot(slot - preserved)
                    }
                    preserved = 0
                }
            }
        })
    }
}
