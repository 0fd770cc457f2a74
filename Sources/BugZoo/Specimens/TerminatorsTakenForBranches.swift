import RegisterAllocation

extension Specimen {
    /// Who wrote the checker and who wrote the allocator thought the same of terminators, so that one mistake hid the
    /// other: until calls became terminators, both were right.
    static let terminatorsTakenForBranches = Specimen(
        "terminators-taken-for-branches",
        references: ["bytecodealliance/regalloc2#224", "bytecodealliance/wasmtime#10585"],
        trigger: "a value that lives across a call in a try_table, at the level speed",
        mechanism:
            "the allocator does not expect terminators to overwrite registers, and the checker looks at none of their operands",
        limits: .noCount
    ) { pipeline in
        let allocator = pipeline.allocator
        pipeline.allocator = RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            try allocator.allocate(problem.withoutOverwritingTerminators())
        }
        pipeline.check = { (problem, allocation) throws(AllocationViolation) in
            try AllocationChecker().check(problem.withoutReadingTerminators(), allocation)
        }
    }
}

extension AllocationProblem {
    /// The problem where terminators overwrite nothing but what they define.
    func withoutOverwritingTerminators() -> AllocationProblem {
        var changed = self
        for terminator in terminators { changed.instructions[terminator].clobbers = RegisterSet() }
        return changed
    }

    /// The problem where terminators overwrite nothing but what they define, and read nothing.
    fileprivate func withoutReadingTerminators() -> AllocationProblem {
        var changed = withoutOverwritingTerminators()
        for terminator in terminators {
            // Uses come first.
            let uses = instructions[terminator].operands.prefix { operands[$0].role == .use }
            changed.instructions[terminator].firstOperand += UInt32(uses.count)
            changed.instructions[terminator].operandCount -= UInt32(uses.count)
        }
        return changed
    }

    private var terminators: [Int] {
        blocks.filter { !$0.instructions.isEmpty }.map { $0.instructions.upperBound - 1 }
    }
}
