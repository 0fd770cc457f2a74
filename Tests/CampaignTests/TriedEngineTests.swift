import Execution
import Testing

@testable import Campaign

/// Engines outside of the program are tried before the campaign, and some cannot be used.
struct TriedEngineTests {
    private static let agreements = #""agreements":3,"divergences":0,"refusals":0,"undecided":{},"notRun":0"#
    private static let old = UnusableEngine(engine: "foreign:old", reason: "bad option")

    private func campaign(_ engines: [String], optional: Set<String>) throws -> ScriptedCampaign {
        var campaign = try ScriptedCampaign(ScriptedCampaign.report(Self.agreements, engine: "foreign:good"))
        campaign.registry = ForeignEngines.registry
        campaign.options.engines = engines
        campaign.options.optionalEngines = optional
        return campaign
    }

    @Test func `one that came in with all others is left out, and is no problem`() async throws {
        let summary = try await campaign(["foreign:good", "foreign:old"], optional: ["foreign:good", "foreign:old"])
            .run()
        #expect(summary.leftOut == [Self.old])
        #expect(summary.engines.keys.sorted() == ["foreign:good"])
        #expect(
            summary.text.contains("\n  left out: foreign:old cannot be used: bad option\nnothing found"),
            "\(summary.text)"
        )
        #expect(summary.problems == [] && summary.conclusion == .agreement)
    }

    @Test func `one that was asked for by its name is a problem, told once`() async throws {
        let summary = try await campaign(["foreign:good", "foreign:old"], optional: ["foreign:good"]).run()
        #expect(summary.leftOut == [])
        #expect(summary.problems == ["foreign:old cannot be used: bad option"])
        #expect(summary.text.contains("\n  foreign:old: nothing compared\n"), "\(summary.text)")
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `where none remains nothing was compared`() async throws {
        let summary = try await campaign(["foreign:old"], optional: ["foreign:old"]).run()
        #expect(summary.leftOut == [Self.old] && summary.engines == [:] && summary.problems == [])
        #expect(summary.conclusion == .nothingCompared)
        #expect(summary.text.hasSuffix("\nnothing found, and nothing was compared"))
    }

    @Test(arguments: [Set(["foreign:old"]), []])
    func `one that cannot be used keeps no case of a dead worker waiting`(_ optional: Set<String>) async throws {
        var campaign = try ScriptedCampaign(
            ScriptedCampaign.dying(cases: 1, serve: ScriptedCampaign.completes)
        )
        campaign.registry = ForeignEngines.registry
        campaign.options.engines += ["foreign:old"]
        campaign.options.optionalEngines = optional
        let summary = try await campaign.run()
        #expect(summary.problems.contains { $0.hasPrefix("a worker died in a case that passes alone") })
        #expect(campaign.pending("unreproduced").count == 1 && summary.notStored == 0)
    }

    @Test func `trying engines takes none of the time of the campaign`() async throws {
        var campaign = try campaign(["foreign:slow", "foreign:good"], optional: [])
        campaign.options.seconds = 5
        let summary = try await campaign.run()
        #expect(summary.engines["foreign:good"]?.verdicts.agreements ?? 0 > 0, "\(summary.text)")
    }
}
