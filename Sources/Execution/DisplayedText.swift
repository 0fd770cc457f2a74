extension StringProtocol {
    /// The text as a terminal may get it, on one line: what would be taken for a command, or hide or turn round what is printed, is
    /// written as its code point.
    ///
    /// Names in modules and of files are anything.
    public var displayed: String {
        if !unicodeScalars.contains(where: \.isCommand) { return String(self) }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.isCommand {
                text += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }

    /// As ``displayed``, of a text of several lines, whose line ends stay.
    public var displayedLines: String {
        if !unicodeScalars.contains(where: { $0.isCommand && $0 != "\n" && $0 != "\t" }) { return String(self) }
        return split(separator: "\n", omittingEmptySubsequences: false).map(\.displayed).joined(separator: "\n")
    }
}

extension Unicode.Scalar {
    /// Whether the character is a control, a line or paragraph separator, or one that changes the direction of the text.
    fileprivate var isCommand: Bool {
        switch properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .surrogate: true
        case .format: true
        default: false
        }
    }
}
