import RegisterAllocation

extension Specimen {
    /// The founding bug: operands beyond the 256th are recorded as if they were early ones, and stay without a location themselves.
    static let operandIndexOfEightBits = Specimen(
        "operand-index-u8",
        references: ["bytecodealliance/wasmtime#10741", "bytecodealliance/regalloc2#226"],
        trigger: "an export with about 254 results",
        mechanism: "the allocator numbers the operands of an instruction with 8 bits"
    ) { pipeline in
        let allocator = pipeline.allocator
        // As in the original, nothing proves the allocation before the code is emitted.
        pipeline.check = nil
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var allocation = try allocator.allocate(problem)
            let healthy = allocation.locations
            for instruction in problem.instructions where instruction.operandCount > 256 {
                for operand in 0..<Int(instruction.operandCount) {
                    let position = Int(instruction.firstOperand) + operand
                    if operand >= 256 { allocation.locations[position] = .none }
                    allocation.locations[Int(instruction.firstOperand) + operand & 0xFF] = healthy[position]
                }
            }
            return allocation
        }
    }
}
