import Foundation
import Testing

@testable import X64Backend

/// The checked-in encodings: a line is the bytes in hexadecimal, a tab, and what `llvm-objdump` prints for them.
///
/// `ci/update-golden-encodings` regenerates the file: it lets this suite write the lines (variable GOLDEN_ENCODINGS names the
/// folder), puts the disassembler's text in place of ours, and fails where they differ.
@Suite struct GoldenEncodingTests {
    static let golden = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("Golden/x86_64.txt")

    @Test func `every form encodes and prints as the disassembler reads it`() throws {
        let lines = GoldenInstructions.all.map { instruction in
            var bytes: [UInt8] = []
            instruction.encode(into: &bytes)
            return hexadecimal(bytes) + "\t" + instruction.text()
        }
        if let folder = ProcessInfo.processInfo.environment["GOLDEN_ENCODINGS"] {
            let file = URL(fileURLWithPath: folder).appendingPathComponent("x86_64.txt")
            try (lines.joined(separator: "\n") + "\n").write(to: file, atomically: true, encoding: .utf8)
            return
        }
        let expected = try String(contentsOf: Self.golden, encoding: .utf8).split(separator: "\n").map(String.init)
        #expect(lines.count == expected.count, "run ci/update-golden-encodings")
        for (line, expectation) in zip(lines, expected) where line != expectation {
            Issue.record("encoder: \(line)\ndisassembler: \(expectation)")
        }
    }

    @Test func `every golden encoding is read back as its text`() {
        for instruction in GoldenInstructions.all {
            var bytes: [UInt8] = []
            instruction.encode(into: &bytes)
            // What follows does not matter.
            guard let decoded = X64Instruction.decode((bytes + [0xFF, 0x25])[...]) else {
                Issue.record("not read back: \(hexadecimal(bytes)) \(instruction.text())")
                continue
            }
            #expect(decoded.size == bytes.count, "\(instruction.text())")
            #expect(decoded.instruction.text() == instruction.text(), "\(hexadecimal(bytes))")
        }
    }

    @Test func `bytes of no form are not read, at any length`() {
        #expect(X64Instruction.decode([]) == nil)
        #expect(X64Instruction.decode([0x66]) == nil)
        #expect(X64Instruction.decode([0x06, 0, 0, 0, 0]) == nil)
        for instruction in GoldenInstructions.all {
            var bytes: [UInt8] = []
            instruction.encode(into: &bytes)
            #expect(X64Instruction.decode(bytes.dropLast()) == nil, "\(instruction.text())")
        }
    }

    @Test func `the position of a form is its place in the table`() {
        for (position, form) in X64Form.allCases.enumerated() {
            #expect(form.position == position, "\(form)")
        }
    }

    @Test func `the golden encodings cover every form`() {
        let covered = Set(GoldenInstructions.all.map(\.form))
        #expect(X64Form.allCases.filter { !covered.contains($0) } == [])
    }
}

/// Bytes as lower-case hexadecimal digits.
func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}

/// The instructions whose encodings are checked in: every form with its operands at every corner of ModRM, SIB and REX.
enum GoldenInstructions {
    static let all: [X64Instruction] = X64Form.allCases.flatMap(samples) + addresses

    /// Register numbers with an encoding of their own: the plain ones, those that as a base need SIB (4, 12) or a displacement
    /// (5, 13), byte registers that need REX (4 to 7), and the extended ones.
    static let registers: [UInt8] = [0, 1, 4, 5, 6, 7, 8, 11, 12, 13, 15]

    /// One address of every shape.
    static let memories: [X64Memory] = [
        X64Memory(base: 0),
        X64Memory(base: 4, displacement: 8),
        X64Memory(base: 5),
        X64Memory(base: 12),
        X64Memory(base: 13, displacement: -128),
        X64Memory(base: 15, displacement: 128),
        X64Memory(base: 3, index: 9, scaleShift: 2, displacement: 64),
        X64Memory(base: 13, index: 5, scaleShift: 3),
        X64Memory(base: X64Memory.noRegister, index: 14, scaleShift: 3, displacement: -4096),
        X64Memory.relative(4660),
    ]

    static func samples(of form: X64Form) -> [X64Instruction] {
        let operands = form.operands
        var samples: [X64Instruction] = []
        let hasRM = operands.contains { [.rm, .rmMemoryOnly, .rmRegisterOnly].contains($0.role) }
        let hasRegister = operands.contains { $0.role == .register }
        let immediates =
            operands.first { [.immediate, .unsignedImmediate, .predicate, .relative].contains($0.role) }.map(values)
            ?? [0]
        let conditions: [X64Condition] = form.mnemonic.contains("{cc}") ? X64Condition.allCases : [.overflow]
        var rms: [X64RegisterOrMemory] = []
        if operands.contains(where: { $0.role == .rm || $0.role == .rmRegisterOnly }) {
            rms += registers.map { .register($0) }
        }
        if operands.contains(where: \.allowsMemory) { rms += memories.map { .memory($0) } }
        if !hasRM { rms = hasRegister ? registers.map { .register($0) } : [.register(0)] }
        // Every value of every operand at least once, and the others in turn beside it.
        let count = max(rms.count, immediates.count, conditions.count, hasRegister ? registers.count : 1)
        for position in 0..<count {
            // Another step than the one of `rms`, so that equal and different pairs occur.
            let register = hasRegister ? registers[(position &* 3 &+ position / registers.count) % registers.count] : 0
            samples.append(
                X64Instruction(
                    form,
                    register: register,
                    rm: rms[position % rms.count],
                    immediate: immediates[position % immediates.count],
                    condition: conditions[position % conditions.count]
                )
            )
        }
        return samples
    }

    /// Every base with every index, at the displacements where the encoding changes.
    static let addresses: [X64Instruction] = {
        var result: [X64Instruction] = []
        let displacements: [Int32] = [0, 1, 127, 128, -128, -129, .max, .min]
        var turn = 0
        for base in UInt8(0)...15 {
            for displacement in displacements {
                let memory = X64Memory(base: base, displacement: displacement)
                result.append(X64Instruction(.mov64RM, register: 15 - base, rm: .memory(memory)))
            }
            for index in (UInt8(0)...15) where index != 4 {
                let displacement = displacements[turn % displacements.count]
                let scale = UInt8(turn % 4)
                turn += 1
                let memory = X64Memory(base: base, index: index, scaleShift: scale, displacement: displacement)
                result.append(X64Instruction(.lea64RM, register: index ^ 8, rm: .memory(memory)))
            }
        }
        return result
    }()

    static func values(of operand: X64OperandKind) -> [Int64] {
        if operand.role == .predicate { return Array(0...7) }
        if operand.role == .unsignedImmediate { return [1, 5, 31, 63, 255] }
        return switch operand.widthInBits {
        case 8: [1, 5, -1, 127, -128]
        case 16: [1, 8, 256, 32767]
        case 32: [1, 128, -1, 65536, 2_147_483_647, -2_147_483_648]
        default: [1, -1, 0x1234_5678_9ABC_DEF0, .max, .min]
        }
    }
}
