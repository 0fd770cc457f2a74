import Foundation
import Testing

/// The script that makes Markdown of the JSON of campaigns, on summaries that campaigns wrote.
struct SummariseTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private static let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appendingPathComponent("ci/summarise").path

    private static let hasPython = (try? CommandLineTool.output(of: "python3", ["-c", "print('here')"])) == "here\n"

    private func summarise(_ arguments: [String]) throws -> String {
        try CommandLineTool.output(of: "python3", [Self.script] + arguments, in: tool.folder)
    }

    private func campaign(dyingIn phase: String) throws {
        let ending = try MortalEngine.campaign(dyingIn: phase, tool)
        try #require(ending.status == 1, "\(ending.text)\(ending.error)")
    }

    @Test(.enabled(if: hasPython, "there is no python3"))
    func `a summary becomes tables of engines and of findings`() throws {
        defer { tool.removeFolder() }
        try campaign(dyingIn: "compile")
        let text = try summarise(["s.json", "missing.json"])
        for part in [
            "### s.json: 1 new findings, 0 known", "\nseed 1, ",
            ", 20 s, 3 cases, profiles calls, at most 10000 values, no coverage; ",
            "| mortal | ", "mortal compile: SIGSEGV", "compile crash",
            "found/0001-",
            "### missing.json: there is no summary",
        ] { #expect(text.contains(part), "\(text)") }
        #expect(!text.contains("withheld"))
        let json = String(decoding: try tool.read("s.json"), as: UTF8.self)
        let leftOut = json.replacing(
            /"leftOut" : \[\s*\]/,
            with: #""leftOut": [{"engine": "old", "reason": "bad option"}]"#
        )
        _ = try tool.write(leftOut.replacing("\"open\"", with: "\"accepted\""), to: "s.json")
        let accepted = try summarise(["s.json"])
        #expect(accepted.contains("### s.json: nothing found, 1 accepted"), "\(accepted)")
        #expect(accepted.contains("\n- left out: old cannot be used: bad option\n"), "\(accepted)")
        #expect(accepted.contains("| accepted | mortal | compile crash | "), "\(accepted)")
    }

    @Test(.enabled(if: hasPython, "there is no python3"))
    func `what is a matter of memory safety is withheld, the folder and what tells of it`() throws {
        defer { tool.removeFolder() }
        try campaign(dyingIn: "execute")
        #expect(try summarise(["s.json"]).contains("memory safety, to the vendor first, in private"))
        _ = try summarise(["--withhold", "private", "s.json"])
        let text = try summarise(["s.json"])
        #expect(text.contains("1 findings are withheld") && !text.contains("SIGSEGV"), "\(text)")
        #expect(!String(decoding: try tool.read("s.json"), as: UTF8.self).contains("SIGSEGV"))
        let moved = try FileManager.default.contentsOfDirectory(atPath: tool.path("private"))
        #expect(moved.count == 1 && moved[0].hasPrefix("0001-"))
        let left = try FileManager.default.contentsOfDirectory(atPath: tool.path("found"))
        #expect(!left.contains { $0.hasPrefix("0001-") })
    }
}
