import MachineCode

extension Specimen {
    /// Unconditional branches reach as far as functions are long, and conditional ones are taken to do so too.
    static let uncheckedConditionalBranch = Specimen(
        "unchecked-conditional-branch",
        references: ["tetratelabs/wazero@378956d2f"],
        trigger: "a conditional branch over 1 MiB of code and more, on ARM64",
        mechanism: "nobody checks that the distance of a conditional branch fits 19 bits",
        limits: .noCount
    ) { pipeline in
        pipeline.emission.reach = { kind in
            kind == .arm64Branch19 ? FixUpKind.arm64Branch26.reach : kind.reach
        }
    }
}
