/// Reads the tokens of the text form of functions.
struct FunctionScanner {
    private let bytes: [UInt8]
    private var position = 0
    private var line = 1
    /// The line of the token that was read last.
    private var tokenLine = 1
    private var isFirstOnLine = true

    init(_ text: String) {
        bytes = Array(text.utf8)
        skipSpace()
    }

    // MARK: What comes next

    var isAtEnd: Bool { position == bytes.count }
    /// Whether the next token is the first on its line.
    var isAtLineStart: Bool { isFirstOnLine }
    var isAtNumber: Bool {
        position < bytes.count && (isDigit(bytes[position]) || bytes[position] == UInt8(ascii: "-"))
    }
    var isAtValue: Bool { isAtNumbered("v") }
    var isAtBlock: Bool { isAtNumbered("block") }
    /// Whether a block begins or the function ends here.
    var isAtBlockOrBrace: Bool { isAtEnd || bytes[position] == UInt8(ascii: "}") || isFirstOnLine && isAtBlock }

    private func isAtNumbered(_ prefix: StaticString) -> Bool {
        starts(with: prefix) && position + prefix.utf8CodeUnitCount < bytes.count
            && isDigit(bytes[position + prefix.utf8CodeUnitCount])
    }

    private func starts(with text: StaticString) -> Bool {
        let count = text.utf8CodeUnitCount
        guard position + count <= bytes.count else { return false }
        for offset in 0..<count where bytes[position + offset] != text.utf8Start[offset] { return false }
        return true
    }

    // MARK: Tokens

    mutating func accept(_ text: StaticString) throws(FunctionSyntaxError) -> Bool {
        guard starts(with: text) else { return false }
        advance(by: text.utf8CodeUnitCount)
        return true
    }

    mutating func expect(_ text: StaticString) throws(FunctionSyntaxError) {
        guard try accept(text) else { throw error("`\(text)` is missing") }
    }

    /// A name of letters, digits and dots that does not begin with a digit.
    mutating func word() throws(FunctionSyntaxError) -> String {
        var end = position
        while end < bytes.count, isWordByte(bytes[end]) { end += 1 }
        guard end > position, !isDigit(bytes[position]) else { throw error("a name is missing") }
        let word = String(decoding: bytes[position..<end], as: UTF8.self)
        advance(by: end - position)
        return word
    }

    /// The number after a prefix.
    mutating func numbered(_ prefix: StaticString) throws(FunctionSyntaxError) -> UInt32 {
        guard isAtNumbered(prefix) else { throw error("`\(prefix)` and a number are missing") }
        position += prefix.utf8CodeUnitCount
        guard let number = UInt32(exactly: try bits()) else { throw error("a number beyond 32 bits") }
        return number
    }

    /// A number of 64 bits: decimal, perhaps with a sign, or hexadecimal after `0x`.
    mutating func bits() throws(FunctionSyntaxError) -> UInt64 {
        let isNegative = starts(with: "-")
        if isNegative { position += 1 }
        let text = try digits()
        guard let number = UInt64(text.digits, radix: text.radix) else { throw error("`\(text.digits)` is no number") }
        guard isNegative else { return number }
        guard number <= 1 << 63 else { throw error("`-\(text.digits)` is beyond 64 bits") }
        return 0 &- number
    }

    /// A hexadecimal number of 128 bits.
    mutating func wideBits() throws(FunctionSyntaxError) -> (low: UInt64, high: UInt64) {
        let text = try digits()
        guard text.radix == 16, text.digits.utf8.count <= 32 else { throw error("a vector has 32 hexadecimal digits") }
        let split = text.digits.index(text.digits.endIndex, offsetBy: -min(16, text.digits.count))
        let high = text.digits[..<split]
        guard let low = UInt64(text.digits[split...], radix: 16),
            let upper = high.isEmpty ? 0 : UInt64(high, radix: 16)
        else { throw error("`\(text.digits)` is no number") }
        return (low, upper)
    }

    private mutating func digits() throws(FunctionSyntaxError) -> (digits: String, radix: Int) {
        let isHexadecimal = starts(with: "0x")
        let start = position + (isHexadecimal ? 2 : 0)
        var end = start
        while end < bytes.count, isDigit(bytes[end]) || (isHexadecimal && isWordByte(bytes[end])) { end += 1 }
        guard end > start else { throw error("a number is missing") }
        let digits = String(decoding: bytes[start..<end], as: UTF8.self)
        advance(by: end - position)
        return (digits, isHexadecimal ? 16 : 10)
    }

    /// A quoted text; `\"`, `\\` and `\{hexadecimal}` stand for characters.
    mutating func string() throws(FunctionSyntaxError) -> String {
        guard starts(with: "\"") else { throw error("a quoted text is missing") }
        var content: [UInt8] = []
        var index = position + 1
        while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
            if bytes[index] == UInt8(ascii: "\n") { break }
            if bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.count {
                index += 1
                if bytes[index] == UInt8(ascii: "{"), let end = bytes[index...].firstIndex(of: UInt8(ascii: "}")) {
                    let digits = String(decoding: bytes[(index + 1)..<end], as: UTF8.self)
                    guard let number = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(number) else {
                        throw error("`\(digits)` is no character")
                    }
                    content.append(contentsOf: String(Character(scalar)).utf8)
                    index = end + 1
                    continue
                }
            }
            content.append(bytes[index])
            index += 1
        }
        guard index < bytes.count, bytes[index] == UInt8(ascii: "\"") else { throw error("a text without end") }
        advance(by: index + 1 - position)
        return String(decoding: content, as: UTF8.self)
    }

    func error(_ reason: String) -> FunctionSyntaxError { FunctionSyntaxError(reason: reason, line: tokenLine) }

    // MARK: Bytes

    private mutating func advance(by count: Int) {
        position += count
        isFirstOnLine = false
        tokenLine = line
        skipSpace()
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\n"):
                line += 1
                isFirstOnLine = true
                position += 1
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): position += 1
            case UInt8(ascii: ";"):
                while position < bytes.count, bytes[position] != UInt8(ascii: "\n") { position += 1 }
            default: return
            }
        }
    }

    private func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private func isWordByte(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "_")
            || (byte | 0x20 >= UInt8(ascii: "a") && byte | 0x20 <= UInt8(ascii: "z"))
    }
}
