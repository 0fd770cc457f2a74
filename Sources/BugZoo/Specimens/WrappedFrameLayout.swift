import MachineCode

extension Specimen {
    /// The original added in 32 bits. No frame here is so large: these sums have 16.
    static let wrappedFrameLayout = Specimen(
        "wrapped-frame-layout",
        references: ["bytecodealliance/wasmtime#6434"],
        trigger: "a frame of 64 KiB and more",
        mechanism: "the sizes of a frame's areas are added up in so few bits that the sums wrap",
        limits: .frame(bytes: 0xFFFF)
    ) { pipeline in
        pipeline.emission.changeFrame = { frame, _, _ in
            let sums: [WritableKeyPath<FrameLayout, Int>] = [
                \.guardOffset, \.resultAreaOffset, \.resultGuardOffset, \.savedCopyOffset, \.valuesAreaOffset,
                \.spillAreaOffset, \.size,
            ]
            for sum in sums { frame[keyPath: sum] = Int(UInt16(truncatingIfNeeded: frame[keyPath: sum])) }
        }
    }
}
