import WasmModel

/// Collects lines of text with indentation, and breaks long lists.
struct TextWriter {
    private(set) var text = ""
    /// The number of enclosing levels; each is two spaces.
    var indentation = 0
    private var column = 0

    private static let widest = 110
    /// Deeper levels are indented no further, so that the text stays linear in the number of lines.
    private static let deepestIndentation = 40

    private static let margins = (0...deepestIndentation).map { String(repeating: " ", count: 2 * $0) }

    /// Where a line begins.
    private var margin: Int { 2 * level }

    /// The level that the text shows.
    private var level: Int { min(max(indentation, 0), Self.deepestIndentation) }

    /// Begins a line.
    mutating func line(_ content: String) {
        if !text.isEmpty { text.append("\n") }
        column = margin
        text.append(Self.margins[level])
        append(content)
    }

    /// Adds to the line without a space, whatever its length.
    mutating func append(_ content: String) {
        text.append(content)
        column += content.utf8.count
    }

    /// Adds an item after a space, or on a line of its own, one level deeper, where it would not fit.
    mutating func item(_ content: String) {
        if column == margin {
            append(content)
        } else if column + 1 + content.utf8.count > Self.widest, column > margin + 4 {
            indentation += 2
            line(content)
            indentation -= 2
        } else {
            append(" ")
            append(content)
        }
    }

    /// Adds lines as they are.
    mutating func block(_ content: String) {
        for part in content.split(separator: "\n", omittingEmptySubsequences: false) { line(String(part)) }
    }
}

/// The text of numbers, such that the parser gives the same bits.
enum NumberText {
    /// A hexadecimal float, `inf` or a NaN with its payload.
    static func float(_ bits: UInt64, format: FloatFormat) -> String {
        let sign = bits & format.signBit == 0 ? "" : "-"
        let fractionMask: UInt64 = (1 << format.fractionBits) - 1
        let fraction = bits & fractionMask
        let exponent = Int((bits & ~format.signBit) >> format.fractionBits)
        if exponent == 2 * format.maximumExponent + 1 {
            if fraction == 0 { return sign + "inf" }
            if bits & ~format.signBit == format.canonicalNaN { return sign + "nan" }
            return sign + "nan:0x" + String(fraction, radix: 16)
        }
        if exponent == 0, fraction == 0 { return sign + "0x0p+0" }
        let digitCount = (format.fractionBits + 3) / 4
        var digits = String(fraction << (digitCount * 4 - format.fractionBits), radix: 16)
        digits = String(repeating: "0", count: Int(digitCount) - digits.count) + digits
        while digits.last == "0" { digits.removeLast() }
        let power = max(exponent, 1) - format.maximumExponent
        let lead = exponent == 0 ? "0x0" : "0x1"
        return sign + lead + (digits.isEmpty ? "" : "." + digits) + "p" + (power < 0 ? "" : "+") + String(power)
    }

    /// A float, and its decimal value as a comment where that is shorter to read.
    static func commentedFloat(_ bits: UInt64, format: FloatFormat) -> String {
        let text = float(bits, format: format)
        return text.contains("p") ? "\(text) (;=\(decimalFloat(bits, format: format));)" : text
    }

    /// The shortest decimal number that is read as these bits, `inf` or a NaN with its payload.
    static func decimalFloat(_ bits: UInt64, format: FloatFormat) -> String {
        let text =
            switch format {
            case .single: Float(bitPattern: UInt32(truncatingIfNeeded: bits)).description
            case .double: Double(bitPattern: bits).description
            }
        return bits & format.infinity == format.infinity ? float(bits, format: format) : text
    }

    /// The shape and the lanes of a vector, as four numbers of 32 bits.
    static func vector(_ vector: V128) -> String {
        var text = "i32x4"
        for lane in 0..<4 {
            let digits = String(vector.lane(lane, width: 32), radix: 16)
            text += " 0x" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return text
    }
}
