import Foundation
import Testing
import WasmFormats
import WasmModel

/// The scripts of the specification's test suite, where they are at hand.
enum SpecificationScripts {
    static let folder: URL? = {
        let given = ProcessInfo.processInfo.environment["SPEC_TESTS"]
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let base = given.map { URL(fileURLWithPath: $0) } ?? package.appendingPathComponent("../shared/spec-tests")
        let core = base.standardizedFileURL.appendingPathComponent("core")
        return FileManager.default.fileExists(atPath: core.path) ? core : nil
    }()

    static let skipReason: Comment = "the specification's tests are at neither SPEC_TESTS nor ../shared/spec-tests"

    static func bytes(of file: URL) throws -> [UInt8] { Array(try Data(contentsOf: file)) }
}

@Suite(.enabled(if: SpecificationScripts.folder != nil, SpecificationScripts.skipReason))
struct SpecificationTextTests {
    @Test
    func `a printed script parses back equal`() throws {
        for name in ["call.wast", "f32.wast", "linking.wast", "ref_null.wast", "instance.wast", "gc/ref_eq.wast"] {
            let file = try #require(SpecificationScripts.folder).appendingPathComponent(name)
            let script = try ScriptParser.script(try SpecificationScripts.bytes(of: file))
            let read = try ScriptParser.script(ScriptPrinter.text(of: script))
            #expect(read.commands.map(\.kind) == script.commands.map(\.kind), "\(name)")
        }
    }
}
