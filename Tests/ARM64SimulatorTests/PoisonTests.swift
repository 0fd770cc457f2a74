import ARM64Simulator
import Testing

@Suite struct PoisonTests {
    /// Executes words with x16, x17 and v31 poisoned.
    private func run(_ words: [UInt32]) throws -> (stop: StopReason, machine: Machine) {
        let machine = try Machine(words)
        machine.simulator.poisonedRegisters = PoisonedRegisters(general: 3 << 16, vector: 1 << 31)
        machine.simulator.x[1] = machine.dataAddress
        return (machine.run(), machine)
    }

    @Test(
        arguments: [
            (0xaa10_03e0, .general(16)),  // mov x0, x16
            (0x8b11_0000, .general(17)),  // add x0, x0, x17
            (0xf280_0070, .general(16)),  // movk x16, #3
            (0xf940_0202, .general(16)),  // ldr x2, [x16]
            (0xb400_0050, .general(16)),  // cbz x16, .+8
            (0xd61f_0200, .general(16)),  // br x16
            (0x1e7f_2800, .vector(31)),  // fadd d0, d0, d31
        ] as [(UInt32, SimulatedRegister)]
    )
    func `reading a poisoned register as an operand faults`(word: UInt32, register: SimulatedRegister) throws {
        let (stop, machine) = try run([word])
        #expect(stop == .fault(.poisonedRegister(register: register, pc: machine.codeAddress)))
    }

    @Test func `storing a poisoned register does not fault`() throws {
        // str x16, [x1]; stp x16, x17, [x1]; str q31, [x1]
        #expect(try run([0xf900_0030, 0xa900_4430, 0x3d80_003f]).stop == .returned)
    }

    @Test func `a written register is poisoned no longer`() throws {
        // mov x16, #0; add x0, x0, x16
        let (stop, machine) = try run([0xd280_0010, 0x8b10_0000])
        #expect(stop == .returned)
        #expect(machine.simulator.poisonedRegisters == PoisonedRegisters(general: 2 << 16, vector: 1 << 31))
    }

    @Test func `calls and returns poison the registers that they are told to`() throws {
        // mov x3, x30; bl .+16; mov x0, x16; mov x30, x3; ret; mov x16, #0; ret
        let words: [UInt32] = [
            0xaa1e_03e3, 0x9400_0004, 0xaa10_03e0, 0xaa03_03fe, 0xd65f_03c0, 0xd280_0010, 0xd65f_03c0,
        ]
        let calm = try Machine(words)
        calm.simulator.registersPoisonedByCalls = PoisonedRegisters(general: 1 << 16)
        #expect(calm.run() == .returned)
        let strict = try Machine(words)
        strict.simulator.registersPoisonedByReturns = PoisonedRegisters(general: 1 << 16)
        let expected = SimulatorFault.poisonedRegister(register: .general(16), pc: strict.codeAddress + 8)
        #expect(strict.run() == .fault(expected))
    }
}
