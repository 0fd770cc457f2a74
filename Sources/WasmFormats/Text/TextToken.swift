/// A piece of a source in the text format.
///
/// Spec: core 3.0, section 6.3 "Lexical Format".
struct TextToken {
    enum Kind: UInt8 {
        case leftParenthesis
        case rightParenthesis
        /// A string literal, quotation marks included.
        case string
        /// `$name` or `$"name"`.
        case identifier
        /// A keyword or a number.
        case word
        /// Characters that no token can consist of.
        case reserved
        /// The end of the source, or the place of a lexical error.
        case end
    }

    var kind: Kind
    /// The first byte.
    var start: UInt32
    /// The byte after the last.
    var end: UInt32
    /// For a left parenthesis the position of the token that closes it; where none does, of the last token.
    var partner: UInt32 = 0
}

/// An annotation whose content the parser understands; all others are white space.
struct TextAnnotation {
    /// The token before which it stands.
    var position: Int
    /// The bytes between the identifier and the closing parenthesis.
    var content: Range<Int>
    var kind: Kind

    /// The kinds by their identifiers.
    enum Kind: String, CaseIterable {
        /// `(@custom ...)`: a custom section. Spec: core 3.0, appendix "Custom Sections".
        case customSection = "custom"
        /// `(@name "...")`: the name of an item.
        case name
        /// `(@metadata.code.branch_hint "\00")`: whether the branch that follows is likely.
        case branchHint = "metadata.code.branch_hint"
        /// `(@datacount N)` or `(@datacount)`: the content of the data count section, where it does not follow from the bodies.
        case dataCount = "datacount"
    }
}
