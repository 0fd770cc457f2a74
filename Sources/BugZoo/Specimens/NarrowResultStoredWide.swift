import MachineCode
import SSA

extension Specimen {
    /// Most of what is stored too far is overwritten by the next result, but behind the last one comes something else.
    static let narrowResultStoredWide = Specimen(
        "narrow-result-stored-wide",
        references: ["bytecodealliance/wasmtime#12982"],
        trigger: "i32 or f32 results that fill the result area, four beyond the registers",
        mechanism: "the slot of a result in memory has the size of its type, but it is stored as 8 bytes",
        limits: .registers(of: "results") + .most(9...20, "results")
    ) { pipeline in
        let size: @Sendable (IRType) -> Int = { type in
            switch type {
            case .i32, .f32: 4
            case .i64, .f64, .reference: 8
            case .v128: 16
            }
        }
        pipeline.selection.callLayout = {
            CallLayout($0, on: $1, resultSlots: CallSlots(size: size, alignment: size))
        }
        pipeline.selection.resultStore = { type in
            switch type {
            case .i32: .i64
            case .f32: .f64
            case .i64, .f64, .v128, .reference: type
            }
        }
    }
}
