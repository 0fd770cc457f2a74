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
        let line = "found/0001-mortal-\(phase)-sigsegv: mortal \(phase): SIGSEGV"
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
}
