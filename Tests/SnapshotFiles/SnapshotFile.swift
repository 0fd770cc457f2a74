import Foundation
import Testing

/// A test file that holds its input and, in comments behind a separator, the snapshot of the output that a person has blessed.
///
/// `BLESS=1 swift test` writes the outputs anew; where there is none, it is written and the test fails.
public struct SnapshotFile {
    private let url: URL
    private let separator: String
    /// What is before the separator.
    public let input: String
    private let snapshot: String?

    /// The module text files in some folders, each as `folder/name.wat`, in order.
    /// - Parameter root: the folder that holds the folders.
    public static func paths(of folders: [String], in root: URL) -> [String] {
        folders.flatMap { folder in
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path())) ?? []
            return names.filter { $0.hasSuffix(".wat") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    /// Reads a file.
    /// - Parameter separator: the line between the input and the snapshot, with its line feed.
    public init(_ url: URL, separator: String) throws {
        self.url = url
        self.separator = separator
        let parts = try String(contentsOf: url, encoding: .utf8).components(separatedBy: separator)
        input = parts[0]
        snapshot = parts.count > 1 ? parts[1] : nil
    }

    /// Compares an output with the snapshot, as comments; the first line that differs is in the failure.
    public func expect(_ output: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let lines = output.split(separator: "\n", omittingEmptySubsequences: true)
        let found = lines.map { ";; \($0)\n" }.joined()
        let isBlessing = ProcessInfo.processInfo.environment["BLESS"] == "1"
        if isBlessing || snapshot == nil {
            let kept = input.trimmingCharacters(in: .newlines)
            try "\(kept)\n\n\(separator)\(found)".write(to: url, atomically: true, encoding: .utf8)
        }
        if isBlessing || snapshot == found { return }
        Issue.record("\(url.lastPathComponent): \(difference(found))", sourceLocation: sourceLocation)
    }

    private func difference(_ found: String) -> String {
        guard let snapshot else { return "there was no snapshot; it is written now" }
        let expected = snapshot.split(separator: "\n")
        let lines = found.split(separator: "\n")
        let position = zip(expected, lines).enumerated().first { $0.element.0 != $0.element.1 }?.offset
        let line = position ?? min(expected.count, lines.count)
        let wanted = line < expected.count ? String(expected[line]) : "the end"
        let got = line < lines.count ? String(lines[line]) : "the end"
        return "line \(line + 1) of the output is `\(got)`, the snapshot has `\(wanted)`; BLESS=1 blesses the output"
    }
}
