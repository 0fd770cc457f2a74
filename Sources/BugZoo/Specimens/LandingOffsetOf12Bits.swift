extension Specimen {
    /// The immediate of a subtraction has 12 bits.
    static let landingOffsetOf12Bits = Specimen(
        "landing-offset-of-12-bits",
        references: ["JSC big-tuple", "JSC big-try"],
        trigger: "an exception that is caught in a frame of 4 KiB and more, on ARM64",
        mechanism: "where an exception arrives, the distance from the frame pointer to the stack pointer has 12 bits",
        limits: .frame(bytes: 0xFFF)
    ) { pipeline in
        pipeline.changeCode = { compiled, machine in
            guard machine.name == "arm64", !compiled.exceptionHandlers.isEmpty else { return }
            compiled.frame.size &= 0xFFF
        }
    }
}
