import RegisterAllocation

extension Specimen {
    /// Values have slots one after the other, and each instruction has 16 bits for the number of one.
    static let slotIndexOf16Bits = Specimen(
        "slot-index-of-16-bits",
        references: ["swiftwasm/WasmKit@355217bd"],
        trigger: "more than 65,536 values in spill slots at the same time",
        mechanism: "the number of a spill slot is cut to 16 bits",
        limits: .most(65_000...65_536, "locals") + .frame(bytes: 0x10000 * 8)
    ) { pipeline in
        pipeline.changeAllocation(solution: { allocation, problem in
            allocation.mapSlots(problem) { slot, _ in slot & 0xFFFF }
        })
    }
}
