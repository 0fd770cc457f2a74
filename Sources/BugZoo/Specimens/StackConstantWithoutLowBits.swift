extension Specimen {
    /// The immediate has 12 bits, which can be shifted left by 12; there has to be a second instruction for the others.
    static let stackConstantWithoutLowBits = Specimen(
        "stack-constant-without-low-bits",
        references: ["tetratelabs/wazero@a1706eb05"],
        trigger: "a frame or arguments of 4 KiB and more, on ARM64",
        mechanism: "a large number that is subtracted from the stack pointer or added loses its low 12 bits",
        limits: .frame(bytes: 0xFFF)
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            backend.stackAdjustment = { size in
                let magnitude = abs(size) > 0xFFF ? abs(size) & ~0xFFF : abs(size)
                return size < 0 ? -magnitude : magnitude
            }
        }
    }
}
