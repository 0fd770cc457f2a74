import Foundation
import Testing

/// `reduce --predicate`: what is interesting is said by a command.
struct PredicateTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private func module() throws -> String {
        let others = (0..<8).map { "(func (export \"other-\($0)\") (result i32 i64) i32.const \($0) i64.const 7)" }
        return try tool.write(
            "(module (memory 1) \(others.joined()) (func (export \"wanted\") (param i32) (result i32) local.get 0))",
            to: "many.wat"
        )
    }

    @Test func `what a command finds interesting stays, and all else goes`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run([
            "reduce", try module(), "--predicate", "grep -q wanted {wasm}", "-o", "small", "--quiet",
        ])
        #expect(ending.status == 1, "\(ending.text)\(ending.error)")
        let text = try String(contentsOfFile: tool.path("small/reduced.wat"), encoding: .utf8)
        #expect(text.contains("wanted") && !text.contains("other-") && !text.contains("memory"), "\(text)")
        #expect(FileManager.default.fileExists(atPath: tool.path("small/reduced.wasm")))
    }

    @Test(arguments: [
        ("grep -q absent", Int32(0), "does not find it interesting"), ("no-such-program-at-all", 2, "no such program"),
        ("'open", 2, "a quote is not closed"),
    ])
    func `what is not interesting, and what is no command, is said`(
        _ predicate: String,
        _ status: Int32,
        _ part: String
    ) throws {
        defer { tool.removeFolder() }
        let ending = try tool.run(["reduce", try module(), "--predicate", predicate, "--quiet"])
        #expect(ending.status == status && (ending.text + ending.error).contains(part), "\(ending.text)\(ending.error)")
    }
}
