/// Why a text is not well formed, and where.
public struct TextError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cause; it begins with the text that the specification's test suite uses for it.
    public var reason: String
    /// Counted from one.
    public var line: Int
    /// Counted from one, in Unicode scalars.
    public var column: Int
    /// The proposal beyond WebAssembly 3.0 that the text needs; nil where it is malformed in all of them.
    public var proposal: Proposal?

    /// Whether the text is refused for its size alone.
    public var isLimit: Bool { reason.hasPrefix(ModuleLimits.refusal) }

    /// Whether a proposal or a limit is the cause, and the text not malformed otherwise.
    public var isRefusal: Bool { proposal != nil || isLimit }

    /// Makes an error.
    public init(_ reason: String, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// Makes an error at a byte of a source.
    init(_ reason: String, at offset: Int, in source: [UInt8]) {
        self.reason = reason
        self.line = 1
        self.column = 1
        for byte in source.prefix(offset) {
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
    }

    /// The place followed by the reason.
    public var description: String { "\(line):\(column): \(reason)" }
}
