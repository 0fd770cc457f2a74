import Foundation
import SSA
import Testing
import WasmFormats
import WasmModel

/// Each file in `Translations` and `Optimizations` is a module in the text format, followed by the SSA form of its functions in comments:
/// after translation, or after optimisation too.
///
/// `BLESS=1 swift test` writes the SSA form anew; where there is none, it is written and the test fails.
@Suite struct FileTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()
    private static let separator = ";; SSA form\n"

    private static func paths() -> [String] {
        ["Translations", "Optimizations"].flatMap { folder in
            let names =
                (try? FileManager.default.contentsOfDirectory(atPath: here.appending(path: folder).path())) ?? []
            return names.filter { $0.hasSuffix(".wat") }.sorted().map { "\(folder)/\($0)" }
        }
    }

    @Test func `there are files`() {
        #expect(Self.paths().contains { $0.hasPrefix("Translations/") })
        #expect(Self.paths().contains { $0.hasPrefix("Optimizations/") })
    }

    @Test(arguments: paths())
    func `the functions of a file have the SSA form that it says`(path: String) throws {
        let url = Self.here.appending(path: path)
        let content = try String(contentsOf: url, encoding: .utf8)
        let parts = content.components(separatedBy: Self.separator)
        let found = try form(of: parts[0], isOptimized: path.hasPrefix("Optimizations/"))
        let isBlessed = ProcessInfo.processInfo.environment["BLESS"] == "1"
        if isBlessed || parts.count == 1 {
            let input = parts[0].trimmingCharacters(in: .newlines)
            try "\(input)\n\n\(Self.separator)\(found)".write(to: url, atomically: true, encoding: .utf8)
        }
        #expect(isBlessed || parts.count == 2 && parts[1] == found, "\(path) says something else")
    }

    /// The SSA form of all functions, as comments; the verifier must accept each.
    private func form(of source: String, isOptimized: Bool) throws -> String {
        let module = try Validator.validate(TextParser.module(source))
        let translator = ModuleTranslator(module)
        var text = ""
        for position in module.module.functions.indices {
            let function = try translator.translate(defined: position)
            let shown = isOptimized ? function.optimized() : function
            try Verifier.verify(shown)
            text += shown.description
        }
        return text.split(separator: "\n").map { ";; \($0)\n" }.joined()
    }
}
