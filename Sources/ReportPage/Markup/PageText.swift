import Execution
import Mustache

/// How text gets into the page: nothing of it is taken for markup, and all of it may be in XML.
///
/// What is escaped are scalars and not characters, as a `"` with an accent is another character than `"`, and the same to a browser.
struct PageText: MustacheContentType {
    /// By which templates ask for it.
    static let name = "PAGE"

    func escapeText(_ text: String) -> String { Self.escaped(text) }

    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.displayedLines.unicodeScalars {
            switch scalar {
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "&": escaped += "&amp;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\u{FFFE}", "\u{FFFF}": escaped += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
