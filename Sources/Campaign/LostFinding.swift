import WorkerIsolation

/// A finding that a worker could not write to the inbox; one line of its standard output, after the word `lost`.
struct LostFinding: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case signature = "signature"
        case reason = "reason"
    }

    /// How what was found fails, in words.
    var signature: String
    /// Why it could not be written.
    var reason: String

    private static let prefix = "lost "

    init(signature: String, reason: String) {
        self.signature = signature
        self.reason = reason
    }

    /// Reads a line; nil for one that says something else.
    init?(line: String) {
        guard line.hasPrefix(Self.prefix),
            let finding = try? JSONLine.decode(LostFinding.self, line.dropFirst(Self.prefix.count))
        else { return nil }
        self = finding
    }

    /// The line, without its line feed.
    var line: String {
        let json = (try? JSONLine.encode(self)).map { String(decoding: $0.dropLast(), as: UTF8.self) }
        return Self.prefix + (json ?? "{}")
    }
}
