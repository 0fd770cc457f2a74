import WasmModel

extension Specimen {
    /// Types of one byte are negative numbers, which are positive ones from 64 on without their sign.
    static let unsignedBlockType = Specimen(
        "unsigned-block-type",
        references: ["bytecodealliance/wasm-micro-runtime#3467", "bytecodealliance/wasm-micro-runtime#3468"],
        trigger: "a block whose type has an index from 64 to 127",
        mechanism: "the decoder reads block types as numbers without sign, so that indices from 64 on are shorthands",
        limits: .noCount
    ) { pipeline in
        pipeline.changeBlockTypes { index in
            (64..<128).contains(index) ? BlockType(negative: Int64(index) - 128) : .type(TypeIndex(index))
        }
    }
}
