import Foundation
import SSA
import SnapshotFiles
import Testing
import WasmFormats
import WasmModel

/// Each file in `Translations` and `Optimizations` is a module in the text format, followed by the SSA form of its functions in comments:
/// after translation, or after optimisation too.
@Suite struct FileTests {
    private static let here = URL(filePath: #filePath).deletingLastPathComponent()

    private static func paths() -> [String] { SnapshotFile.paths(of: ["Translations", "Optimizations"], in: here) }

    @Test func `there are files`() {
        #expect(Self.paths().contains { $0.hasPrefix("Translations/") })
        #expect(Self.paths().contains { $0.hasPrefix("Optimizations/") })
    }

    @Test(arguments: paths())
    func `the functions of a file have the SSA form that it says`(path: String) throws {
        let file = try SnapshotFile(Self.here.appending(path: path), separator: ";; SSA form\n")
        try file.expect(form(of: file.input, isOptimized: path.hasPrefix("Optimizations/")))
    }

    /// The SSA form of all functions; the verifier must accept each.
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
        return text
    }
}
