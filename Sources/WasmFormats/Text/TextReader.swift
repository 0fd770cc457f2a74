import WasmModel

/// A place in a list of tokens, with the checks and errors that every parser of the text format needs.
struct TextReader {
    let source: [UInt8]
    let tokens: [TextToken]
    let annotations: [TextAnnotation]
    /// What the lexer stopped at; thrown by whoever reaches the end of the tokens.
    let lexicalError: TextError?
    /// The token that is read next; it never passes the last token, which is the end.
    private(set) var position = 0

    /// Starts at the first token of a source.
    /// - Parameter offset: the byte from which on the source is read.
    init(_ source: [UInt8], from offset: Int = 0) {
        let lexer = TextLexer(source, from: offset)
        self.source = source
        self.tokens = lexer.tokens
        self.annotations = lexer.annotations
        self.lexicalError = lexer.error
    }

    var kind: TextToken.Kind { tokens[position].kind }

    func kind(ahead distance: Int) -> TextToken.Kind { tokens[min(position + distance, tokens.count - 1)].kind }

    mutating func advance() { position = min(position + 1, tokens.count - 1) }

    /// Goes on after the parenthesis that closes the one at hand.
    mutating func skipList() { position = min(Int(tokens[position].partner) + 1, tokens.count - 1) }

    mutating func move(to newPosition: Int) { position = min(newPosition, tokens.count - 1) }

    func bytes(at position: Int) -> ArraySlice<UInt8> {
        source[Int(tokens[position].start)..<Int(tokens[position].end)]
    }

    /// The token that begins at a byte; nil where none does.
    func position(ofTokenAt offset: Int) -> Int? {
        var low = 0
        var high = tokens.count
        while low < high {
            let middle = (low + high) / 2
            if Int(tokens[middle].start) < offset { low = middle + 1 } else { high = middle }
        }
        return low < tokens.count && Int(tokens[low].start) == offset ? low : nil
    }

    /// Reads the list at hand, as its source.
    mutating func listSource() throws(TextError) -> [UInt8] {
        let partner = tokens[Int(tokens[position].partner)]
        guard kind == .leftParenthesis, partner.kind == .rightParenthesis else {
            throw fail("unexpected token at the end of the text", at: tokens.count - 1)
        }
        let list = Array(source[Int(tokens[position].start)..<Int(partner.end)])
        skipList()
        return list
    }

    /// The text of the token at hand.
    var text: String { String(decoding: bytes(at: position), as: UTF8.self) }

    func isWord(at position: Int, _ word: StaticString) -> Bool {
        guard position < tokens.count, tokens[position].kind == .word else { return false }
        let token = tokens[position]
        guard Int(token.end - token.start) == word.utf8CodeUnitCount else { return false }
        let expected = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
        return source[Int(token.start)..<Int(token.end)].elementsEqual(expected)
    }

    func isWord(_ word: StaticString) -> Bool { isWord(at: position, word) }

    /// Whether a list that begins with a word is at hand.
    func isList(_ word: StaticString) -> Bool { kind == .leftParenthesis && isWord(at: position + 1, word) }

    // MARK: Errors

    /// An error at the token at hand; a lexical error that stands there comes first.
    func fail(_ reason: String) -> TextError { fail(reason, at: position) }

    func fail(_ reason: String, at position: Int) -> TextError {
        if tokens[position].kind == .end, let lexicalError { return lexicalError }
        return TextError(reason, at: Int(tokens[position].start), in: source)
    }

    /// The error for a token that cannot stand where it stands.
    func unexpected() -> TextError { unexpected(at: position) }

    func unexpected(at position: Int) -> TextError {
        let text = String(decoding: bytes(at: position).prefix(80), as: UTF8.self)
        if let proposal = proposal(at: position) {
            let isUnknown = tokens[position].kind == .word && !TextKeywords.contains(text)
            let kind = isUnknown ? "unknown operator" : "unexpected token"
            var error = fail("\(kind) \(text)\(proposal.remark)", at: position)
            error.proposal = proposal
            return error
        }
        switch tokens[position].kind {
        case .reserved: return fail("unknown operator \(text)", at: position)
        case .word:
            let bytes = bytes(at: position)
            if bytes.starts(with: "offset=".utf8) || bytes.starts(with: "align=".utf8) {
                let number = NumberSyntax.integer(bytes[bytes.firstIndex(of: UInt8(ascii: "="))!...].dropFirst())
                guard let number, !number.hasSign else {
                    return fail("unknown operator \(text)", at: position)
                }
            } else if !NumberSyntax.isNumber(bytes), !TextKeywords.contains(text) {
                return fail("unknown operator \(text)", at: position)
            }
            return fail("unexpected token \(text)", at: position)
        case .end: return fail("unexpected token at the end of the text", at: position)
        case .leftParenthesis, .rightParenthesis, .string, .identifier:
            return fail("unexpected token \(text)", at: position)
        }
    }

    /// The proposal of the word at a position, or of the one that a list there begins with.
    private func proposal(at position: Int) -> Proposal? {
        let word = tokens[position].kind == .leftParenthesis ? position + 1 : position
        guard tokens[word].kind == .word else { return nil }
        return Proposal(word: String(decoding: bytes(at: word).prefix(80), as: UTF8.self))
    }

    // MARK: Fixed tokens

    mutating func expectLeft() throws(TextError) {
        guard kind == .leftParenthesis else { throw unexpected() }
        advance()
    }

    mutating func expectRight() throws(TextError) {
        guard kind == .rightParenthesis else { throw unexpected() }
        advance()
    }

    mutating func expect(_ word: StaticString) throws(TextError) {
        guard isWord(word) else { throw unexpected() }
        advance()
    }

    /// Reads `(word` where it is at hand.
    mutating func enters(_ word: StaticString) -> Bool {
        guard isList(word) else { return false }
        position += 2
        return true
    }

    /// Reads a word where it is at hand.
    mutating func takes(_ word: StaticString) -> Bool {
        guard isWord(word) else { return false }
        advance()
        return true
    }

    // MARK: Literals

    /// Reads an identifier where one is at hand.
    mutating func identifier() -> Identifier? {
        guard kind == .identifier else { return nil }
        let bytes = bytes(at: position).dropFirst()
        advance()
        if bytes.first == UInt8(ascii: "\"") {
            return Identifier(String(decoding: StringLiteral.bytes(of: bytes), as: UTF8.self))
        }
        return Identifier(String(decoding: bytes, as: UTF8.self))
    }

    mutating func string() throws(TextError) -> [UInt8] {
        guard kind == .string else { throw unexpected() }
        let bytes = StringLiteral.bytes(of: bytes(at: position))
        advance()
        return bytes
    }

    /// Reads any number of strings as one.
    mutating func strings() -> [UInt8] {
        var bytes: [UInt8] = []
        while kind == .string {
            bytes.append(contentsOf: StringLiteral.bytes(of: self.bytes(at: position)))
            advance()
        }
        return bytes
    }

    /// Reads a string that must be UTF-8.
    mutating func name() throws(TextError) -> String {
        let start = position
        let bytes = try string()
        guard UTF8Scalar.isValid(bytes) else { throw fail("malformed UTF-8 encoding", at: start) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether an unsigned integer is at hand.
    var isNatural: Bool { kind == .word && NumberSyntax.integer(bytes(at: position)).map { !$0.hasSign } ?? false }

    /// Reads an unsigned integer of a width in bits.
    mutating func natural(width: Int) throws(TextError) -> UInt64 {
        guard kind == .word, let number = NumberSyntax.integer(bytes(at: position)), !number.hasSign else {
            throw unexpected()
        }
        guard let value = NumberSyntax.bits(of: number, width: width) else {
            throw fail("i\(width) constant out of range")
        }
        advance()
        return value
    }

    /// Reads an integer of a width in bits, signed or unsigned.
    mutating func integer(width: Int) throws(TextError) -> UInt64 {
        guard kind == .word, let number = NumberSyntax.integer(bytes(at: position)) else { throw unexpected() }
        guard let value = NumberSyntax.bits(of: number, width: width) else { throw fail("constant out of range") }
        advance()
        return value
    }

    /// Reads a float to its bits.
    mutating func float(_ format: FloatFormat) throws(TextError) -> UInt64 {
        guard kind == .word else { throw unexpected() }
        switch NumberSyntax.float(bytes(at: position), format: format) {
        case .bits(let bits):
            advance()
            return bits
        case .outOfRange: throw fail("constant out of range")
        case .notANumber: throw unexpected()
        }
    }
}

/// A symbolic name, without its dollar sign.
///
/// Two are equal where their bytes are: `String` would compare by canonical equivalence.
struct Identifier: Hashable {
    var text: String

    init(_ text: String) { self.text = text }

    static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) {
        var copy = text
        copy.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

/// The names of one index space.
struct NameScope<Space> {
    /// What the space is called in error texts.
    let kind: String
    private(set) var indices: [Identifier: Index<Space>] = [:]

    init(_ kind: String) { self.kind = kind }

    /// Names an index; false where the name is taken.
    mutating func bind(_ identifier: Identifier, to index: Index<Space>) -> Bool {
        if indices[identifier] != nil { return false }
        indices[identifier] = index
        return true
    }

    subscript(_ identifier: Identifier) -> Index<Space>? { indices[identifier] }

    /// The names by index.
    var names: [Index<Space>: String] {
        Dictionary(uniqueKeysWithValues: indices.map { ($0.value, $0.key.text) })
    }
}

/// The words that mean something somewhere in the text format; any other is an unknown operator.
///
/// Spec: core 3.0, chapter 6 "Text Format".
enum TextKeywords {
    static func contains(_ word: String) -> Bool { OpcodeTable.byName[word] != nil || structural.contains(word) }

    private static let structural: Set<String> = [
        "module", "binary", "quote", "definition", "instance", "script", "register", "invoke", "get", "input", "output",
        "assert_return", "assert_trap", "assert_exhaustion", "assert_malformed", "assert_invalid", "assert_unlinkable",
        "assert_exception", "assert_malformed_custom", "assert_invalid_custom", "either", "ref.extern", "ref.host",
        "ref.any", "ref.struct", "ref.array", "ref.exn",
        "type", "rec", "sub", "final", "func", "struct", "array", "field", "mut", "i8", "i16", "i32", "i64", "f32",
        "f64", "v128", "ref", "null", "any", "eq", "i31", "none", "nofunc", "extern", "noextern", "exn", "noexn",
        "anyref", "eqref", "i31ref", "structref", "arrayref", "nullref", "funcref", "nullfuncref", "externref",
        "nullexternref", "exnref", "nullexnref", "param", "result", "local", "import", "export", "table", "memory",
        "global", "tag", "start", "elem", "data", "declare", "offset", "item", "then", "catch", "catch_ref",
        "catch_all",
        "catch_all_ref", "i8x16", "i16x8", "i32x4", "i64x2", "f32x4", "f64x2", "nan:canonical", "nan:arithmetic",
    ]
}
