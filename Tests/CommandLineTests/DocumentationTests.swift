import Foundation
import Testing

/// What the README and the articles say of the repository.
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let documents: [String] = {
        let articles = "Sources/fuzz-multivalue/Documentation.docc"
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: articles).path())) ?? []
        return ["README.md", "SECURITY.md", "CHANGELOG.md"]
            + names.filter { $0.hasSuffix(".md") }.sorted().map { "\(articles)/\($0)" }
    }()

    /// The paths of all files of the package, and of their folders.
    private static let paths: Set<String> = {
        var paths: Set<String> = []
        for folder in ["Sources", "Tests", "FuzzTargets", "Crashes", "Examples", "ci", ".ci", ".github"] {
            let contents = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            paths.insert(folder)
            while let path = contents?.nextObject() as? String { paths.insert("\(folder)/\(path)") }
        }
        return paths
    }()

    /// The targets with what they may import, as the table of the article says.
    private static let imports: [(target: String, imported: Set<String>)] = {
        let article = root.appending(path: "Sources/fuzz-multivalue/Documentation.docc/Architecture.md")
        let text = (try? String(contentsOf: article, encoding: .utf8)) ?? ""
        func names(_ cell: Substring) -> [String] {
            cell.split(separator: "`").map(String.init).filter { $0.contains(/^[A-Z]\w+$/) }
        }
        return text.split(separator: "\n").flatMap { line -> [(target: String, imported: Set<String>)] in
            let cells = line.split(separator: "|")
            guard line.hasPrefix("| `"), cells.count == 2 else { return [] }
            return names(cells[0]).map { ($0, Set(names(cells[1]))) }
        }
    }()

    @Test func `each target imports what the article says`() throws {
        let targets = Set(Self.imports.map(\.target))
        #expect(targets.count >= 25)
        for (target, imported) in Self.imports {
            var found: Set<String> = []
            for path in Self.paths where path.hasPrefix("Sources/\(target)/") && path.hasSuffix(".swift") {
                let text = try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
                found.formUnion(text.matches(of: /(?m)^import (\w+)$/).map { String($0.1) })
            }
            #expect(found.intersection(targets) == imported, "\(target)")
        }
    }

    @Test(arguments: documents)
    func `every file and folder that a document names is there`(_ document: String) throws {
        let text = try String(contentsOf: Self.root.appending(path: document), encoding: .utf8)
        let quoted = text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map(\.element)
        let folders = quoted.filter {
            $0.contains(/^(Sources|Tests|FuzzTargets|Crashes|Examples|\.?ci|\.github)\/[\w+.\/-]+$/)
        }
        for path in folders where !Self.paths.contains(path.hasSuffix("/") ? String(path.dropLast()) : String(path)) {
            Issue.record("\(document) names \(path), which does not exist")
        }
        for file in quoted where file.contains(/^[\w+\/]+\.swift$/) {
            let isThere = Self.paths.contains { $0 == file || $0.hasSuffix("/\(file)") }
            #expect(isThere, "\(document) names \(file), which does not exist")
        }
    }
}
