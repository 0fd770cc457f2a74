import MachineCode

extension Specimen {
    /// A callee's frame ends where that of its caller begins, but for the stack arguments between them: those that the
    /// caller has put there are its own, those of a tail call are neither's.
    static let contiguousFrames = Specimen(
        "contiguous-frames",
        references: ["bytecodealliance/wasmtime#11489"],
        trigger: "a caught exception of a function that was tail-called with more stack arguments than its caller has",
        mechanism: "unwinding takes the end of the callee's frame for the stack pointer of the frame that catches",
        limits: .registers(of: "parameters")
    ) { pipeline in
        pipeline.landingStackPointer = { $0.calleeFramePointer + UInt(MachineDescription.linkageSize) }
    }
}
