import Foundation

/// A table in Markdown: a row for each thing that is measured, a column for each compiler.
struct ComparisonTable {
    let compilers: [ComparedCompiler]
    /// The compiler that the others are compared with.
    let reference: String

    /// What is said of the figures in parentheses; nothing where the reference is not here.
    var relation: String {
        compilers.contains { $0.title == reference } ? "; in parentheses relative to \(reference)" : ""
    }

    /// Prints the first two lines.
    func printHead(_ title: String) {
        print("| \(title) | \(compilers.map(\.title).joined(separator: " | ")) |")
        print("|---|\(compilers.map { _ in "---|" }.joined())")
    }

    /// Prints a row of times in seconds, as milliseconds; nil where a compiler refuses the module.
    func printRow(_ name: String, _ times: [Double?]) {
        let base = compilers.firstIndex { $0.title == reference }.flatMap { times[$0] }
        let cells = times.map { time in
            guard let time else { return "refused" }
            let relative = base.map { " (\(Self.rounded(time / $0)))" } ?? ""
            return Self.rounded(time * 1000) + relative
        }
        print("| \(name) | \(cells.joined(separator: " | ")) |")
    }

    static func rounded(_ number: Double) -> String {
        String(format: number < 10 ? "%.2f" : "%.1f", number)
    }
}
