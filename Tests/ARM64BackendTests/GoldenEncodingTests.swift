import Foundation
import Testing

@testable import ARM64Backend

/// The checked-in encodings: a line is the instruction word in hexadecimal, a tab, and what `llvm-objdump` prints for it.
///
/// `ci/update-golden-encodings` regenerates the file: it lets this suite write the lines (variable GOLDEN_ENCODINGS names the
/// folder), puts the disassembler's text in place of ours, and fails where they differ.
@Suite struct GoldenEncodingTests {
    static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden/arm64.txt")

    @Test func `every form encodes and prints as the disassembler reads it`() throws {
        let lines = try GoldenInstructions.all.map { instruction in
            let digits = String(try instruction.encoded(), radix: 16)
            return String(repeating: "0", count: 8 - digits.count) + digits + "\t" + instruction.text()
        }
        if let folder = ProcessInfo.processInfo.environment["GOLDEN_ENCODINGS"] {
            let file = URL(fileURLWithPath: folder).appendingPathComponent("arm64.txt")
            try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOf: Self.golden, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == expected.count, "run ci/update-golden-encodings")
        for (line, expectation) in zip(lines, expected) where line != expectation {
            Issue.record("encoder: \(line)\ndisassembler: \(expectation)")
        }
    }

    @Test func `every encoding is decoded to what has the same text and the same encoding`() throws {
        for instruction in GoldenInstructions.all {
            let word = try instruction.encoded()
            guard let decoded = ARM64Instruction(decoding: word) else {
                Issue.record("not decoded: \(instruction.text())")
                continue
            }
            #expect(decoded.text() == instruction.text())
            #expect(try decoded.encoded() == word)
        }
    }

    @Test func `the position of a form is its place in the table`() {
        for (position, form) in ARM64Form.allCases.enumerated() {
            #expect(form.position == position, "\(form)")
        }
    }

    @Test func `the golden encodings cover every form`() {
        let covered = Set(GoldenInstructions.all.map(\.form))
        #expect(ARM64Form.allCases.filter { !covered.contains($0) } == [])
    }
}

/// The instructions whose encodings are checked in: every form with each of its fields at every corner.
enum GoldenInstructions {
    static let all: [ARM64Instruction] = ARM64Form.allCases.flatMap(samples)

    static let registers: [UInt8] = [0, 1, 15, 16, 29, 30, 31]

    static func samples(of form: ARM64Form) -> [ARM64Instruction] {
        let row = ARM64FormTable.shared.rows[form.position]
        let fields = ARM64FormTable.shared.fields[row.fields]
        let names = Set(fields.map(\.field))
        var result: [ARM64Instruction] = []
        for is64 in names.contains(.sf) ? [false, true] : [true] {
            for isDouble in names.contains(.ftype) ? [false, true] : [false] {
                result += samples(of: form, fields: Array(fields), is64: is64, isDouble: isDouble)
            }
        }
        return result
    }

    private static func samples(
        of form: ARM64Form,
        fields: [ARM64PlacedField],
        is64: Bool,
        isDouble: Bool
    ) -> [ARM64Instruction] {
        let modifiers = fields.flatMap { corners(modifierOf: $0, form: form) }
        let amounts = fields.flatMap { corners(amountOf: $0, is64: is64) }
        let immediates = fields.flatMap { corners(immediateOf: $0, form: form, is64: is64) }
        let names = Set(fields.map(\.field))
        let hasRegisters = !names.isDisjoint(with: [.Rd, .Rt, .Rn, .Rm, .Ra, .Rt2])
        let longest = max(modifiers.count, amounts.count, immediates.count, hasRegisters ? registers.count : 1)
        // Every value of every operand at least twice, and others beside it in the second turn.
        let turns = hasRegisters || !modifiers.isEmpty ? 2 : 1
        var result: [ARM64Instruction] = []
        for position in 0..<longest * turns {
            let turn = position / longest
            let pick = { (step: Int, offset: Int, count: Int) in (position * step + offset * turn + turn) % count }
            var instruction = ARM64Instruction(form, is64: is64, isDouble: isDouble)
            instruction.d = registers[pick(1, 3, registers.count)]
            instruction.n = registers[pick(3, 1, registers.count)]
            instruction.m = registers[pick(2, 5, registers.count)]
            instruction.a = registers[pick(5, 2, registers.count)]
            // Two registers of a pair, or a register and the base that is updated with it, must differ.
            if form.rawValue.hasPrefix("ldp") || form.rawValue.contains("!") || form.rawValue.contains("],") {
                if instruction.a == instruction.d { instruction.a = (instruction.a + 7) & 31 }
                while instruction.n == instruction.d || instruction.n == instruction.a {
                    instruction.n = (instruction.n + 3) & 31
                }
            }
            if !modifiers.isEmpty { instruction.modifier = modifiers[pick(1, 1, modifiers.count)] }
            if !amounts.isEmpty { instruction.amount = amounts[pick(1, 2, amounts.count)] }
            if !immediates.isEmpty { instruction.immediate = immediates[pick(1, 0, immediates.count)] }
            for field in fields { setLaneCorner(of: &instruction, field.field, position / max(1, modifiers.count)) }
            result.append(instruction)
        }
        return result + aliases(of: form, is64: is64)
    }

    /// Sets the numbers that depend on the size of the lanes.
    private static func setLaneCorner(of instruction: inout ARM64Instruction, _ field: ARM64Field, _ turn: Int) {
        let lanes = Int64(16 >> (instruction.modifier >> 1))
        let bits = Int64(8 << (instruction.modifier >> 1))
        switch field {
        case .lane:
            let isNamed = instruction.form.template.contains("<lane>")
            instruction.immediate = isNamed ? [lanes - 1, 0, 1, lanes / 2][turn % 4] : 0
        case .lane2: instruction.amount = UInt8([0, lanes - 1, lanes / 2][turn % 3])
        case .shiftLeft: instruction.immediate = [0, bits - 1, 1, bits / 2][turn % 4]
        case .shiftRight: instruction.immediate = [1, bits, bits - 1, bits / 2][turn % 4]
        default: break
        }
    }

    /// The instructions with another name that equal registers or values make.
    private static func aliases(of form: ARM64Form, is64: Bool) -> [ARM64Instruction] {
        let instruction = ARM64Instruction(form, is64: is64, d: 3, n: 4, m: 5, a: 6, amount: 0, immediate: 0)
        func with(_ change: (inout ARM64Instruction) -> Void) -> ARM64Instruction {
            var changed = instruction
            change(&changed)
            return changed
        }
        switch form {
        case .addsShifted, .subsShifted, .subShifted, .andsShifted, .orrShifted, .ornShifted, .addsExtended,
            .subsExtended,
            .addsImmediate, .subsImmediate, .addImmediate, .sbc, .sbcs:
            return [with { $0.d = 31 }, with { $0.n = 31 }]
        case .andsImmediate: return [with { ($0.d, $0.immediate) = (31, 1) }]
        case .madd, .msub, .smaddl, .umaddl: return [with { $0.a = 31 }]
        case .csinc, .csinv, .csneg:
            return [
                with { ($0.n, $0.m) = (31, 31) }, with { $0.n = 5 }, with { ($0.n, $0.modifier) = (5, 14) },
                with { ($0.n, $0.m, $0.modifier) = (31, 31, 15) },
            ]
        case .extr: return [with { ($0.n, $0.amount) = (5, 31) }]
        case .orr16B: return [with { $0.n = 5 }]
        case .sbfm, .ubfm, .bfm:
            let width: UInt8 = is64 ? 64 : 32
            var result: [ARM64Instruction] = []
            for last: UInt8 in [0, 7, 8, 15, 30, 31, width - 2, width - 1] {
                for first: UInt8 in [0, 1, last, last &+ 1, width - 1] where first < width {
                    result.append(with { ($0.immediate, $0.amount) = (Int64(first), last) })
                }
            }
            return result
        case .orrImmediate:
            return [0x1, 0xFFFF_0000, 0x3FFF_C000, 0x5555_5555, 0xFFFF_FFFE].map { (value: Int64) in
                with { ($0.n, $0.immediate) = (31, is64 && value == 0x5555_5555 ? 0x5555_5555_5555_5555 : value) }
            }
        case .movn, .movz:
            return (is64 ? [0, 16, 32, 48] : [0, 16]).flatMap { (amount: UInt8) in
                [0, 1, 0xFFFF].map { value in with { ($0.amount, $0.immediate) = (amount, value) } }
            }
        default: return []
        }
    }

    private static func corners(modifierOf placed: ARM64PlacedField, form: ARM64Form) -> [UInt8] {
        switch placed.field {
        case .size, .sz, .lane, .shiftLeft, .shiftRight: (0..<8).filter(placed.allows)
        // Only logical instructions rotate.
        case .shift: form.pattern.contains("01011") ? [0, 1, 2] : [0, 1, 2, 3]
        // An index has 32 or 64 bits.
        case .option: form.template.contains("<index>") ? [2, 3, 6, 7] : Array(0...7)
        case .cond: Array(0...15)
        default: []
        }
    }

    private static func corners(amountOf placed: ARM64PlacedField, is64: Bool) -> [UInt8] {
        switch placed.field {
        case .imm6, .imms: is64 ? [0, 1, 31, 32, 63] : [0, 1, 5, 30, 31]
        case .imm3: [0, 1, 2, 3, 4]
        case .hw: is64 ? [0, 16, 32, 48] : [0, 16]
        case .sh: [0, 12]
        case .S: placed.unit == 0 ? [0] : [0, placed.unit]
        case .b5: [0, 1, 31, 32, 63]
        case .nzcv: [0, 1, 4, 8, 15]
        case .x: [0, 8]
        case .xx: [0, 8, 16, 24]
        default: []
        }
    }

    private static func corners(immediateOf placed: ARM64PlacedField, form: ARM64Form, is64: Bool) -> [Int64] {
        let unit = Int64(placed.unit)
        func signed(_ bits: Int64, _ unit: Int64) -> [Int64] {
            [0, 1, -1, (1 << (bits - 1)) - 1, -(1 << (bits - 1)), 5].map { $0 * unit }
        }
        switch placed.field {
        case .imm4: return [0, 1, 8, 15]
        case .imm5: return [0, 1, 16, 31]
        // Only hints that have no name of their own, and the one without an effect.
        case .imm7: return [0, 64, 127]
        case .imm8: return Array(0...255)
        case .abc: return [0, 1, 2, 4, 8, 16, 32, 64, 128, 255, 0x55]
        case .imm12: return [0, 1, 2, 255, 256, 2048, 4095].map { $0 * unit }
        case .imm16: return [0, 1, 0x1234, 0x8000, 0xFFFF]
        case .immr: return is64 ? [0, 1, 31, 32, 63] : [0, 1, 5, 30, 31]
        case .simm7: return signed(7, unit)
        case .imm9: return signed(9, 1)
        case .imm14: return signed(14, 4)
        case .imm19: return signed(19, 4)
        case .imm26: return signed(26, 4)
        case .immlo: return signed(21, 1)
        case .pagelo: return signed(21, 4096)
        case .bitmask:
            return is64
                ? [
                    0x1, 0xFF, 0xFFFF_FFFF, 0x5555_5555_5555_5555, -0x5555_5555_5555_5556, 0x00FF_00FF_00FF_00FF,
                    -2, .max, .min, 0x7FFF_FFFF_FFFF_FFFE, 0x3333_3333_3333_3333, -0x7FFF_FFFF_FFFF_FFFF,
                    0x0F0F_0F0F_0F0F_0F0F, -0x3FFF_FFFE_3FFF_FFFF,
                ]
                : [
                    0x1, 0xFF, 0x8000_0000, 0x7FFF_FFFF, 0xFFFF_FFFE, 0x5555_5555, 0xAAAA_AAAA, 0x00FF_00FF,
                    0x8000_0001,
                    0x3333_3333, 0xFFFF_0000, 0xE1E1_E1E1,
                ]
        default: return []
        }
    }
}
