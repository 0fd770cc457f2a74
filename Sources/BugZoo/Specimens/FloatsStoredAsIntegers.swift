import SSA

extension Specimen {
    /// Whatever a result in memory is, it is stored from the integer register of the same number.
    static let floatsStoredAsIntegers = Specimen(
        "floats-stored-as-integers",
        references: ["bytecodealliance/wasmtime#2191"],
        trigger: "f32 or f64 results beyond the registers",
        mechanism: "values are always stored in the result area as i64",
        limits: .registers(of: "results")
    ) { pipeline in
        pipeline.selection.resultStore = { type in
            switch type {
            case .f32, .f64: .i64
            case .i32, .i64, .v128, .reference: type
            }
        }
    }
}
