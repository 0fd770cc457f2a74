import RegisterAllocation

extension Specimen {
    /// Results in memory may be anywhere, but the allocator looks for registers, of which a call leaves none.
    static let stackResultsInRegisters = Specimen(
        "stack-results-in-registers",
        references: [
            "bytecodealliance/regalloc2#217", "bytecodealliance/regalloc2#233", "bytecodealliance/regalloc2#240",
            "bytecodealliance/wasmtime#11544",
        ],
        trigger: "an export with more results than registers, with the strategy definitions at the level none",
        mechanism: "the single-pass allocator treats definitions that may be anywhere as definitions in registers",
        limits: .registers(of: "results")
    ) { pipeline in
        if pipeline.isOptimizing { return }
        pipeline.changeAllocation(problem: { problem in
            for position in problem.operands.indices
            where problem.operands[position].role == .definition && problem.operands[position].constraint == .any {
                problem.operands[position].constraint = .register
            }
        })
    }
}
