/// A table of the page, with a heading for each column and each row.
struct PageTable {
    /// A figure or a text.
    struct Cell {
        let text: String
        /// Smaller, below it.
        var note: String?
        /// The class that the style sheet knows; no text of a file.
        var kind = ""

        static func number(_ text: String) -> Cell { Cell(text: text, kind: "number") }
        static func number(_ number: Int) -> Cell { .number(PageNumber.grouped(number)) }
    }

    struct Row {
        let head: String
        /// Where the heading leads to on this page.
        var target: String?
        let cells: [Cell]
    }

    let caption: String
    /// Of the headings first.
    let columns: [String]
    let rows: [Row]
    var kind = ""
}
