import ARM64Simulator
import Testing

@Suite struct ControlFlowTests {
    /// Executes a branch over `mov x0, #1`; true where it was taken.
    private func isTaken(_ word: UInt32, x0: UInt64 = 0, flags: UInt8 = 0) throws -> Bool {
        let machine = try Machine([word, 0xd280_0025])  // BRANCH .+8; mov x5, #1
        machine.simulator.x[0] = x0
        machine.simulator.nzcv = flags
        #expect(machine.run() == .returned)
        return machine.simulator.x[5] == 0
    }

    @Test func `compare and branch looks at the named width`() throws {
        #expect(try isTaken(0x3400_0040, x0: 1 << 32))  // cbz w0, .+8
        #expect(try !isTaken(0xb400_0040, x0: 1 << 32))  // cbz x0, .+8
        #expect(try isTaken(0xb500_0040, x0: 1 << 32))  // cbnz x0, .+8
        #expect(try !isTaken(0x3500_0040, x0: 1 << 32))  // cbnz w0, .+8
    }

    @Test func `test and branch looks at one bit`() throws {
        #expect(try isTaken(0xb6f8_0040, x0: ~(1 << 63)))  // tbz x0, #63, .+8
        #expect(try !isTaken(0xb6f8_0040, x0: 1 << 63))
        #expect(try isTaken(0x37f8_0040, x0: 1 << 31))  // tbnz w0, #31, .+8
        #expect(try !isTaken(0x37f8_0040, x0: 1 << 32))
    }

    @Test(arguments: UInt32(0)..<16)
    func `a conditional branch holds for the flags that its condition names`(condition: UInt32) throws {
        for flags in UInt8(0)..<16 {
            let (n, z, c, v) = (flags & 8 != 0, flags & 4 != 0, flags & 2 != 0, flags & 1 != 0)
            let expected = [
                z, !z, c, !c, n, !n, v, !v, c && !z, !(c && !z), n == v, n != v, !z && n == v, z || n != v, true, true,
            ][Int(condition)]
            #expect(try isTaken(0x5400_0040 | condition, flags: flags) == expected)  // b.cond .+8
        }
    }

    @Test func `branches go backwards and forwards and count against the budget`() throws {
        let forever = try Machine([0x1400_0001, 0x17ff_ffff])  // b .+4; b .-4
        #expect(forever.run(budget: 1001) == .budgetExhausted)
        #expect(forever.simulator.pc == forever.codeAddress + 4)
        #expect(forever.simulator.executedInstructions == 1001)
        let exact = try Machine([0xd503_201f])  // nop
        #expect(exact.run(budget: 1) == .budgetExhausted)
        #expect(exact.simulator.run(from: exact.simulator.pc, budget: 1) == .returned)
    }

    @Test func `a call leaves the address after it in x30`() throws {
        // bl .+12; (returned here:) b .+12; udf; ret; nop -> falls into the ret of the outermost function
        let machine = try Machine([0xaa1e_03e3, 0x9400_0003, 0xaa03_03fe, 0xd65f_03c0, 0xaa1e_03e4, 0xd65f_03c0])
        // mov x3, x30; bl .+12; mov x30, x3; ret; mov x4, x30; ret
        #expect(machine.run() == .returned)
        #expect(machine.simulator.x[4] == machine.codeAddress + 8)
        let indirect = try Machine([0xaa1e_03e3, 0xd63f_0020, 0xaa03_03fe, 0xd65f_03c0, 0xd65f_03c0])
        // mov x3, x30; blr x1; mov x30, x3; ret; ret
        indirect.simulator.x[1] = indirect.codeAddress + 16
        #expect(indirect.run() == .returned)
        #expect(indirect.simulator.executedInstructions == 5)
    }

    @Test func `control passes between code regions`() throws {
        let callee = try Machine([0xd280_0020])  // mov x0, #1
        let caller = try Machine([0xd61f_0020])  // br x1
        try caller.simulator.addRegion(UnsafeRawBufferPointer(callee.code), permissions: [.read, .execute])
        caller.simulator.x[1] = callee.codeAddress
        #expect(caller.run() == .returned)
        #expect(caller.simulator.x[0] == 1)
    }

    @Test func `a host call stops the run and resumes after the call`() throws {
        // mov x3, x30; blr x1; add x0, x0, #1; mov x30, x3
        let machine = try Machine([0xaa1e_03e3, 0xd63f_0020, 0x9100_0400, 0xaa03_03fe])
        machine.simulator.x[1] = Machine.hostCall
        var remaining: UInt64 = 100
        let stop = machine.simulator.run(from: machine.codeAddress, remaining: &remaining)
        #expect(stop == .hostCall(address: Machine.hostCall))
        #expect(machine.simulator.x[30] == machine.codeAddress + 8)
        #expect(remaining == 98)
        machine.simulator.x[0] = 41
        #expect(machine.simulator.resumeAfterHostCall(remaining: &remaining) == .returned)
        #expect(machine.simulator.x[0] == 42)
        #expect(remaining == 95)
    }

    @Test func `addresses are relative to the instruction or to its page`() throws {
        let near = try Machine([0xd503_201f, 0x10ff_ffe0])  // nop; adr x0, .-4
        #expect(near.run() == .returned)
        #expect(near.simulator.x[0] == near.codeAddress)
        let page = try Machine([0xd503_201f, 0xd000_0000])  // nop; adrp x0, .+8192
        #expect(page.run() == .returned)
        #expect(page.simulator.x[0] == page.codeAddress + 8192)
    }

    @Test func `hints and barriers do nothing`() throws {
        // nop; hint #7; bti c; dmb ish; isb
        let machine = try Machine([0xd503_201f, 0xd503_20ff, 0xd503_245f, 0xd503_3bbf, 0xd503_3fdf])
        #expect(machine.run() == .returned)
        #expect(machine.simulator.executedInstructions == 6)
    }

    @Test func `system registers are read and written`() throws {
        // msr fpcr, xzr; mrs x0, fpcr; msr fpsr, x1; mrs x2, fpsr; msr nzcv, x3; mrs x4, nzcv
        let machine = try Machine([0xd51b_441f, 0xd53b_4400, 0xd51b_4421, 0xd53b_4422, 0xd51b_4203, 0xd53b_4204])
        machine.simulator.x[0] = 1
        machine.simulator.x[1] = 0x1f
        machine.simulator.x[3] = 0xa000_0000
        #expect(machine.run() == .returned)
        #expect(machine.simulator.x[0] == 0)
        #expect(machine.simulator.x[2] == 0x1f)
        #expect(machine.simulator.nzcv == 0b1010)
        #expect(machine.simulator.x[4] == 0xa000_0000)
    }

    @Test func `changed code is executed after invalidation`() throws {
        let machine = try Machine([0xd280_0020])  // mov x0, #1
        #expect(machine.run() == .returned)
        machine.code.storeBytes(of: 0xd280_0040, as: UInt32.self)  // mov x0, #2
        try machine.simulator.invalidateInstructions(inRegionAt: machine.codeAddress)
        machine.simulator.x[30] = ARM64Simulator.returnAddress
        #expect(machine.run() == .returned)
        #expect(machine.simulator.x[0] == 2)
    }
}
