import RegisterAllocation

extension Specimen {
    /// Splitting goes on for ever, because what the splitter makes is never minimal enough for who asked for it.
    static let endlessAllocation = Specimen(
        "endless-allocation",
        references: ["bytecodealliance/regalloc2#220", "bytecodealliance/wasmtime#10562"],
        trigger: "a call with many definitions",
        mechanism: "the predicate \"is minimal\" disagrees with the splitter, and the allocator never ends"
    ) { pipeline in
        let allocator = pipeline.allocator
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            for instruction in problem.instructions {
                var halves = Int(instruction.operandCount)
                while halves > 200 {
                    // Split, allocate, find that the part is not minimal, and so on. Without the allocation, which does
                    // something, optimised code would leave out the loop.
                    halves = max(halves / 2, 201)
                    _ = try allocator.allocate(problem)
                }
            }
            return try allocator.allocate(problem)
        }
    }
}
