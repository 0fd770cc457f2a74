import Testing

@testable import ARM64Backend

@Suite struct ImmediateTests {
    @Test func `every bit pattern that the manual decodes is encoded to bits of the same value`() {
        var count = 0
        for bits: UInt32 in 0..<(1 << 13) {
            guard let value = ARM64BitmaskImmediate.decode(bits, is64: true) else { continue }
            count += 1
            guard let encoded = ARM64BitmaskImmediate.encode(value, is64: true) else {
                Issue.record("no encoding of \(String(value, radix: 16))")
                continue
            }
            #expect(ARM64BitmaskImmediate.decode(encoded, is64: true) == value)
        }
        // For every element size of 2 to 64 bits, 64 rotations of one to size - 1 ones; those beyond the element repeat others.
        #expect(count == 64 * (1 + 3 + 7 + 15 + 31 + 63))
    }

    @Test(arguments: [0, UInt64.max, 5, 0x1234, 0xFF00_00FF_0000_0001, 0x0102_0304_0506_0708])
    func `values that are no rotated run have no encoding`(value: UInt64) {
        #expect(ARM64BitmaskImmediate.encode(value, is64: true) == nil)
    }

    @Test func `a 32-bit pattern has no bits above 31, and never field N`() {
        #expect(ARM64BitmaskImmediate.encode(0x1_0000_0000, is64: false) == nil)
        #expect(ARM64BitmaskImmediate.encode(0xFFFF_FFFF, is64: false) == nil)
        #expect(ARM64BitmaskImmediate.encode(0x8000_0001, is64: false) == 0b0_000001_000001)
    }

    @Test func `the 256 float immediates go to their bits and back, and others do not`() {
        for bits: UInt8 in 0...255 {
            #expect(ARM64FloatImmediate.encode(ARM64FloatImmediate.expand(bits)) == bits)
        }
        for value in [0, -0.0, 0.1, 32, 0.0625, .infinity, .nan, 1.03125] {
            #expect(ARM64FloatImmediate.encode(value) == nil)
        }
    }

    @Test func `numbers one beyond their field are refused with the field's name`() {
        func refusal(_ instruction: ARM64Instruction) -> String? {
            do {
                _ = try instruction.encoded()
                return nil
            } catch {
                return "\(error.field) \(error.value)"
            }
        }
        #expect(refusal(ARM64Instruction(.addImmediate, immediate: 4096)) == "imm12 4096")
        #expect(refusal(ARM64Instruction(.ldrX, immediate: 32768)) == "imm12 32768")
        #expect(refusal(ARM64Instruction(.ldrX, immediate: 4)) == "imm12 4")
        #expect(refusal(ARM64Instruction(.ldurX, immediate: -257)) == "imm9 -257")
        #expect(refusal(ARM64Instruction(.stpX, immediate: 512)) == "simm7 512")
        #expect(refusal(ARM64Instruction(.b, immediate: 1 << 27)) == "imm26 134217728")
        #expect(refusal(ARM64Instruction(.bCond, immediate: 1 << 20)) == "imm19 1048576")
        #expect(refusal(ARM64Instruction(.tbz, immediate: 32768)) == "imm14 32768")
        #expect(refusal(ARM64Instruction(.addShifted, is64: false, amount: 32)) == "imm6 32")
        #expect(refusal(ARM64Instruction(.movz, is64: false, amount: 32)) == "hw 32")
        #expect(refusal(ARM64Instruction(.addShifted, d: 32)) == "Rd 32")
        #expect(refusal(ARM64Instruction(.andImmediate, immediate: 5)) == "N:immr:imms 5")
    }
}
