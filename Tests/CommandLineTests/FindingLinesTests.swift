import Foundation
import Testing

/// What is said of a finding, wherever it is told.
struct FindingLinesTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private struct Row: Decodable {
        var severity: String
        var disclosure: String?
    }

    private struct Summary: Decodable {
        var findings: [Row]
    }

    @Test(arguments: [
        ("compile", "compile crash", nil), ("execute", "memory safety", "goes to the vendor first, in private"),
    ])
    func `the severity of a finding is said when it is stored, in the summary and by triage`(
        _ phase: String,
        _ severity: String,
        _ disclosure: String?
    ) throws {
        defer { tool.removeFolder() }
        let ending = try MortalEngine.campaign(dyingIn: phase, tool)
        #expect(ending.status == 1, "\(ending.text)\(ending.error)")
        let words = severity + (disclosure.map { " (\($0))" } ?? "")
        // What wrong code runs into is told apart by what is left of it.
        let (slug, rest) = phase == "execute" ? ("-nothing-else", " (nothing else)") : ("", "")
        let line = "found/0001-mortal-\(phase)-sigsegv\(slug): mortal \(phase): SIGSEGV\(rest)"
        for (text, start) in [(ending.error, "new: "), (ending.text, "  ")] {
            let told = text.split(separator: "\n").first { $0.hasPrefix(start + line) }
            #expect(told?.contains(", \(words), ") == true, "\(text)")
        }
        let table = try tool.run(["triage", "found"]).text
        #expect(table.contains("  \(words)  mortal \(phase): SIGSEGV"), "\(table)")
        let rows = try JSONDecoder().decode([Row].self, from: Data(try tool.run(["triage", "found", "--json"]).output))
        #expect(rows.map(\.severity) == [severity] && rows.map(\.disclosure) == [disclosure])
        let summary = try JSONDecoder().decode(Summary.self, from: Data(try tool.read("s.json")))
        #expect(summary.findings.map(\.severity) == [severity])
    }

    @Test func `what is accepted makes no campaign red`() throws {
        defer { tool.removeFolder() }
        #expect(try MortalEngine.campaign(dyingIn: "compile", tool).status == 1)
        let again = try MortalEngine.campaign(dyingIn: "compile", tool)
        #expect(again.status == 1 && again.text.contains(", known before\n"), "\(again.text)")
        let report = "found/0001-mortal-compile-sigsegv/report.json"
        let text = String(decoding: try tool.read(report), as: UTF8.self)
        _ = try tool.write(text.replacing("\"open\"", with: "\"accepted\""), to: report)
        let accepted = try MortalEngine.campaign(dyingIn: "compile", tool)
        #expect(accepted.status == 0, "\(accepted.text)\(accepted.error)")
        #expect(accepted.error.contains("known and accepted: found/0001-mortal-"), "\(accepted.error)")
        #expect(accepted.text.hasSuffix("\n  1 known and accepted\nnothing found that is not accepted\n"))
        #expect(String(decoding: try tool.read("s.json"), as: UTF8.self).contains("\"knownAndAccepted\" : 1"))
    }
}
