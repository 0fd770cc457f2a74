import ARM64Simulator
import Testing

@Suite struct LoadStoreTests {
    /// Executes one word with x1 in the middle of the data and x0 full of ones.
    private func execute(_ word: UInt32, x2: UInt64 = 0, offset: Int = 0) throws -> Machine {
        let machine = try Machine([word])
        machine.simulator.x[0] = .max
        machine.simulator.x[1] = machine.dataAddress &+ UInt64(bitPattern: Int64(offset))
        machine.simulator.x[2] = x2
        machine.simulator.v[0] = Vector128(low: 0xa7a6_a5a4_a3a2_a1a0, high: 0xafae_adac_abaa_a9a8)
        machine.simulator.v[1] = Vector128(low: 0xb7b6_b5b4_b3b2_b1b0, high: 0xbfbe_bdbc_bbba_b9b8)
        #expect(machine.run() == .returned, "word \(String(word, radix: 16))")
        return machine
    }

    @Test(
        arguments: [
            (0x3943_2020, 0xc8),  // ldrb w0, [x1, #200]
            (0x39c3_2020, 0xffff_ffc8),  // ldrsb w0, [x1, #200]
            (0x3983_2020, 0xffff_ffff_ffff_ffc8),  // ldrsb x0, [x1, #200]
            (0x7941_9020, 0xc9c8),  // ldrh w0, [x1, #200]
            (0x79c1_9020, 0xffff_c9c8),  // ldrsh w0, [x1, #200]
            (0x7981_9020, 0xffff_ffff_ffff_c9c8),  // ldrsh x0, [x1, #200]
            (0xb940_c820, 0xcbca_c9c8),  // ldr w0, [x1, #200]
            (0xb980_c820, 0xffff_ffff_cbca_c9c8),  // ldrsw x0, [x1, #200]
            (0xf940_6420, 0xcfce_cdcc_cbca_c9c8),  // ldr x0, [x1, #200]
        ] as [(UInt32, UInt64)]
    )
    func `a load of every size zero-extends or sign-extends`(word: UInt32, expected: UInt64) throws {
        #expect(try execute(word).simulator.x[0] == expected)
    }

    @Test(
        arguments: [
            (0xf85f_d020, 0, 0x0403_0201_00ff_fefd),  // ldur x0, [x1, #-3]
            (0xf862_6820, 8, 0x0f0e_0d0c_0b0a_0908),  // ldr x0, [x1, x2]
            (0xf862_7820, .max, 0xfffe_fdfc_fbfa_f9f8),  // ldr x0, [x1, x2, lsl #3]
            (0xb862_5820, 0x1_0000_0002, 0x0b0a_0908),  // ldr w0, [x1, w2, uxtw #2]
            (0xb862_d820, 0xffff_ffff, 0xfffe_fdfc),  // ldr w0, [x1, w2, sxtw #2]
            (0x7862_f820, .max, 0xfffe),  // ldrh w0, [x1, x2, sxtx #1]
            (0x3862_c820, 0xffff_ffff, 0xff),  // ldrb w0, [x1, w2, sxtw]
        ] as [(UInt32, UInt64, UInt64)]
    )
    func `an address is a base with an offset or an extended index`(
        word: UInt32,
        index: UInt64,
        expected: UInt64
    ) throws {
        #expect(try execute(word, x2: index, offset: 256).simulator.x[0] == expected)
    }

    @Test func `pre-indexing uses the new address and post-indexing the old one`() throws {
        let pre = try execute(0xf840_8c20)  // ldr x0, [x1, #8]!
        #expect(pre.simulator.x[0] == 0x0f0e_0d0c_0b0a_0908)
        #expect(pre.simulator.x[1] == pre.dataAddress + 8)
        let post = try execute(0xf85f_0420, offset: 16)  // ldr x0, [x1], #-16
        #expect(post.simulator.x[0] == 0x1716_1514_1312_1110)
        #expect(post.simulator.x[1] == post.dataAddress)
    }

    @Test func `a store writes its size and nothing beside it`() throws {
        #expect(try execute(0x3900_0420).load(0, UInt32.self) == 0x0302_ff00)  // strb w0, [x1, #1]
        #expect(try execute(0x7900_0420).load(0, UInt64.self) == 0x0706_0504_ffff_0100)  // strh w0, [x1, #2]
        let word = try execute(0xb900_0420)  // str w0, [x1, #4]
        #expect(word.load(0, UInt64.self) == 0xffff_ffff_0302_0100)
        #expect(word.load(8, UInt8.self) == 8)
        #expect(try execute(0xf900_0420).load(8, UInt64.self) == .max)  // str x0, [x1, #8]
        #expect(try execute(0xb900_003f).load(0, UInt64.self) == 0x0706_0504_0000_0000)  // str wzr, [x1]
    }

    @Test(
        arguments: [
            (0x3d40_0c20, 0x03, 0),  // ldr b0, [x1, #3]
            (0x7d40_0820, 0x0504, 0),  // ldr h0, [x1, #4]
            (0xbd40_0420, 0x0706_0504, 0),  // ldr s0, [x1, #4]
            (0xfd40_0420, 0x0f0e_0d0c_0b0a_0908, 0),  // ldr d0, [x1, #8]
            (0x3dc0_0420, 0x1716_1514_1312_1110, 0x1f1e_1d1c_1b1a_1918),  // ldr q0, [x1, #16]
            (0x3ce2_7820, 0x2726_2524_2322_2120, 0x2f2e_2d2c_2b2a_2928),  // ldr q0, [x1, x2, lsl #4]
        ] as [(UInt32, UInt64, UInt64)]
    )
    func `a vector load zeroes what is above its size`(word: UInt32, low: UInt64, high: UInt64) throws {
        #expect(try execute(word, x2: 2).simulator.v[0] == Vector128(low: low, high: high))
    }

    @Test func `a vector store of every size writes the low part`() throws {
        #expect(try execute(0x3d00_0020).load(0, UInt64.self) == 0x0706_0504_0302_01a0)  // str b0, [x1]
        #expect(try execute(0x7d00_0020).load(0, UInt64.self) == 0x0706_0504_0302_a1a0)  // str h0, [x1]
        #expect(try execute(0xbd00_0020).load(0, UInt64.self) == 0x0706_0504_a3a2_a1a0)  // str s0, [x1]
        #expect(try execute(0xfd00_0020).load(0, UInt64.self) == 0xa7a6_a5a4_a3a2_a1a0)  // str d0, [x1]
        let whole = try execute(0x3d80_0820)  // str q0, [x1, #32]
        #expect(whole.load(32, UInt64.self) == 0xa7a6_a5a4_a3a2_a1a0)
        #expect(whole.load(40, UInt64.self) == 0xafae_adac_abaa_a9a8)
    }

    @Test func `pairs of general registers lie one after the other`() throws {
        let words = try execute(0x2941_0820).simulator  // ldp w0, w2, [x1, #8]
        #expect(words.x[0] == 0x0b0a_0908)
        #expect(words.x[2] == 0x0f0e_0d0c)
        let signed = try execute(0x6950_0820).simulator  // ldpsw x0, x2, [x1, #128]
        #expect(signed.x[0] == 0xffff_ffff_8382_8180)
        #expect(signed.x[2] == 0xffff_ffff_8786_8584)
        #expect(try execute(0x2900_0820, x2: 5).load(0, UInt64.self) == 0x5_ffff_ffff)  // stp w0, w2, [x1]
        let streaming = try execute(0xa841_0820).simulator  // ldnp x0, x2, [x1, #16]
        #expect(streaming.x[0] == 0x1716_1514_1312_1110)
        #expect(streaming.x[2] == 0x1f1e_1d1c_1b1a_1918)
    }

    @Test func `pairs of vector registers lie one after the other`() throws {
        let singles = try execute(0x2d41_0420).simulator  // ldp s0, s1, [x1, #8]
        #expect(singles.v[0] == Vector128(low: 0x0b0a_0908))
        #expect(singles.v[1] == Vector128(low: 0x0f0e_0d0c))
        let doubles = try execute(0x6d40_0420).simulator  // ldp d0, d1, [x1]
        #expect(doubles.v[1] == Vector128(low: 0x0f0e_0d0c_0b0a_0908))
        let whole = try execute(0xad41_0420).simulator  // ldp q0, q1, [x1, #32]
        #expect(whole.v[0] == Vector128(low: 0x2726_2524_2322_2120, high: 0x2f2e_2d2c_2b2a_2928))
        #expect(whole.v[1] == Vector128(low: 0x3736_3534_3332_3130, high: 0x3f3e_3d3c_3b3a_3938))
        let stored = try execute(0xad3f_0420, offset: 32)  // stp q0, q1, [x1, #-32]
        #expect(stored.load(0, UInt64.self) == 0xa7a6_a5a4_a3a2_a1a0)
        #expect(stored.load(24, UInt64.self) == 0xbfbe_bdbc_bbba_b9b8)
        let moved = try execute(0x6c81_0420)  // stp d0, d1, [x1], #16
        #expect(moved.load(8, UInt64.self) == 0xb7b6_b5b4_b3b2_b1b0)
        #expect(moved.simulator.x[1] == moved.dataAddress + 16)
        #expect(try execute(0x2d00_0420).load(0, UInt64.self) == 0xb3b2_b1b0_a3a2_a1a0)  // stp s0, s1, [x1]
    }

    @Test func `a frame is pushed and popped through sp`() throws {
        // stp x29, x30, [sp, #-32]!; str x0, [sp, #-16]!; ldr x2, [sp], #16; ldp x29, x30, [sp], #32
        let machine = try Machine([0xa9be_7bfd, 0xf81f_0fe0, 0xf841_07e2, 0xa8c2_7bfd])
        machine.simulator.x[0] = 77
        machine.simulator.x[29] = 99
        #expect(machine.run() == .returned)
        #expect(machine.simulator.x[2] == 77)
        #expect(machine.simulator.x[29] == 99)
        #expect(machine.simulator.sp == machine.dataAddress + 256)
        #expect(machine.load(224, UInt64.self) == 99)
        #expect(machine.load(232, UInt64.self) == ARM64Simulator.returnAddress)
    }

    @Test func `a literal is loaded relative to the instruction`() throws {
        // ldr x0, .+8; ret; .word 0x89abcdef, 0x80000001 (the rest of the literal)
        let long = try Machine([0x5800_0040, 0xd65f_03c0, 0x89ab_cdef, 0x8000_0001])
        #expect(long.run() == .returned)
        #expect(long.simulator.x[0] == 0x8000_0001_89ab_cdef)
        let signed = try Machine([0x9800_0040, 0xd65f_03c0, 0x89ab_cdef])  // ldrsw x0, .+8
        #expect(signed.run() == .returned)
        #expect(signed.simulator.x[0] == 0xffff_ffff_89ab_cdef)
        let double = try Machine([0x5c00_0040, 0xd65f_03c0, 0x89ab_cdef, 1])  // ldr d0, .+8
        #expect(double.run() == .returned)
        #expect(double.simulator.v[0] == Vector128(low: 0x1_89ab_cdef))
    }

    @Test func `a prefetch does nothing even outside the regions`() throws {
        let machine = try Machine([0xf980_0020])  // prfm pldl1keep, [x1]
        machine.simulator.x[1] = 3
        #expect(machine.run() == .returned)
    }
}
