import MachineCode

extension Specimen {
    /// The stub and the function that it calls lay out the arguments each for itself.
    static let unalignedVectorArgument = Specimen(
        "unaligned-vector-argument",
        references: ["bytecodealliance/wasmtime#10460"],
        trigger: "an export with an f32 and then a v128 beyond the registers, 9 f32 and a v128",
        mechanism: "the entry stub does not align the slots of v128 parameters to 16 bytes",
        limits: .registers(of: "parameters") + .most(9...17, "parameters")
    ) { pipeline in
        pipeline.changeLayoutInEntryStubs { layout, signature, machine in
            let packed = CallSlots(size: CallSlots.standard.size, alignment: { _ in 8 })
            layout = CallLayout(signature, on: machine, parameterSlots: packed)
        }
    }
}
