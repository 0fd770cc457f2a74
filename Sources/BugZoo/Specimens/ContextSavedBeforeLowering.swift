import MachineCode

extension Specimen {
    /// One instruction makes a small frame and saves what it keeps; for large ones there are several, in the wrong order.
    static let contextSavedBeforeLowering = Specimen(
        "context-saved-before-lowering",
        references: ["bytecodealliance/wasmtime#10019"],
        trigger: "an indirect call in a function with a frame of 4 KiB and more, on ARM64",
        mechanism:
            "where a frame exceeds the immediate, what it keeps is saved at its offset from a stack pointer not lowered yet",
        limits: .frame(bytes: 0xFFF)
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            let (context, framePointer) = (backend.machine.context, backend.machine.framePointer)
            backend.offsetOfStore = { source, base, offset, frame in
                guard source == context, base == framePointer, offset == FrameLayout.contextSlot, frame.size > 0xFFF
                else { return offset }
                // The stack pointer is where the frame pointer is, a whole frame too high.
                return frame.size + offset
            }
        }
    }
}
