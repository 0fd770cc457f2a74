import RegisterAllocation

extension Specimen {
    /// An early use is merged with whatever else its instruction does to the value, so that it is in a register at the
    /// late point too, where a call has overwritten them all.
    static let mergedMinimalRanges = Specimen(
        "merged-minimal-ranges",
        references: ["bytecodealliance/regalloc2#214"],
        trigger: "a call through a reference that is used again after it",
        mechanism:
            "the uses of an instruction become one minimal range that reaches the late point: no register is left",
        limits: .noCount
    ) { pipeline in
        var splitting = BundleSplitting.standard
        splitting.merge = { anchors in
            let points = BundleSplitting.standard.merge(anchors)
            // Instructions have two points.
            return points.lowerBound / 2 * 2..<(points.upperBound + 1) / 2 * 2
        }
        pipeline.allocator = .backtracking(splitting: splitting)
    }
}
