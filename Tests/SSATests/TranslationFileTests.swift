import Foundation
import SSA
import Testing
import WasmFormats
import WasmModel

/// Each file in `Translations` is a module in the text format, followed by the SSA form of its functions in comments.
///
/// `BLESS=1 swift test` writes the SSA form anew; where there is none, it is written and the test fails.
@Suite struct TranslationFileTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Translations")
    private static let separator = ";; SSA form\n"

    private static func fileNames() -> [String] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
        return names.filter { $0.hasSuffix(".wat") }.sorted()
    }

    @Test func `there are files`() {
        #expect(!Self.fileNames().isEmpty)
    }

    @Test(arguments: fileNames())
    func `the functions of a file have the SSA form that it says`(name: String) throws {
        let url = Self.folder.appending(path: name)
        let content = try String(contentsOf: url, encoding: .utf8)
        let parts = content.components(separatedBy: Self.separator)
        let found = try translation(of: parts[0])
        let isBlessed = ProcessInfo.processInfo.environment["BLESS"] == "1"
        if isBlessed || parts.count == 1 {
            let input = parts[0].trimmingCharacters(in: .newlines)
            try "\(input)\n\n\(Self.separator)\(found)".write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(isBlessed || parts.count == 2 && parts[1] == found, "\(name) says something else")
    }

    /// The SSA form of all functions, as comments; the verifier must accept each.
    private func translation(of source: String) throws -> String {
        let module = try Validator.validate(TextParser.module(source))
        let translator = ModuleTranslator(module)
        var text = ""
        for position in module.module.functions.indices {
            let function = try translator.translate(defined: position)
            try Verifier.verify(function)
            text += function.description
        }
        return text.split(separator: "\n").map { ";; \($0)\n" }.joined()
    }
}
