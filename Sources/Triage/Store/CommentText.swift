extension StringProtocol {
    /// The text on one line of a comment of the text format, without what a terminal would take for a command.
    ///
    /// What a comment says comes from modules and engines, and can be anything; a line feed would end the comment. Of a line, not more is
    /// kept than people read.
    var inComment: String {
        var text = ""
        for scalar in unicodeScalars.prefix(2_000) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate:
                text += scalar == "\n" ? " " : "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
