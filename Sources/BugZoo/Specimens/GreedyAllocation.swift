import RegisterAllocation

extension Specimen {
    /// Every definition of a call gets live ranges of its own at every place where it might be split.
    static let greedyAllocation = Specimen(
        "greedy-allocation",
        references: ["bytecodealliance/regalloc2#220"],
        trigger: "a call with many definitions",
        mechanism:
            "the allocator keeps a range for each attempt to split and never gives one back, until memory is used up"
    ) { pipeline in
        let allocator = pipeline.allocator
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            var ranges: [[UInt64]] = []
            for instruction in problem.instructions where instruction.operandCount > 200 {
                while true {
                    ranges.append(
                        [UInt64](unsafeUninitializedCapacity: 1 << 20) { range, count in
                            // Every page is written, so that it is memory and not only an address.
                            for index in stride(from: 0, to: range.count, by: 512) { range[index] = UInt64(index) }
                            count = range.count
                        }
                    )
                }
            }
            return try allocator.allocate(problem)
        }
    }
}
