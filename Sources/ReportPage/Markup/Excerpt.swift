import WasmModel

/// A text of several lines: its first lines at once, and all that the page has of it behind them.
struct Excerpt {
    /// What it is, for those who do not see it.
    let label: String
    let head: String
    /// Nil where the first lines are all.
    let whole: Whole?

    struct Whole {
        let summary: String
        let text: String
        /// What is left out; nil where nothing is.
        let cut: String?
    }

    static let linesOfHead = 12
    /// What is more than that is in the file.
    static let mostLines = 2_000
    static let mostScalars = 200_000

    /// - Parameter name: what it is, e.g. `module.wat`.
    init(_ text: String, name: String) {
        label = name
        let kept = String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.mostScalars)))
        var lines = kept.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        while lines.last?.isEmpty == true { lines.removeLast() }
        let isCut = lines.count > Self.mostLines || kept.unicodeScalars.count < text.unicodeScalars.count
        if lines.count > Self.mostLines { lines.removeLast(lines.count - Self.mostLines) }
        head = lines.prefix(Self.linesOfHead).joined(separator: "\n")
        guard lines.count > Self.linesOfHead else {
            whole = nil
            return
        }
        whole = Whole(
            summary: isCut
                ? "The first \(lines.count.counted("line")) of \(name)" : "All \(lines.count) lines of \(name)",
            text: lines.joined(separator: "\n"),
            cut: isCut ? "The page has no more of it; the folder has the whole file." : nil
        )
    }
}
