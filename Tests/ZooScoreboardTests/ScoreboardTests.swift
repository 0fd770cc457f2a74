import BugZoo
import Engines
import Testing
import Triage
import WasmGenerator

@testable import ZooScoreboard

@Suite struct ScoreboardTests {
    /// Only the simulated machine, in this process: what goes wrong there harms nobody.
    private static func run(_ identifier: String, searches: [Search], seconds: Double) throws -> Scoreboard {
        var run = ScoreboardRun(
            specimens: [try #require(Specimen(identifier: identifier))],
            searches: searches,
            seconds: seconds
        ) { specimen in
            try EngineCatalog(change: specimen?.breakPipeline).engines(named: "arm64:none:definitions")
        }
        run.maximumArity = 20
        run.reductionSeconds = 5
        return try run.run()
    }

    @Test func `a run finds the specimen, reduces it to its boundary, and finds nothing in the healthy pipeline`()
        throws
    {
        let scoreboard = try Self.run("reversed-stub-results", searches: [.everything], seconds: 1)
        #expect(scoreboard.isPassed)
        let row = try #require(scoreboard.rows.first)
        let discovery = try #require(row.discovery)
        #expect(discovery.engine == "arm64:none:definitions")
        #expect(discovery.signature == CrashSignature(text: "arm64 execute: wrong result"))
        #expect(discovery.reducedSize <= discovery.originalSize)
        #expect(discovery.boundaries.first == Boundary(variable: .results, lastGood: 1, firstBad: 2))
        #expect(scoreboard.rows.last?.specimen == nil)
        #expect(scoreboard.rows.last?.discovery == nil)
    }

    @Test func `random bytes do not get as far as the compilers`() throws {
        let scoreboard = try Self.run("reversed-stub-results", searches: [.randomBytes], seconds: 0.2)
        #expect(scoreboard.rows.allSatisfy { $0.discovery == nil && $0.agreements == $0.cases })
    }

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

    private static let discovery = Discovery(
        engine: "arm64",
        signature: CrashSignature(text: "arm64 compile: no end"),
        observed: "no end",
        recipe: nil,
        reducedRecipe: nil,
        originalSize: 99,
        reducedSize: 44,
        reductionRuns: 3,
        isMinimal: true,
        boundaries: [Boundary(variable: .results, lastGood: 253, firstBad: 254)]
    )
}
