import ARM64Simulator
import Testing

@Suite struct FaultTests {
    private func fault(_ word: UInt32, _ prepare: (Machine) -> Void = { _ in }) throws -> SimulatorFault? {
        let machine = try Machine([word])
        prepare(machine)
        guard case .fault(let fault) = machine.run() else { return nil }
        #expect(machine.simulator.pc == machine.codeAddress)
        return fault
    }

    @Test(
        arguments: [
            0xffff_ffff,  // no group
            0x0001_0000,  // reserved, above udf
            0x1180_0000,  // add with tags
            0x1240_0000,  // and w0, w0, with N set
            0x9240_fc00,  // logical immediate of ones alone
            0x3280_0000,  // movn with opc 01
            0x5240_0000 | 1 << 23,  // movz w0 with a shift of 32
            0x1340_0000,  // sbfm w with N set
            0x1300_8000,  // sbfm w with imms of 32
            0x1380_8000,  // extr w with an amount of 32
            0x0b00_8000,  // add w with a shift of 32
            0x0bc0_0000,  // add with ror
            0x0b20_1400,  // add extended with a shift of 5
            0x1a00_0400,  // adc with a field set
            0x3a40_0400,  // ccmn with o2 set
            0x1a80_0800,  // csel with op2 of 2
            0x1ac0_0000,  // two sources, opcode 0
            0x5ac0_0c00,  // rev64 of w
            0x9b60_0000,  // three sources, op31 of 3
            0x5400_0010,  // b.cond with bit 4
            0xd600_0000,  // branch to register without op2
            0xd400_0000,  // exception without LL
            0xb8c0_0000 | 1 << 30,  // ldur with size 11, opc 11
            0x3820_0800,  // strb with option 0
            0x6900_0000,  // stgp
            0x1ee0_2800,  // fadd h0, h0, h0
            0x1ea0_2800,  // fadd with type 10
            0x1e20_9800,  // two sources, opcode 9
            0x1e26_0000 | 1 << 22,  // fmov w0, d0
            0x0e00_0400,  // dup with imm5 of 0
            0x0e08_3c00,  // umov w from d
            0x2f00_f400,  // fmov 2d without Q
        ] as [UInt32]
    )
    func `an unallocated encoding faults with its word and address`(word: UInt32) throws {
        let machine = try Machine([word])
        #expect(machine.run() == .fault(.unallocatedEncoding(word: word, pc: machine.codeAddress)))
    }

    @Test(
        arguments: [
            0xf840_8421,  // ldr x1, [x1], #8
            0xf800_8c21,  // str x1, [x1, #8]!
            0xa940_0420 & ~0x7c00,  // ldp x0, x0, [x1]
            0xa8c1_0421,  // ldp x1, x1, [x1], #16
            0x9bc2_0020,  // umulh with Ra of 0
        ] as [UInt32]
    )
    func `a constrained unpredictable encoding faults`(word: UInt32) throws {
        let machine = try Machine([word])
        #expect(machine.run() == .fault(.unpredictableEncoding(word: word, pc: machine.codeAddress)))
    }

    @Test func `exception-generating instructions end the run`() throws {
        let breakpoint = try Machine([0xd420_9a40])  // brk #1234
        #expect(breakpoint.run() == .fault(.breakpoint(immediate: 1234, pc: breakpoint.codeAddress)))
        let undefined = try Machine([0x0000_004d])  // udf #77
        #expect(undefined.run() == .fault(.permanentlyUndefined(immediate: 77, pc: undefined.codeAddress)))
        let call = try Machine([0xd400_00a1])  // svc #5
        #expect(call.run() == .fault(.exceptionCall(word: 0xd400_00a1, pc: call.codeAddress)))
    }

    @Test func `memory is not addressed through a misaligned sp`() throws {
        // sub sp, sp, #8; ldr x0, [sp]
        let machine = try Machine([0xd100_23ff, 0xf940_03e0])
        let stop = machine.run()
        let sp = machine.dataAddress + 248
        #expect(stop == .fault(.misalignedStackPointer(stackPointer: sp, pc: machine.codeAddress + 4)))
        #expect(try fault(0x3d80_07e0) { $0.simulator.sp += 1 } != nil)  // str q0, [sp, #16]
        #expect(try fault(0x3d80_07e0) == nil)
    }

    @Test func `an access must lie wholly inside one region`() throws {
        for (offset, isInside) in [(0, true), (504, true), (505, false), (512, false), (-1, false)] {
            let machine = try Machine([0xf940_0020])  // ldr x0, [x1]
            let address = machine.dataAddress &+ UInt64(bitPattern: Int64(offset))
            machine.simulator.x[1] = address
            let expected = SimulatorFault.accessOutsideRegions(
                kind: .read,
                address: address,
                size: 8,
                pc: machine.codeAddress
            )
            #expect(machine.run() == (isInside ? .returned : .fault(expected)))
        }
        let wrapping = try Machine([0xa940_0820])  // ldp x0, x2, [x1]
        wrapping.simulator.x[1] = .max - 7
        #expect(wrapping.run() != .returned)
    }

    @Test func `a fault leaves registers and memory as they were`() throws {
        let machine = try Machine([0xf81f_0c20])  // str x0, [x1, #-16]!
        machine.simulator.x[1] = machine.dataAddress + 8
        #expect(machine.run() != .returned)
        #expect(machine.simulator.x[1] == machine.dataAddress + 8)
        #expect(machine.load(0, UInt64.self) == 0x0706_0504_0302_0100)
    }

    @Test func `permissions of regions are kept`() throws {
        let machine = try Machine([0xf900_0020], dataPermissions: .read)  // str x0, [x1]
        machine.simulator.x[1] = machine.dataAddress
        let expected = SimulatorFault.accessNotPermitted(
            kind: .write,
            address: machine.dataAddress,
            size: 8,
            pc: machine.codeAddress
        )
        #expect(machine.run() == .fault(expected))
        machine.simulator.x[1] = machine.codeAddress
        #expect(machine.run() != .returned)
        let jump = try Machine([0xd61f_0020])  // br x1
        jump.simulator.x[1] = jump.dataAddress
        let address = jump.dataAddress
        let execution = SimulatorFault.accessNotPermitted(kind: .execute, address: address, size: 4, pc: address)
        #expect(jump.run() == .fault(execution))
    }

    @Test func `control may not leave the code`() throws {
        let jump = try Machine([0xd61f_0020])  // br x1
        jump.simulator.x[1] = 0x1234
        #expect(jump.run() == .fault(.executionOutsideRegions(address: 0x1234)))
        jump.simulator.x[1] = jump.codeAddress + 2
        #expect(jump.run() == .fault(.misalignedProgramCounter(address: jump.codeAddress + 2)))
        let before = try Machine([0x17ff_ffff])  // b .-4
        #expect(before.run() == .fault(.executionOutsideRegions(address: before.codeAddress - 4)))
    }

    @Test func `a floating-point control other than the default is refused`() throws {
        let machine = try Machine([0xd51b_4401])  // msr fpcr, x1
        machine.simulator.x[1] = 1 << 24
        let expected = SimulatorFault.unsupportedFloatingPointControl(value: 1 << 24, pc: machine.codeAddress)
        #expect(machine.run() == .fault(expected))
    }

    @Test func `regions that cannot be are refused`() throws {
        let machine = try Machine([])
        let simulator = machine.simulator
        let (code, data) = (machine.codeAddress, machine.dataAddress)
        #expect(throws: RegionError.overlap(address: data + 500, sizeInBytes: 500)) {
            try simulator.addRegion(at: data + 500, sizeInBytes: 500, permissions: .read)
        }
        #expect(throws: RegionError.overlap(address: code - 4, sizeInBytes: 8)) {
            try simulator.addRegion(at: code - 4, sizeInBytes: 8, permissions: .read)
        }
        #expect(throws: RegionError.invalidExtent(address: .max, sizeInBytes: 2)) {
            try simulator.addRegion(at: .max, sizeInBytes: 2, permissions: .read)
        }
        #expect(throws: RegionError.writableCode(address: 4096)) {
            try simulator.addRegion(at: 4096, sizeInBytes: 4, permissions: [.write, .execute])
        }
        #expect(throws: RegionError.misalignedCode(address: 4098, sizeInBytes: 4)) {
            try simulator.addRegion(at: 4098, sizeInBytes: 4, permissions: .execute)
        }
        #expect(throws: RegionError.hostCallAddressTaken(address: code)) { try simulator.registerHostCall(code) }
        #expect(throws: RegionError.unknownRegion(address: data + 4)) { try simulator.removeRegion(at: data + 4) }
    }

    @Test func `a removed region is out of reach even if it was the last one used`() throws {
        let machine = try Machine([0xf940_0020])  // ldr x0, [x1]
        machine.simulator.x[1] = machine.dataAddress
        #expect(machine.run() == .returned)
        try machine.simulator.removeRegion(at: machine.dataAddress)
        #expect(machine.run() != .returned)
    }

    @Test func `many regions are all found`() throws {
        let machine = try Machine([0x3940_0020])  // ldrb w0, [x1]
        try machine.simulator.removeRegion(at: machine.dataAddress)
        for index in (0..<64).reversed() {
            try machine.simulator.addRegion(
                at: machine.dataAddress + UInt64(index * 8),
                sizeInBytes: 4,
                permissions: .read
            )
        }
        for index in 0..<512 {
            machine.simulator.x[1] = machine.dataAddress + UInt64(index)
            #expect((machine.run() == .returned) == (index % 8 < 4))
        }
    }

    @Test func `faults describe themselves`() {
        let fault = SimulatorFault.accessOutsideRegions(kind: .write, address: 0x1000, size: 8, pc: 0x40)
        #expect(fault.description == "write of 8 bytes at 0x1000 is out of registered regions, at 0x40")
        let poisoned = SimulatorFault.poisonedRegister(register: .vector(31), pc: 0x40)
        #expect(poisoned.description == "read of poisoned register v31 at 0x40")
    }
}
