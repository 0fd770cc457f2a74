/// What string literals denote and how they are written.
///
/// Spec: core 3.0, section 6.3.3 "Strings".
enum StringLiteral {
    /// The bytes that a literal stands for.
    /// - Parameter literal: a literal that the lexer accepted, with its quotation marks.
    static func bytes(of literal: ArraySlice<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(literal.count)
        var index = literal.startIndex + 1
        let end = literal.endIndex - 1
        while index < end {
            let current = literal[index]
            index += 1
            guard current == UInt8(ascii: "\\"), index < end else {
                bytes.append(current)
                continue
            }
            let escaped = literal[index]
            index += 1
            switch escaped {
            case UInt8(ascii: "t"): bytes.append(0x09)
            case UInt8(ascii: "n"): bytes.append(0x0A)
            case UInt8(ascii: "r"): bytes.append(0x0D)
            case UInt8(ascii: "u"):
                index += 1
                var value: UInt32 = 0
                while index < end, literal[index] != UInt8(ascii: "}") {
                    if let digit = NumberSyntax.hexadecimalDigit(literal[index]) { value = value << 4 | UInt32(digit) }
                    index += 1
                }
                index += 1
                if let scalar = Unicode.Scalar(value) { bytes.append(contentsOf: UTF8.encode(scalar)!) }
            default:
                if let high = NumberSyntax.hexadecimalDigit(escaped), index < end,
                    let low = NumberSyntax.hexadecimalDigit(literal[index])
                {
                    bytes.append(high << 4 | low)
                    index += 1
                } else {
                    bytes.append(escaped)
                }
            }
        }
        return bytes
    }

    /// Appends a literal for bytes: printable ASCII as it is, everything else escaped.
    static func append(_ bytes: some Sequence<UInt8>, to text: inout String) {
        text.append("\"")
        for byte in bytes {
            switch byte {
            case UInt8(ascii: "\""): text.append("\\\"")
            case UInt8(ascii: "\\"): text.append("\\\\")
            case 0x20...0x7E: text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                text.append("\\")
                if byte < 16 { text.append("0") }
                text.append(String(byte, radix: 16))
            }
        }
        text.append("\"")
    }

    /// Appends a literal for a name: as ``append(_:to:)``, but letters beyond ASCII as they are.
    static func append(name: String, to text: inout String) {
        text.append("\"")
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": text.append("\\\"")
            case "\\": text.append("\\\\")
            case " "..."~": text.unicodeScalars.append(scalar)
            default:
                if scalar.properties.isAlphabetic {
                    text.unicodeScalars.append(scalar)
                } else {
                    text.append("\\u{\(String(scalar.value, radix: 16))}")
                }
            }
        }
        text.append("\"")
    }
}

/// Checks of UTF-8 that make no strings.
enum UTF8Scalar {
    /// The number of bytes of the scalar value that is encoded at a position; nil where none is.
    static func length(in bytes: [UInt8], at position: Int) -> Int? {
        let first = bytes[position]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch first {
        case 0..<0x80: return 1
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if first == 0xE0 { low = 0xA0 }
            if first == 0xED { high = 0x9F }
        case 0xF0...0xF4:
            length = 4
            if first == 0xF0 { low = 0x90 }
            if first == 0xF4 { high = 0x8F }
        default: return nil
        }
        guard position + length <= bytes.count else { return nil }
        guard bytes[position + 1] >= low, bytes[position + 1] <= high else { return nil }
        for index in position + 2..<position + max(length, 2) where bytes[index] & 0xC0 != 0x80 { return nil }
        return length
    }

    /// Whether bytes are UTF-8 throughout.
    static func isValid(_ bytes: [UInt8]) -> Bool {
        var position = 0
        while position < bytes.count {
            guard let length = length(in: bytes, at: position) else { return false }
            position += length
        }
        return true
    }
}
