import Foundation
import Testing

/// What the README and the articles say of the repository.
struct DocumentationTests {
    private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static let catalog = "Sources/fuzz-multivalue/Documentation.docc"

    private static let articles: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: catalog).path())) ?? []
        return names.filter { $0.hasSuffix(".md") }.sorted().map { "\(catalog)/\($0)" }
    }()

    private static let documents = ["README.md", "SECURITY.md", "CHANGELOG.md", "Crashes/README.md"] + articles

    private static func text(of document: String) throws -> String {
        try String(contentsOf: root.appending(path: document), encoding: .utf8)
    }

    /// The lines of a document that are not code.
    private static func prose(of document: String) throws -> [Substring] {
        try text(of: document).split(separator: "\n").filter { !$0.hasPrefix("    ") }
    }

    /// Where the links and pictures of a document lead, without what code quotes.
    private static func links(of document: String) throws -> [String] {
        try prose(of: document).flatMap { line -> [String] in
            let text = line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .map { $0.offset % 2 == 0 ? $0.element : "code" }.joined()
            return text.matches(of: /\]\(([^)]+)\)/).map { String($0.1) }
                + text.matches(of: /(?:src|srcset)="([^"]+)"/).map { String($0.1) }
        }
    }

    /// What GitHub calls the headings of a document.
    private static func anchors(of document: String) throws -> Set<String> {
        Set(
            try prose(of: document).filter { $0.hasPrefix("#") }.map { heading in
                heading.drop { $0 == "#" }.lowercased().filter { $0.isLetter || $0.isNumber || "-_ ".contains($0) }
                    .trimmingCharacters(in: .whitespaces).replacing(" ", with: "-")
            }
        )
    }

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
        let text = (try? Self.text(of: "\(catalog)/Architecture.md")) ?? ""
        func names(_ cell: Substring) -> [String] {
            cell.split(separator: "`").map(String.init).filter { $0.contains(/^[A-Z]\w+$/) }
        }
        return text.split(separator: "\n").flatMap { line -> [(target: String, imported: Set<String>)] in
            let cells = line.split(separator: "|")
            guard line.hasPrefix("| `"), cells.count == 3 else { return [] }
            return names(cells[0]).map { ($0, Set(names(cells[2]))) }
        }
    }()

    @Test func `each target imports what the article says`() throws {
        let targets = Set(Self.imports.map(\.target))
        let folders = Self.paths.filter { $0.contains(/^Sources\/[A-Z]\w+$/) }.map {
            String($0.dropFirst("Sources/".count))
        }
        #expect(targets == Set(folders))
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
        let text = try Self.text(of: document)
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

    @Test(arguments: documents)
    func `every link of a document leads to a file, and to a heading of it where it names one`(
        _ document: String
    ) throws {
        let folder = Self.root.appending(path: document).deletingLastPathComponent()
        for link in try Self.links(of: document) where !link.contains(/^\w+:/) {
            let parts = link.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            let file = parts[0].isEmpty ? Self.root.appending(path: document) : folder.appending(path: String(parts[0]))
            guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else {
                Issue.record("\(document) links to \(link), which does not exist")
                continue
            }
            guard parts.count == 2 else { continue }
            let path = file.standardizedFileURL.path(percentEncoded: false)
                .dropFirst(Self.root.standardizedFileURL.path(percentEncoded: false).count)
            let anchors = try Self.anchors(of: String(path.drop { $0 == "/" }))
            #expect(anchors.contains(String(parts[1])), "\(document) links to \(link), which has no such heading")
        }
    }

    @Test(arguments: articles)
    func `an article links in the forms that ci/build-documentation makes links of DocC of`(_ article: String) throws {
        for link in try Self.links(of: article) where !link.hasPrefix("https://") {
            #expect(link.contains(/^([A-Za-z]+\.md|Resources\/[\w~-]+\.svg)$/), "\(article) links to \(link)")
        }
        #expect(try Self.prose(of: article).allSatisfy { !$0.contains("<doc:") }, "GitHub does not show links of DocC")
    }

    @Test func `the first page of the articles lists each of them, and so does the README`() throws {
        let first = "\(Self.catalog)/fuzz-multivalue.md"
        let others = Set(Self.articles).subtracting([first])
        #expect(others.count >= 20)
        #expect(others.subtracting(try Self.links(of: "README.md")).isEmpty)
        #expect(others.subtracting(try Self.links(of: first).map { "\(Self.catalog)/\($0)" }).isEmpty)
    }

    @Test func `the README is a page and a half`() throws {
        let words = try Self.text(of: "README.md").split(whereSeparator: \.isWhitespace)
        #expect(words.count <= 1000, "what is not for newcomers belongs in an article")
    }
}
