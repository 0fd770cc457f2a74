import Invariants

/// A field of a bit pattern: how it is named in the rows, where its value comes from, and what fits it.
enum ARM64Field: String, CaseIterable, Sendable {
    // Registers.
    case Rd, Rt, Rn, Rm, Ra, Rt2
    /// Copies of ``ARM64Instruction/is64``.
    case sf, N
    /// 00 or 01 by ``ARM64Instruction/isDouble``.
    case ftype
    // From `modifier`.
    case shift, option, cond
    // From `modifier`, an ``ARM64Arrangement``: whether it fills a register, and the size of its lanes, of floats the lower bit.
    case Q, size, sz
    // From `amount`: imm6 and imm3 as they are, `hw` in units of 16, `sh` of 12; S is 1 where the amount is not zero but the row's.
    case imm6, imm3, hw, sh, S, b5, b40, imms, nzcv
    // From `amount`: the shift of a vector immediate in units of 8.
    case x, xx
    /// The lane in `immediate` and the size of the lanes together (the manual's imm5), and the lane in `amount` (imm4).
    case lane, lane2
    /// The shift in `immediate` and the size of the lanes together.
    case shiftLeft = "immh:immb", shiftRight = "-immh:immb"
    // From `immediate`: without a sign.
    case imm4, imm5, imm7, imm8, imm12, imm16, immr, abc, defgh
    // From `immediate`: with a sign; imm14, imm19 and imm26 in units of four bytes.
    case simm7, imm9, imm14, imm19, imm26
    /// The halves of a distance in bytes, and in pages of 4096 bytes.
    case immlo, immhi, pagelo, pagehi
    /// The encoding of a bit pattern: see ``ARM64BitmaskImmediate``.
    case bitmask = "N:immr:imms"

    /// In bits.
    var width: UInt8 {
        switch self {
        case .Rd, .Rt, .Rn, .Rm, .Ra, .Rt2, .imm5, .b40, .defgh, .lane: 5
        case .sf, .N, .sh, .S, .b5, .Q, .sz, .x: 1
        case .ftype, .shift, .hw, .immlo, .pagelo, .size, .xx: 2
        case .option, .imm3, .abc: 3
        case .cond, .nzcv, .imm4, .lane2: 4
        case .imm6, .imms, .immr: 6
        case .imm7, .simm7, .shiftLeft, .shiftRight: 7
        case .imm8: 8
        case .imm9: 9
        case .imm12: 12
        case .bitmask: 13
        case .imm14: 14
        case .imm16: 16
        case .imm19, .immhi, .pagehi: 19
        case .imm26: 26
        }
    }
}

/// A field at its place.
struct ARM64PlacedField: Sendable {
    var field: ARM64Field
    /// Of the lowest bit of the field.
    var position: UInt8
    /// The number after `*`: bytes of a unit, or for S the amount that stands for 1; by default 1, for S 0. Where letters follow, a bit
    /// for each ``ARM64Arrangement``.
    var unit: UInt8

    /// Whether the row has an arrangement.
    func allows(arrangement: UInt8) -> Bool { arrangement < 8 && unit >> arrangement & 1 == 1 }

    /// Whether the row has arrangements in half a register, and thus a field Q.
    var hasHalves: Bool { unit & 0b0101_0101 != 0 }
}

/// What the encoder needs of a row of ``ARM64Form``, read once.
struct ARM64FormRow: Sendable {
    /// The digits of the pattern, zero at the fields.
    var digits: UInt32
    /// One where the pattern has digits.
    var digitMask: UInt32
    /// In ``ARM64FormTable/fields``.
    var fields: Range<Int>
}

/// The rows of ``ARM64Form`` in the order of its cases.
struct ARM64FormTable: Sendable {
    var rows: [ARM64FormRow] = []
    var fields: [ARM64PlacedField] = []

    static let shared = ARM64FormTable()
    /// The cases of ``ARM64Form`` by their position.
    static let forms = ARM64Form.allCases

    private init() {
        for form in ARM64Form.allCases { append(form.pattern) }
    }

    private mutating func append(_ pattern: Substring) {
        let first = fields.count
        var digits: UInt32 = 0
        var digitMask: UInt32 = 0
        var position = 32
        for token in pattern.split(separator: " ") {
            if token.first == "0" || token.first == "1" {
                guard let value = UInt32(token, radix: 2) else { invariantFailed("digits in a pattern: \(pattern)") }
                position -= token.count
                invariant(position >= 0, "a pattern has 32 bits: \(pattern)")
                digits |= value << UInt32(position)
                digitMask |= (UInt32(1) << UInt32(token.count) - 1) << UInt32(position)
            } else {
                let parts = token.split(separator: "*")
                guard let field = ARM64Field(rawValue: String(parts[0])) else {
                    invariantFailed("field in a pattern: \(token)")
                }
                position -= Int(field.width)
                invariant(position >= 0, "a pattern has 32 bits: \(pattern)")
                var unit: UInt8 = field == .S ? 0 : 1
                if parts.count > 1 {
                    guard let number = UInt8(parts[1]) ?? arrangements(parts[1]) else {
                        invariantFailed("unit in a pattern: \(token)")
                    }
                    unit = number
                }
                fields.append(ARM64PlacedField(field: field, position: UInt8(position), unit: unit))
            }
        }
        invariant(position == 0, "a pattern has 32 bits: \(pattern)")
        rows.append(ARM64FormRow(digits: digits, digitMask: digitMask, fields: first..<fields.count))
    }
}

/// The set of arrangements that letters stand for; nil where others are among them.
private func arrangements(_ letters: Substring) -> UInt8? {
    var set: UInt8 = 0
    for letter in letters {
        guard let position = Array("bBhHsSdD").firstIndex(of: letter) else { return nil }
        set |= 1 << UInt8(position)
    }
    return set
}

extension ARM64Form {
    /// The position of the case in declaration order, which is the position of its row.
    ///
    /// An enumeration without payloads is laid out as the number of its case, in one byte up to 256 cases and in two above (Swift
    /// ABI, "Type Layout: Fragile Enum Layout"); a test compares it with `allCases`.
    @inline(__always)
    var position: Int {
        MemoryLayout<ARM64Form>.size == 1
            ? Int(unsafeBitCast(self, to: UInt8.self)) : Int(unsafeBitCast(self, to: UInt16.self))
    }

    private var halves: [Substring] {
        let halves = rawValue.split(separator: "|", omittingEmptySubsequences: false)
        // The text may have `|SP` in it: the pattern is what follows the last bar.
        return [Substring(halves.dropLast().joined(separator: "|")), halves[halves.count - 1]]
    }

    /// The assembly text as the row writes it.
    var template: String { halves[0].trimmed }
    /// The bit pattern as the row writes it.
    var pattern: Substring { halves[1] }
}

extension Substring {
    fileprivate var trimmed: String {
        var rest = self
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
