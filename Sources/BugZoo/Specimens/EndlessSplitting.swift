import RegisterAllocation

extension Specimen {
    /// A part that holds both points of one instruction is not minimal to who asks, but the splitter, which keeps an
    /// instruction's operands together, makes the same part of it again.
    static let endlessSplitting = Specimen(
        "endless-splitting",
        references: ["bytecodealliance/regalloc2#220", "bytecodealliance/wasmtime#10562"],
        trigger: "a two-address instruction where all registers belong to values that loops use more often",
        mechanism: "\"is minimal\" compares points where the splitter compares instructions: splitting never ends",
        limits: .noCount
    ) { pipeline in
        pipeline.allocator = .backtracking(splitting: splittingThatNeverEnds)
    }

    /// A part within one instruction that holds both of its points is not minimal.
    static let splittingThatNeverEnds = BundleSplitting(
        merge: BundleSplitting.standard.merge,
        isMinimal: { points in points.count == 1 }
    )
}
