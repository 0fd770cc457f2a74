import RegisterAllocation

extension Specimen {
    /// Nobody had ever asked for more definitions in registers than there are registers, until calls did so for all their
    /// results.
    static let registersRunOutUnnoticed = Specimen(
        "registers-run-out-unnoticed",
        references: ["bytecodealliance/regalloc2#212"],
        trigger: "an export with more results than registers, with the strategy definitions at the level speed",
        mechanism:
            "stack results are to be defined in registers, and the backtracking allocator does not see that none is left",
        limits: .registers(of: "results")
    ) { pipeline in
        guard pipeline.isOptimizing else { return }
        let allocator = pipeline.allocator
        // As in the original, nothing proves the allocation before the code is emitted.
        pipeline.check = nil
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var changed = problem
            for position in problem.operands.indices
            where problem.operands[position].role == .definition && problem.operands[position].constraint == .any {
                changed.operands[position].constraint = .register
            }
            var missing: [Int] = []
            while true {
                do throws(AllocationError) {
                    var allocation = try allocator.allocate(changed)
                    for position in missing { allocation.locations[position] = .none }
                    return allocation
                } catch {
                    guard case .outOfRegisters(let instruction, let operand, _) = error else { throw error }
                    // Whatever the instruction defines goes on as if it had a register, and this one has none.
                    let operands = problem.instructions[instruction].operands
                    let free = operands.filter { changed.operands[$0].constraint != problem.operands[$0].constraint }
                    if free.isEmpty { throw error }
                    for position in free { changed.operands[position].constraint = .any }
                    missing.append(operands.lowerBound + operand)
                }
            }
        }
    }
}
