import Execution

extension StringProtocol {
    /// The text on one line of a comment of the text format, without what a terminal would take for a command.
    ///
    /// What a comment says comes from modules and engines, and can be anything; a line feed would end the comment. Of a line, not more is
    /// kept than people read.
    var inComment: String {
        String(String.UnicodeScalarView(unicodeScalars.prefix(2_000).map { $0 == "\n" ? " " : $0 })).displayed
    }
}
