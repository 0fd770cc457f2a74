import BugZoo
import Campaign
import Execution
import Foundation
import TestedEngines
import Testing
import Triage

@testable import ZooScoreboard

@Suite struct ScoreboardTests {
    @Test func `a specimen that is not found, and a finding in the healthy pipeline, fail the scoreboard`() {
        let missed = ScoreboardRow(
            specimen: "x",
            search: .everything,
            cases: 1,
            agreements: 1,
            inconclusive: 0,
            seconds: 1
        )
        var clean = missed
        clean.specimen = nil
        #expect(!Scoreboard(rows: [missed, clean]).isPassed)
        var found = missed
        found.discovery = Self.discovery
        #expect(Scoreboard(rows: [found, clean]).isPassed)
        var alarmed = clean
        alarmed.discovery = Self.discovery
        #expect(!Scoreboard(rows: [found, alarmed]).isPassed)
        clean.agreements = 0
        #expect(!Scoreboard(rows: [found, clean]).isPassed)
    }

    @Test func `the table shows what was found and what the baselines missed`() {
        var rows = [
            ScoreboardRow(specimen: "x", search: .everything, cases: 7, agreements: 6, inconclusive: 0, seconds: 0.25)
        ]
        rows[0].discovery = Self.discovery
        rows.append(
            ScoreboardRow(specimen: "x", search: .cappedAt20, cases: 9, agreements: 9, inconclusive: 0, seconds: 10)
        )
        rows.append(
            ScoreboardRow(specimen: nil, search: .everything, cases: 9, agreements: 8, inconclusive: 1, seconds: 10)
        )
        #expect(
            Scoreboard(rows: rows).table == """
                specimen   found  cases  seconds  engine  bytes     boundary                    signature
                x          yes    7      0.3      arm64   99 -> 44  253 results pass, 254 fail  arm64 compile: no end
                (healthy)  no     9      10.0     -       -         -                           -

                specimen  everything           capped-20
                x         yes, 7 cases, 0.3 s  no, 9 cases, 10.0 s

                1 of 1 specimens found, 0 by capped-20; healthy pipeline: no finding in 9 cases (8 agreements, 1 inconclusive)

                """
        )
    }

    @Test func `the baselines are campaigns of their own kind`() {
        var options = CampaignOptions()
        Search.everything.configure(&options)
        #expect(options == CampaignOptions())
        Search.cappedAt20.configure(&options)
        #expect(options.profiles == ["capped-20"])
        options = CampaignOptions()
        Search.randomBytes.configure(&options)
        #expect(options.takesRawBytes && !options.sweeps)
    }

    private static let discovery = Discovery(
        engine: "arm64",
        signature: CrashSignature(text: "arm64 compile: no end"),
        originalSize: 99,
        reducedSize: 44,
        boundary: Boundary(variable: .results, lastGood: 253, firstBad: 254)
    )
}
