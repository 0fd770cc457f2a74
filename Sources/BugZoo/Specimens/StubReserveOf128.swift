extension Specimen {
    /// Nobody writes more parameters by hand.
    static let stubReserveOf128 = Specimen(
        "stub-reserve-of-128",
        references: ["CVE-2024-28123"],
        trigger: "an export with more than 128 stack arguments",
        mechanism: "the entry stub has a fixed reserve of 128 slots for arguments, and writes beyond it",
        limits: .most(72...80, "parameters") + .most(133...144, "parameters")
    ) { pipeline in
        pipeline.changeEntryStubs { stub, _, _, _ in
            let slotSize = 8
            stub.outgoingArgumentSize = min(stub.outgoingArgumentSize, 128 * slotSize)
        }
    }
}
