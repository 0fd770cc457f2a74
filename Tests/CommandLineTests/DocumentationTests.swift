import Foundation
import Testing

/// What the README and the articles say of the repository.
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let documents: [String] = {
        let articles = "Sources/fuzz-multivalue/Documentation.docc"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: articles).path())) ?? []
        return ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(articles)/\($0)" }
    }()

    /// The paths of all files of the package, and of their folders.
    private static let paths: Set<String> = {
        var paths: Set<String> = []
        for folder in ["Sources", "Tests", "FuzzTargets", "Crashes", "ci", ".ci"] {
            let contents = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            paths.insert(folder)
            while let path = contents?.nextObject() as? String { paths.insert("\(folder)/\(path)") }
        }
        return paths
    }()

    @Test(arguments: documents)
    func `every file and folder that a document names is there`(_ document: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        let quoted = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map(\.element)
        let folders = quoted.filter { $0.contains(/^(Sources|Tests|FuzzTargets|Crashes|\.?ci)\/[\w+.\/-]+$/) }
        for path in folders where !Self.paths.contains(path.hasSuffix("/") ? String(path.dropLast()) : String(path)) {
            Issue.record("\(document) names \(path), which does not exist")
        }
        for file in quoted where file.contains(/^[\w+\/]+\.swift$/) {
            let isThere = Self.paths.contains { $0 == file || $0.hasSuffix("/\(file)") }
            #expect(isThere, "\(document) names \(file), which does not exist")
        }
    }
}
