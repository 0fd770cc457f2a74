import SSA

extension Specimen {
    /// Nobody writes so many.
    static let vectorConstantIndexOf16Bits = Specimen(
        "vector-constant-index-of-16-bits",
        references: ["bytecodealliance/wasm-micro-runtime#1071"],
        trigger: "more than 65,536 v128 constants in one function",
        mechanism: "the index of a constant in its function's pool is cut to 16 bits",
        limits: .noCount
    ) { pipeline in
        pipeline.rewriteTranslation { function in
            var changed = function
            for position in function.instructions.indices
            where function.instructions[position].operation == .constantVector {
                changed.instructions[position].immediate &= 0xFFFF
            }
            return changed
        }
    }
}
