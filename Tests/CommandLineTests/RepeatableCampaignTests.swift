import Foundation
import Testing

/// Campaigns with a number of cases, which are the same each time.
struct RepeatableCampaignTests {
    private let tool: CommandLineTool

    init() throws { tool = try CommandLineTool() }

    private static let ofTime: Set<String> = ["seconds", "casesPerSecond", "series"]

    private static func withoutTimes(_ value: Any) -> Any {
        if let object = value as? [String: Any] {
            return object.filter { !ofTime.contains($0.key) }.mapValues(withoutTimes)
        }
        return (value as? [Any])?.map(withoutTimes) ?? value
    }

    /// The JSON of a campaign with an empty crash store, but for times.
    private func summary(_ arguments: [String]) throws -> NSDictionary {
        for name in ["k", "s.json"] { try? FileManager.default.removeItem(atPath: tool.path(name)) }
        let ending = try tool.run(["fuzz", "--crashes", "k", "--json", "s.json", "--quiet"] + arguments)
        #expect(ending.status <= 1, "\(ending.text)\(ending.error)")
        let json = try JSONSerialization.jsonObject(with: Data(tool.read("s.json")))
        return try #require(Self.withoutTimes(json) as? NSDictionary)
    }

    @Test func `the same seed, cases and workers give the same summary, and another seed gives another one`() throws {
        defer { tool.removeFolder() }
        let arguments = [
            "--cases", "32", "--workers", "3", "--max-arity", "33", "--engines", "arm64:none:loads,x86_64:speed",
            "--seed",
        ]
        let first = try summary(arguments + ["7"])
        #expect(first["cases"] as? Int == 32)
        #expect(first["domain"] != nil)
        #expect(try summary(arguments + ["7"]) == first)
        #expect(try summary(arguments + ["8"]) != first)
    }

    @Test func `the first case of the stream finds the founding bug, and the same is found again`() throws {
        defer { tool.removeFolder() }
        let arguments = [
            "--cases", "5", "--workers", "2", "--max-arity", "300", "--engines", "x86_64:none:definitions", "--inject",
            "operand-index-u8",
        ]
        let first = try summary(arguments)
        #expect(first["cases"] as? Int == 5 && (first["restarts"] as? Int ?? 0) > 0)
        let findings = try #require(first["findings"] as? [[String: Any]])
        #expect((findings.first?["discovery"] as? [String: Any])?["cases"] as? Int == 1, "\(findings)")
        #expect(try summary(arguments) == first)
    }
}
