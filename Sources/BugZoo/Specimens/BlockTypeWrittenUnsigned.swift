import WasmModel

extension Specimen {
    /// What the compiler reads has gone through a writer that takes an index for a number without sign, as all others are.
    static let blockTypeWrittenUnsigned = Specimen(
        "block-type-written-unsigned",
        references: ["WebAssembly/wabt#1533"],
        trigger: "a block whose type has an index from 64 to 127, or from 8,192 on",
        mechanism: "the type of a block is written as an unsigned LEB128 number, and read as a signed one",
        limits: .noCount
    ) { pipeline in
        pipeline.changeBlockTypes { index in
            let bits = Int64(7 * max(1, (UInt32.bitWidth - index.leadingZeroBitCount + 6) / 7))
            // The highest bit of the last byte is the sign.
            if index >> UInt32(bits - 1) == 0 { return .type(TypeIndex(index)) }
            return bits == 7 ? BlockType(negative: Int64(index) - 128) : nil
        }
    }
}
