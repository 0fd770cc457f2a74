import ARM64Simulator
import Testing

@Suite struct ExclusiveAccessTests {
    /// Executes words with x1 and x4 in the data, x2 and x3 as data, and w0 as the status.
    private func execute(_ words: [UInt32]) throws -> Machine {
        let machine = try Machine(words)
        machine.simulator.x[0] = .max
        machine.simulator.x[1] = machine.dataAddress
        machine.simulator.x[2] = 0x1122_3344_5566_7788
        machine.simulator.x[3] = 0x99aa_bbcc_ddee_ff00
        machine.simulator.x[4] = machine.dataAddress + 16
        #expect(machine.run() == .returned)
        return machine
    }

    private func load(_ machine: Machine, _ offset: UInt64) -> UInt64 {
        UnsafeRawPointer(bitPattern: UInt(machine.dataAddress + offset))!.load(as: UInt64.self)
    }

    private static let loads: [UInt32] = [
        0x085f_7c25,  // ldxrb w5, [x1]
        0x485f_fc25,  // ldaxrh w5, [x1]
        0x885f_7c25,  // ldxr w5, [x1]
        0xc85f_fc25,  // ldaxr x5, [x1]
    ]
    private static let stores: [UInt32] = [
        0x0800_7c22,  // stxrb w0, w2, [x1]
        0x4800_fc22,  // stlxrh w0, w2, [x1]
        0x8800_7c22,  // stxr w0, w2, [x1]
        0xc800_fc22,  // stlxr w0, x2, [x1]
    ]
    private static let masks: [UInt64] = [0xff, 0xffff, 0xffff_ffff, .max]

    @Test(arguments: 0..<4) func `a store to what was marked succeeds, and the next one fails`(size: Int) throws {
        let before = try execute([])
        let old = load(before, 0)
        let once = try execute([Self.loads[size], Self.stores[size]])
        #expect(once.simulator.x[0] == 0)
        #expect(once.simulator.x[5] == old & Self.masks[size])
        #expect(load(once, 0) == old & ~Self.masks[size] | 0x1122_3344_5566_7788 & Self.masks[size])
        let twice = try execute([Self.loads[size], Self.stores[size], Self.stores[size]])
        #expect(twice.simulator.x[0] == 1)
    }

    @Test func `pairs are marked as a whole`() throws {
        let words = try execute([0x887f_1825, 0x8820_0c22])  // ldxp w5, w6, [x1]; stxp w0, w2, w3, [x1]
        #expect(words.simulator.x[0] == 0)
        #expect(load(words, 0) == 0xddee_ff00_5566_7788)
        let doublewords = try execute([0xc87f_9825, 0xc820_8c22])  // ldaxp x5, x6, [x1]; stlxp w0, x2, x3, [x1]
        #expect(doublewords.simulator.x[0] == 0)
        #expect(load(doublewords, 0) == 0x1122_3344_5566_7788)
        #expect(load(doublewords, 8) == 0x99aa_bbcc_ddee_ff00)
        #expect(doublewords.simulator.x[6] == 0x0f0e_0d0c_0b0a_0908)
    }

    @Test func `a store fails elsewhere, after clrex, and where the bytes have changed`() throws {
        let load = Self.loads[3]
        let store = Self.stores[3]
        #expect(try execute([store]).simulator.x[0] == 1)
        #expect(try execute([load, 0xc800_7c82]).simulator.x[0] == 1)  // stxr w0, x2, [x4]
        #expect(try execute([load, 0xd503_3f5f, store]).simulator.x[0] == 1)  // clrex
        #expect(try execute([load, 0x3900_0022, store]).simulator.x[0] == 1)  // strb w2, [x1]
    }

    @Test(
        arguments: [
            0x085f_7425,  // ldxrb w5, [x1] with Rt2 = 29
            0xc805_7c25,  // stxr w5, x5, [x1]
            0xc801_7c22,  // stxr w1, x2, [x1]
            0xc87f_1425,  // ldxp x5, x5, [x1]
            0xc820_0022,  // stxp w0, x2, x0, [x1]
        ] as [UInt32]
    )
    func `registers that must differ are unpredictable where they are the same`(word: UInt32) throws {
        let machine = try Machine([word])
        machine.simulator.x[1] = machine.dataAddress
        guard case .fault(.unpredictableEncoding) = machine.run() else {
            Issue.record("0x\(String(word, radix: 16)) is executed")
            return
        }
    }

    @Test func `an access that is not aligned as a whole, or of another size than the mark, is a fault`() throws {
        let misaligned = try Machine([0xc87f_1825])  // ldxp x5, x6, [x1]
        misaligned.simulator.x[1] = misaligned.dataAddress + 8
        guard case .fault(.misalignedAccess(_, 16, _)) = misaligned.run() else {
            Issue.record("a misaligned pair is executed")
            return
        }
        let mixed = try Machine([Self.loads[3], Self.stores[0]])
        mixed.simulator.x[1] = mixed.dataAddress
        guard case .fault(.unpredictableEncoding) = mixed.run() else {
            Issue.record("a byte is stored to a marked doubleword")
            return
        }
    }
}
