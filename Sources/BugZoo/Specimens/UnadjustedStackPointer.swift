extension Specimen {
    /// The callee has popped its arguments, and the caller goes on as if it had not.
    static let unadjustedStackPointer = Specimen(
        "unadjusted-stack-pointer",
        references: ["bytecodealliance/wasmtime#6581", "bytecodealliance/wasmtime#6586"],
        trigger: "a call with stack arguments, 16 parameters and more",
        mechanism: "the stack pointer is not lowered again after a callee that pops its arguments",
        limits: .registers(of: "results", "parameters")
    ) { pipeline in
        pipeline.selection.adjustmentAfterCall = { _ in 0 }
    }
}
