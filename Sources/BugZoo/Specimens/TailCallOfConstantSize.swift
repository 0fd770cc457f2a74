import MachineCode

extension Specimen {
    /// A tail call copies its stack arguments to where those of its function were.
    static let tailCallOfConstantSize = Specimen(
        "tail-call-of-constant-size",
        references: ["bytecodealliance/wasmtime#8866"],
        trigger: "a tail call with a few hundred bytes of stack arguments",
        mechanism: "the code of a tail call is taken to be at most 256 bytes, however many arguments it copies",
        limits: .most(20...140, "parameters")
    ) { pipeline in
        // Enough for a tail call that copies no arguments, audited or not.
        pipeline.limitCode(of: [.tailCall], toBytes: 256)
    }
}
