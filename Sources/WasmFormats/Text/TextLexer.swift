/// Cuts a source into tokens.
///
/// All tokens are made at once, in time linear in the number of bytes. A lexical error ends the list, and whoever reaches its
/// end throws it, so that a syntactic error before it is reported first.
///
/// Spec: core 3.0, section 6.3 "Lexical Format".
struct TextLexer {
    let source: [UInt8]
    private(set) var tokens: [TextToken] = []
    private(set) var annotations: [TextAnnotation] = []
    /// What stopped the lexer before the end of the source.
    private(set) var error: TextError?
    private var position = 0
    private var open: [Int] = []

    /// Cuts a source from a byte on.
    init(_ source: [UInt8], from offset: Int = 0) {
        self.source = source
        position = offset
        if let excess = Self.excess(of: source) {
            error = excess
        } else {
            tokens.reserveCapacity(source.count / 4)
            do throws(TextError) {
                while try skipSpace() { try token() }
            } catch {
                self.error = error
            }
        }
        let end = UInt32(truncatingIfNeeded: min(position, source.count))
        tokens.append(TextToken(kind: .end, start: end, end: end))
        for left in open { tokens[left].partner = UInt32(tokens.count - 1) }
    }

    /// The refusal of a text for its size; nil where it is not too large.
    static func excess(of source: [UInt8]) -> TextError? {
        ModuleLimits.excess("bytes of text", source.count, ModuleLimits.textSizeInBytes)
            .map { TextError($0, line: 1, column: 1) }
    }

    private func byte(ahead distance: Int = 0) -> UInt8? {
        let index = position + distance
        return index < source.count ? source[index] : nil
    }

    private func fail(_ reason: String) -> TextError { TextError(reason, at: position, in: source) }

    // MARK: White space, comments, annotations

    /// Skips what is not a token; false at the end of the source.
    private mutating func skipSpace() throws(TextError) -> Bool {
        while let current = byte() {
            switch current {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            case UInt8(ascii: ";") where byte(ahead: 1) == UInt8(ascii: ";"): try skipLineComment()
            case UInt8(ascii: "(") where byte(ahead: 1) == UInt8(ascii: ";"): try skipBlockComment()
            case UInt8(ascii: "(") where byte(ahead: 1) == UInt8(ascii: "@"): try skipAnnotation()
            default: return true
            }
        }
        return false
    }

    private mutating func skipLineComment() throws(TextError) {
        while let current = byte(), current != 0x0A, current != 0x0D { try skipScalar() }
    }

    private mutating func skipBlockComment() throws(TextError) {
        let start = position
        position += 2
        var depth = 1
        while depth > 0 {
            guard let current = byte() else {
                position = start
                throw fail("unclosed comment")
            }
            if current == UInt8(ascii: ";"), byte(ahead: 1) == UInt8(ascii: ")") {
                depth -= 1
                position += 2
            } else if current == UInt8(ascii: "("), byte(ahead: 1) == UInt8(ascii: ";") {
                depth += 1
                position += 2
            } else {
                try skipScalar()
            }
        }
    }

    /// Skips one Unicode scalar value.
    private mutating func skipScalar() throws(TextError) {
        guard source[position] >= 0x80 else {
            position += 1
            return
        }
        guard let length = UTF8Scalar.length(in: source, at: position) else { throw fail("malformed UTF-8 encoding") }
        position += length
    }

    private mutating func skipAnnotation() throws(TextError) {
        let start = position
        position += 2
        let nameStart = position
        if byte() == UInt8(ascii: "\"") {
            guard let end = endOfString(at: position), end > position + 2 else { throw fail("empty annotation id") }
            if !UTF8Scalar.isValid(StringLiteral.bytes(of: source[position..<end])) {
                throw fail("malformed UTF-8 encoding")
            }
            position = end
        } else {
            while let current = byte(), Self.isIdentifierCharacter(current) { position += 1 }
            if position == nameStart { throw fail("empty annotation id") }
        }
        let name = source[nameStart..<position]
        let contentStart = position
        var depth = 1
        while depth > 0 {
            guard let current = byte() else {
                position = start
                throw fail("unclosed annotation")
            }
            switch current {
            case UInt8(ascii: "(") where byte(ahead: 1) == UInt8(ascii: ";"): try skipBlockComment()
            case UInt8(ascii: ";") where byte(ahead: 1) == UInt8(ascii: ";"): try skipLineComment()
            case UInt8(ascii: "("):
                depth += 1
                position += 1
            case UInt8(ascii: ")"):
                depth -= 1
                position += 1
            case UInt8(ascii: "\""): try skipString()
            case 0x20...0x7E, 0x09, 0x0A, 0x0D: position += 1
            case 0x80...:
                try skipScalar()
                throw fail("illegal character")
            default: throw fail("illegal character")
            }
        }
        guard let kind = TextAnnotation.Kind.allCases.first(where: { name.elementsEqual($0.rawValue.utf8) }) else {
            return
        }
        annotations.append(
            TextAnnotation(position: tokens.count, content: contentStart..<position - 1, kind: kind)
        )
    }

    // MARK: Tokens

    private mutating func token() throws(TextError) {
        let start = position
        switch source[position] {
        case UInt8(ascii: "("):
            open.append(tokens.count)
            position += 1
            append(.leftParenthesis, from: start)
        case UInt8(ascii: ")"):
            if let left = open.popLast() { tokens[left].partner = UInt32(tokens.count) }
            position += 1
            append(.rightParenthesis, from: start)
        default:
            try wordOrString()
        }
    }

    private mutating func append(_ kind: TextToken.Kind, from start: Int) {
        tokens.append(TextToken(kind: kind, start: UInt32(start), end: UInt32(position)))
    }

    /// Reads the longest run of identifier characters, strings and reserved characters, which is one token of some kind.
    private mutating func wordOrString() throws(TextError) {
        let start = position
        var strings = 0
        var characters = 0
        var reserved = false
        run: while let current = byte() {
            switch current {
            case UInt8(ascii: "\""):
                if characters == 1, source[start] == UInt8(ascii: "$"), strings == 0, !isCompleteString(at: position) {
                    position = start
                    throw fail("empty identifier")
                }
                try skipString()
                strings += 1
            case UInt8(ascii: ";") where byte(ahead: 1) == UInt8(ascii: ";"): break run
            case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
                UInt8(ascii: "}"):
                reserved = true
                position += 1
            default:
                guard Self.isIdentifierCharacter(current) else { break run }
                characters += 1
                position += 1
            }
        }
        guard position > start else {
            if source[position] >= 0x80 {
                try skipScalar()
                position = start
            }
            throw fail("illegal character")
        }
        let isIdentifier = source[start] == UInt8(ascii: "$")
        if reserved {
            append(.reserved, from: start)
        } else if strings == 0 {
            if isIdentifier, characters == 1 {
                position = start
                throw fail("empty identifier")
            }
            append(isIdentifier ? .identifier : .word, from: start)
        } else if strings == 1, characters == 0 {
            append(.string, from: start)
        } else if strings == 1, characters == 1, isIdentifier {
            if position == start + 3 {
                position = start
                throw fail("empty identifier")
            }
            if !UTF8Scalar.isValid(StringLiteral.bytes(of: source[start + 1..<position])) {
                position = start
                throw fail("malformed UTF-8 encoding")
            }
            append(.identifier, from: start)
        } else {
            append(.reserved, from: start)
        }
    }

    /// Whether a string that starts here ends before a control character.
    private func isCompleteString(at start: Int) -> Bool { endOfString(at: start) != nil }

    /// The byte after the string that starts here; nil where it has no end or holds a control character.
    private func endOfString(at start: Int) -> Int? {
        var index = start + 1
        while index < source.count {
            switch source[index] {
            case UInt8(ascii: "\""): return index + 1
            case 0..<0x20, 0x7F: return nil
            case UInt8(ascii: "\\"): index += 2
            default: index += 1
            }
        }
        return nil
    }

    private mutating func skipString() throws(TextError) {
        let start = position
        position += 1
        while let current = byte() {
            switch current {
            case UInt8(ascii: "\""):
                position += 1
                return
            case UInt8(ascii: "\\"): try skipEscape()
            case 0x0A:
                position = start
                throw fail("unclosed string")
            case 0..<0x20, 0x7F: throw fail("illegal character in string")
            default: try skipScalar()
            }
        }
        position = start
        throw fail("unclosed string")
    }

    private mutating func skipEscape() throws(TextError) {
        let start = position
        position += 1
        switch byte() {
        case UInt8(ascii: "t"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "\""), UInt8(ascii: "'"),
            UInt8(ascii: "\\"):
            position += 1
            return
        case UInt8(ascii: "u"):
            guard byte(ahead: 1) == UInt8(ascii: "{") else { break }
            position += 2
            var value: UInt32 = 0
            var digits = 0
            var wasDigit = false
            while let current = byte() {
                if let digit = NumberSyntax.hexadecimalDigit(current) {
                    value = value > 0xFF_FFFF ? value : value << 4 | UInt32(digit)
                    digits += 1
                    wasDigit = true
                } else if current == UInt8(ascii: "_"), wasDigit {
                    wasDigit = false
                } else {
                    break
                }
                position += 1
            }
            guard digits > 0, wasDigit, byte() == UInt8(ascii: "}"), Unicode.Scalar(value) != nil else { break }
            position += 1
            return
        case .some(let first):
            if NumberSyntax.hexadecimalDigit(first) != nil, let second = byte(ahead: 1),
                NumberSyntax.hexadecimalDigit(second) != nil
            {
                position += 2
                return
            }
        case nil: return
        }
        position = start
        throw fail("illegal escape")
    }

    /// Whether a byte may be part of an identifier or a keyword.
    static func isIdentifierCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: ";"),
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
            false
        case 0x21...0x7E: true
        default: false
        }
    }
}
