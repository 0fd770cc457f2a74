extension Specimen {
    /// The original added in 32 bits, and read a table of any length. Valid modules have none so long: this sum has 8 bits.
    static let wrappedBranchTableCount = Specimen(
        "wrapped-branch-table-count",
        references: ["wasm3/wasm3#570"],
        trigger: "br_table with 255 labels and more beside the default",
        mechanism: "the labels of a branch table and its default are counted in so few bits that the sum wraps",
        limits: .most(254...255, "labels")
    ) { pipeline in
        pipeline.alterBackend { backend in
            backend.entryCountOfBranchTable = { count in
                let wrapped = Int(UInt8(truncatingIfNeeded: count))
                // The greatest index is one less, as a number of 32 bits.
                return wrapped == 0 ? 1 << 32 : wrapped
            }
        }
    }
}
