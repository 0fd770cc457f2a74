/// What a line of libFuzzer's standard error says.
struct LibFuzzerStatus: Hashable, Sendable {
    /// Edges of the control flow that were covered.
    var coverage: Int
    /// Edges by how often they were taken.
    var features: Int
    var corpusSize: Int

    /// Reads a status line such as `#1024 NEW    cov: 345 ft: 678 corp: 12/345b lim: 8 exec/s: 400 rss: 60Mb`; nil for other lines.
    init?(line: String) {
        guard line.first == "#" else { return nil }
        let words = line.split(separator: " ")
        func number(after name: String) -> Int? {
            guard let index = words.firstIndex(where: { $0 == name }), index + 1 < words.count else { return nil }
            return Int(words[index + 1].prefix { $0.isNumber })
        }
        guard let coverage = number(after: "cov:"), let features = number(after: "ft:") else { return nil }
        self.coverage = coverage
        self.features = features
        corpusSize = number(after: "corp:") ?? 0
    }
}
