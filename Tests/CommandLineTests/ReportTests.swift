import Foundation
import Testing

/// The page about a crash store and a campaign.
struct ReportTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    /// A store with one crash of a compiler under a deliberate bug, in `found`, and the summary of the campaign in `s.json`.
    private func campaign() throws {
        let fuzz = [
            "fuzz", "--cases", "12", "--quiet", "--inject", "operand-index-u8",
        ]
        let ending = try tool.run(fuzz + ["--engines", "x86_64:none", "--crashes", "found", "--json", "s.json"])
        try #require(ending.status == 1, "\(ending.text)\(ending.error)")
    }

    private func page() throws -> String { String(decoding: try tool.read("page.html"), as: UTF8.self) }

    @Test func `a store and a campaign are one page, with the code of both machines`() throws {
        defer { tool.removeFolder() }
        try campaign()
        let ending = try tool.run(["report", "found", "--campaign", "s.json", "-o", "page.html"])
        #expect(
            ending.status == 0 && ending.text == "page.html\n" && ending.error == "",
            "\(ending.text)\(ending.error)"
        )
        let page = try page()
        for part in [
            "Crash store found and campaign s.json", "operand-index-u8",
            "fuzz-multivalue replay &quot;$PWD&quot; --inject operand-index-u8", "; call layout: ",
            "What each engine does",
            "(module",
            "; x86_64, ", "; arm64, ",
            "with the deliberate bug the compiler crashes: assertion failed: register is real",
            "Cases compared per second", "Places met, by edge and arity", "</html>",
        ] { #expect(page.contains(part), "\(part)") }
        let alone = try tool.run(["report", "--campaign", "s.json", "-o", "-"])
        #expect(alone.status == 0 && alone.text.hasPrefix("<!DOCTYPE html>") && alone.text.hasSuffix("</html>\n"))
        #expect(alone.text.contains("What the campaign found") && !alone.text.contains("<article"))
    }

    @Test func `a crash folder that cannot be read is named in the page, which is written all the same`() throws {
        defer { tool.removeFolder() }
        try FileManager.default.createDirectory(atPath: tool.path("Crashes/0001-x"), withIntermediateDirectories: true)
        _ = try tool.write("{", to: "Crashes/0001-x/report.json")
        let ending = try tool.run(["report", "-o", "page.html"])
        #expect(ending.status == 2 && ending.text == "page.html\n", "\(ending.text)")
        #expect(
            ending.error.hasPrefix("error: Crashes/0001-x/report.json: malformed")
                && ending.error.count { $0 == "\n" } == 1
        )
        #expect(try page().contains("Cannot be read: Crashes/0001-x/report.json: malformed"))
    }

    @Test func `what is no store, no summary or no place for a page is one line, and nothing is written`() throws {
        defer { tool.removeFolder() }
        let files = [
            ("broken.json", "{\"cases\": 1"), ("other.json", "{\"schemaVersion\": 6}"),
            ("newer.json", "{\"schemaVersion\": 99}"),
            ("numbers.json", "[1]"),
        ]
        for (name, text) in files { _ = try tool.write(text, to: name) }
        let commands: [([String], String)] = [
            (["report", "-o", "page.html"], "Crashes: no such folder"),
            (["report", "missing", "-o", "page.html"], "missing: no such folder"),
            (["report", "broken.json", "-o", "page.html"], "broken.json: no such folder"),
            (["report", "--campaign", "missing.json", "-o", "page.html"], "missing.json: the file is missing"),
            (["report", "--campaign", "broken.json", "-o", "page.html"], "broken.json: malformed"),
            (["report", "--campaign", "other.json", "-o", "page.html"], "other.json: key 'cases' is missing"),
            (
                ["report", "--campaign", "newer.json", "-o", "page.html"],
                "newer.json: schema version 99 is newer than 6"
            ),
            (["report", "--campaign", "numbers.json", "-o", "page.html"], "numbers.json: wrong type"),
            (
                ["report", "--campaign", "other.json", "-o", "missing/page.html"],
                "missing/page.html: cannot write the file"
            ),
            (["report"], "Missing expected argument"),
        ]
        for (command, part) in commands {
            let ending = try tool.run(command)
            #expect(ending.isOneLineError && ending.error.contains(part), "\(command): \(ending.error)\(ending.text)")
        }
        #expect(!FileManager.default.fileExists(atPath: tool.path("page.html")))
    }
}
