import Foundation
import Testing

/// Compilers whose code checks itself are engines beside those whose code does not.
struct AuditedEngineTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    @Test func `a campaign compares audited code and plain code by turns`() throws {
        defer { tool.removeFolder() }
        let ending = try tool.run([
            "fuzz", "--engines", "arm64:none:loads", "--cases", "60", "--time", "60", "--no-coverage", "--quiet",
            "--crashes",
            tool.path("found"), "--json", "s.json",
        ])
        #expect(ending.status == 0, "\(ending.text)\(ending.error)")
        struct Summary: Decodable {
            struct Tally: Decodable {
                struct Verdicts: Decodable { var agreements: Int }
                var verdicts: Verdicts
            }
            var engines: [String: Tally]
        }
        let data = try Data(contentsOf: URL(fileURLWithPath: tool.path("s.json")))
        let engines = try JSONDecoder().decode(Summary.self, from: data).engines.mapValues(\.verdicts.agreements)
        #expect(Set(engines.keys) == ["arm64:none:loads", "arm64:none:loads:audited"])
        #expect(engines.values.allSatisfy { $0 > 10 }, "\(engines)")
    }

    @Test func `an audited engine is run by its name, and has none beside it`() throws {
        defer { tool.removeFolder() }
        let file = try tool.write("(module (func (export \"f\") (result i32) i32.const 7))", to: "f.wat")
        let run = try tool.run(["run", file, "--engines", "arm64:speed:loads:audited"])
        #expect(
            run.status == 0 && run.text.contains("arm64:speed:loads:audited  returned 1 value  agrees"),
            "\(run.text)"
        )
        let twice = try tool.run(["run", file, "--engines", "arm64:speed:loads:audited:audited"])
        #expect(twice.isOneLineError, "\(twice.error)")
        let oracle = try tool.run(["run", file, "--engines", "interpreter:audited"])
        #expect(oracle.isOneLineError && oracle.error.contains("no such option ':audited'"), "\(oracle.error)")
    }
}
