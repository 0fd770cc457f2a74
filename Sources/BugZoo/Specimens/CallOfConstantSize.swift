import MachineCode

extension Specimen {
    /// When results became operands of the call, the code that moves them became a part of it.
    static let callOfConstantSize = Specimen(
        "call-of-constant-size",
        references: ["bytecodealliance/wasmtime#10555"],
        trigger: "a call with about 60 results in memory on x86_64 and 120 on ARM64, with the strategy definitions",
        mechanism: "the code of a call is taken to be at most 1 KiB, however many results it moves",
        limits: .most(55...128, "results")
    ) { pipeline in
        // Enough for a call that moves no results, audited or not.
        pipeline.limitCode(of: [.call, .tryCall], toBytes: 1 << 10)
    }
}
