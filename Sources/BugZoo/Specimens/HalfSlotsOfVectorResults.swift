import MachineCode
import SSA

extension Specimen {
    /// All other results take 8 bytes.
    static let halfSlotsOfVectorResults = Specimen(
        "half-slots-of-vector-results",
        references: ["bytecodealliance/wasmtime#10301"],
        trigger: "v128 results beyond the registers",
        mechanism: "a v128 in the result area has a slot of 8 bytes",
        limits: .registers(of: "results") + .most(9...17, "results")
    ) { pipeline in
        pipeline.selection.callLayout = {
            CallLayout($0, on: $1, resultSlots: CallSlots(size: { _ in 8 }, alignment: { _ in 8 }))
        }
    }
}
