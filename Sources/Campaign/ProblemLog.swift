/// What could not be done, each kind once, with its first instance and how often it happened.
struct ProblemLog: Sendable {
    private struct Entry: Sendable {
        var text: String
        var instance: String?
        var count = 1

        var line: String {
            let instance = instance.map { "; \($0)" } ?? ""
            return text + instance + (count > 1 ? " (\(count) times)" : "")
        }
    }

    private var entries: [Entry] = []

    private static let mostKinds = 200
    private static let otherKinds = "further problems, of other kinds"

    /// Adds a problem.
    /// - Parameters:
    ///   - text: the same for all of the kind.
    ///   - instance: what else is to be said of the first one, e.g. the file that is kept.
    /// - Returns: the line, where the kind is new.
    @discardableResult
    mutating func add(_ text: String, instance: String? = nil) -> String? {
        if let position = entries.firstIndex(where: { $0.text == text }) {
            entries[position].count += 1
            return nil
        }
        if entries.count >= Self.mostKinds, text != Self.otherKinds { return add(Self.otherKinds, instance: text) }
        entries.append(Entry(text: text, instance: instance))
        return entries[entries.count - 1].line
    }

    var lines: [String] { entries.map(\.line) }
}

/// A problem as ``ProblemLog`` takes it.
struct Problem: Hashable, Sendable {
    var text: String
    var instance: String?
}
