/// Reads number literals.
///
/// Spec: core 3.0, sections 6.3.1 "Integers" and 6.3.2 "Floating-Point".
enum NumberSyntax {
    /// An integer literal.
    struct Integer {
        var hasSign = false
        var isNegative = false
        var magnitude: UInt64 = 0
        /// Whether the magnitude needs more than 64 bits.
        var overflows = false
    }

    /// The value of a hexadecimal digit.
    static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }

    private static func digit(_ byte: UInt8, radix: UInt64) -> UInt64? {
        guard let value = hexadecimalDigit(byte), UInt64(value) < radix else { return nil }
        return UInt64(value)
    }

    /// Reads an integer; nil where the text is none.
    static func integer(_ text: ArraySlice<UInt8>) -> Integer? {
        var number = Integer()
        var index = text.startIndex
        if let sign = text.first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") {
            number.hasSign = true
            number.isNegative = sign == UInt8(ascii: "-")
            index += 1
        }
        var radix: UInt64 = 10
        if index + 1 < text.endIndex, text[index] == UInt8(ascii: "0"), text[index + 1] == UInt8(ascii: "x") {
            radix = 16
            index += 2
        }
        var wasDigit = false
        while index < text.endIndex {
            if let digit = digit(text[index], radix: radix) {
                let (product, overflow) = number.magnitude.multipliedReportingOverflow(by: radix)
                let (sum, carry) = product.addingReportingOverflow(digit)
                number.magnitude = sum
                number.overflows = number.overflows || overflow || carry
                wasDigit = true
            } else if text[index] == UInt8(ascii: "_"), wasDigit {
                wasDigit = false
            } else {
                return nil
            }
            index += 1
        }
        return wasDigit ? number : nil
    }

    /// The bits of an integer of a width, read as signed or unsigned; nil where it is out of range.
    static func bits(of number: Integer, width: Int) -> UInt64? {
        if number.overflows { return nil }
        let mask: UInt64 = width == 64 ? .max : (1 << UInt64(width)) - 1
        if number.isNegative {
            guard number.magnitude <= 1 << UInt64(width - 1) else { return nil }
            return (0 &- number.magnitude) & mask
        }
        return number.magnitude <= mask ? number.magnitude : nil
    }

    // MARK: Floating point

    /// What a text that has the form of a float stands for.
    enum Float {
        case bits(UInt64)
        case outOfRange
        case notANumber
    }

    /// Whether a text has the form of a number of any kind, `nan:canonical` and `nan:arithmetic` included.
    static func isNumber(_ text: ArraySlice<UInt8>) -> Bool {
        if integer(text) != nil { return true }
        switch float(text, format: .double) {
        case .bits, .outOfRange: return true
        case .notANumber: break
        }
        return text.elementsEqual("nan:canonical".utf8) || text.elementsEqual("nan:arithmetic".utf8)
    }

    /// Reads a float and rounds it to the nearest, ties to even.
    static func float(_ text: ArraySlice<UInt8>, format: FloatFormat) -> Float {
        var rest = text
        var sign: UInt64 = 0
        if let first = rest.first, first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
            if first == UInt8(ascii: "-") { sign = format.signBit }
            rest = rest.dropFirst()
        }
        if rest.elementsEqual("inf".utf8) { return .bits(sign | format.infinity) }
        if rest.elementsEqual("nan".utf8) { return .bits(sign | format.canonicalNaN) }
        if rest.starts(with: "nan:0x".utf8) {
            guard let payload = integer(rest.dropFirst(4)) else { return .notANumber }
            guard !payload.overflows, payload.magnitude > 0, payload.magnitude >> format.fractionBits == 0 else {
                return .outOfRange
            }
            return .bits(sign | format.infinity | payload.magnitude)
        }
        if rest.starts(with: "0x".utf8) {
            guard let number = HexadecimalFloat(rest.dropFirst(2)) else { return .notANumber }
            guard let bits = number.bits(format: format) else { return .outOfRange }
            return .bits(sign | bits)
        }
        guard let plain = decimal(rest) else { return .notANumber }
        switch format {
        case .single:
            guard let value = Swift.Float(plain), value.isFinite else { return .outOfRange }
            return .bits(sign | UInt64(value.bitPattern))
        case .double:
            guard let value = Double(plain), value.isFinite else { return .outOfRange }
            return .bits(sign | value.bitPattern)
        }
    }

    /// A decimal float without its underscores; nil where the text is none.
    private static func decimal(_ text: ArraySlice<UInt8>) -> String? {
        var plain: [UInt8] = []
        plain.reserveCapacity(text.count)
        var index = text.startIndex
        func digits(_ index: inout Int, _ plain: inout [UInt8]) -> Bool {
            var wasDigit = false
            while index < text.endIndex {
                if digit(text[index], radix: 10) != nil {
                    plain.append(text[index])
                    wasDigit = true
                } else if text[index] == UInt8(ascii: "_"), wasDigit {
                    wasDigit = false
                } else {
                    break
                }
                index += 1
            }
            return wasDigit
        }
        guard digits(&index, &plain) else { return nil }
        if index < text.endIndex, text[index] == UInt8(ascii: ".") {
            plain.append(text[index])
            index += 1
            if index < text.endIndex, digit(text[index], radix: 10) != nil {
                guard digits(&index, &plain) else { return nil }
            } else {
                plain.append(UInt8(ascii: "0"))
            }
        }
        if index < text.endIndex, text[index] | 0x20 == UInt8(ascii: "e") {
            plain.append(UInt8(ascii: "e"))
            index += 1
            if index < text.endIndex, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") {
                plain.append(text[index])
                index += 1
            }
            guard digits(&index, &plain) else { return nil }
        }
        guard index == text.endIndex else { return nil }
        return String(decoding: plain, as: UTF8.self)
    }
}

/// The layout of a floating-point number.
///
/// Spec: core 3.0, section 2.2.3 "Floating-Point".
enum FloatFormat {
    case single
    case double

    /// The number of bits of the significand without the implicit one.
    var fractionBits: UInt64 {
        switch self {
        case .single: 23
        case .double: 52
        }
    }

    /// The largest exponent of a finite number.
    var maximumExponent: Int {
        switch self {
        case .single: 127
        case .double: 1023
        }
    }

    /// In bits.
    var width: UInt64 {
        switch self {
        case .single: 32
        case .double: 64
        }
    }

    var signBit: UInt64 {
        switch self {
        case .single: 1 << 31
        case .double: 1 << 63
        }
    }

    var infinity: UInt64 { UInt64(2 * maximumExponent + 1) << fractionBits }

    var canonicalNaN: UInt64 { infinity | 1 << (fractionBits - 1) }
}

/// A hexadecimal float: `significand` times two to the power of `exponent`, and a bit that says that more follows.
struct HexadecimalFloat {
    private var significand: UInt64 = 0
    private var exponent = 0
    private var isInexact = false

    /// Reads what follows `0x`; nil where it is no float.
    init?(_ text: ArraySlice<UInt8>) {
        var index = text.startIndex
        guard digits(of: text, at: &index, isFraction: false) else { return nil }
        if index < text.endIndex, text[index] == UInt8(ascii: ".") {
            index += 1
            if index < text.endIndex, NumberSyntax.hexadecimalDigit(text[index]) != nil {
                guard digits(of: text, at: &index, isFraction: true) else { return nil }
            }
        }
        if index < text.endIndex {
            guard text[index] | 0x20 == UInt8(ascii: "p") else { return nil }
            let power = text[(index + 1)...]
            guard !power.starts(with: "0x".utf8), !power.dropFirst().starts(with: "0x".utf8),
                let number = NumberSyntax.integer(power)
            else { return nil }
            // Beyond a billion the result is zero or out of range whatever the digits are; their number is at most as large.
            let magnitude = number.overflows ? 1 << 40 : Int(min(number.magnitude, 1 << 40))
            exponent += number.isNegative ? -magnitude : magnitude
        }
    }

    private mutating func digits(of text: ArraySlice<UInt8>, at index: inout Int, isFraction: Bool) -> Bool {
        var wasDigit = false
        while index < text.endIndex {
            if let digit = NumberSyntax.hexadecimalDigit(text[index]) {
                if significand >> 60 == 0 {
                    significand = significand << 4 | UInt64(digit)
                    if isFraction { exponent -= 4 }
                } else {
                    isInexact = isInexact || digit != 0
                    if !isFraction { exponent += 4 }
                }
                wasDigit = true
            } else if text[index] == UInt8(ascii: "_"), wasDigit {
                wasDigit = false
            } else {
                break
            }
            index += 1
        }
        return wasDigit
    }

    /// The nearest number of a format, ties to even, without a sign; nil where it is out of range.
    func bits(format: FloatFormat) -> UInt64? {
        guard significand != 0 else { return 0 }
        let leading = 63 - significand.leadingZeroBitCount
        let fractionBits = Int(format.fractionBits)
        // The exponent of the leading one; below the normal range the last place stays where it is.
        let magnitude = exponent + leading
        if magnitude > format.maximumExponent { return nil }
        let lastPlace = max(magnitude, 1 - format.maximumExponent) - fractionBits
        let shift = lastPlace - exponent
        var rounded: UInt64
        if shift <= 0 {
            rounded = significand << UInt64(-shift)
        } else if shift > 64 {
            rounded = 0
        } else {
            rounded = shift == 64 ? 0 : significand >> UInt64(shift)
            let half: UInt64 = 1 << UInt64(shift - 1)
            let rest = shift == 64 ? significand : significand & (half &* 2 &- 1)
            if rest > half || rest == half && (isInexact || rounded & 1 == 1) { rounded += 1 }
        }
        let biased = max(magnitude, 1 - format.maximumExponent) + format.maximumExponent
        // The implicit one, where there is one, and a carry out of the fraction both count the exponent up.
        let bits = UInt64(biased - 1) << format.fractionBits + rounded
        return bits >= format.infinity ? nil : bits
    }
}
