/// Instructions one at a time: word, assembly text, registers before, and every register that differs afterwards.
///
/// A line reads `WORD | ASSEMBLY | BEFORE | AFTER`, all numbers hexadecimal, `H_L` being the halves of a vector register.
/// Registers that BEFORE does not name hold what ``InstructionRow/startValue(ofGeneral:)`` and its sibling say, so that
/// stale upper halves show. The words come from clang's assembler, the values after from a Cortex-A53 as QEMU models it,
/// those with random operands from a Cortex-A76.
enum InstructionTable {
    static let groups: [(name: String, rows: String)] = [
        ("data processing, immediate", dataProcessingImmediate),
        ("addition and subtraction", addition),
        ("logical", logical),
        ("multiplication, division, variable shifts, bits", multiplyDivideShift),
        ("conditional select and compare", conditional),
        ("float arithmetic", floatArithmetic),
        ("float fused multiply-add", floatFusedMultiplyAdd),
        ("float with one operand", floatOneOperand),
        ("float compare, select and move", floatCompareAndMove),
        ("float conversion", floatConversion),
        ("vector", vector),
        ("vector copies and permutations", permutations),
        ("conversions between float, fixed point and integer", conversions),
        ("vector, three of different arrangements", threeDifferent),
        ("vector, three of one arrangement", threeSame),
        ("vector, one operand", oneOperand),
        ("vector by element and by immediate", elementsAndShifts),
        ("vector, scalar forms", scalars),
    ]
}

/// One line of the table.
struct InstructionRow {
    var word: UInt32
    var assembly: String
    var before: [(register: String, low: UInt64, high: UInt64)]
    var after: [(register: String, low: UInt64, high: UInt64)]

    static func startValue(ofGeneral number: Int) -> UInt64 { 0x5eed_0000_0000_0000 | UInt64(number) }
    static func startLow(ofVector number: Int) -> UInt64 { UInt64(number) }
    static let startHighOfVectors: UInt64 = 0x5eed_0000_0000_0000
    static let startStackPointer: UInt64 = 0x1002_0000

    init?(_ line: Substring) {
        let fields = line.split(separator: "|", omittingEmptySubsequences: false)
        guard fields.count == 4, let word = UInt32(fields[0].filter { $0 != " " }, radix: 16),
            let before = Self.values(fields[2]), let after = Self.values(fields[3])
        else { return nil }
        self.word = word
        assembly = String(fields[1].drop { $0 == " " })
        self.before = before
        self.after = after
    }

    private static func values(_ field: Substring) -> [(register: String, low: UInt64, high: UInt64)]? {
        var result: [(register: String, low: UInt64, high: UInt64)] = []
        for item in field.split(separator: " ") {
            let sides = item.split(separator: "=")
            guard sides.count == 2 else { return nil }
            let halves = sides[1].split(separator: "_").map { UInt64($0, radix: 16) }
            switch (halves.first, halves.count) {
            case (.some(.some(let low)), 1):
                result.append((String(sides[0]), low, 0))
            case (.some(.some(let high)), 2):
                guard let low = halves[1] else { return nil }
                result.append((String(sides[0]), low, high))
            default:
                return nil
            }
        }
        return result
    }
}
