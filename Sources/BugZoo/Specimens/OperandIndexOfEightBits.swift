import RegisterAllocation

extension Specimen {
    /// The founding bug: operands beyond the 256th are recorded as if they were early ones, and stay without a location themselves.
    static let operandIndexOfEightBits = Specimen(
        "operand-index-u8",
        references: ["bytecodealliance/wasmtime#10741", "bytecodealliance/regalloc2#226"],
        trigger: "an export with about 254 results",
        mechanism: "the allocator numbers the operands of an instruction with 8 bits",
        limits: .most(253...255, "results", "parameters", "block values")
    ) { pipeline in
        let allocator = pipeline.allocator
        // As in the original, nothing proves the allocation before the code is emitted.
        pipeline.check = nil
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var allocation = try allocator.allocate(problem)
            let healthy = allocation.locations
            allocation.locations = [Location](repeating: .none, count: healthy.count)
            for instruction in problem.instructions {
                let first = instruction.operands.lowerBound
                for position in instruction.operands {
                    let index = UInt8(truncatingIfNeeded: position - first)
                    allocation.locations[first + Int(index)] = healthy[position]
                }
            }
            return allocation
        }
    }
}
