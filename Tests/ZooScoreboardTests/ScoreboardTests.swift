import BugZoo
import Campaign
import Execution
import Foundation
import TestedEngines
import Testing
import Triage
import WorkerIsolation

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
        found.discoveries = [Self.discovery]
        #expect(Scoreboard(rows: [found, clean]).isPassed)
        var alarmed = clean
        alarmed.discoveries = [Self.discovery]
        #expect(!Scoreboard(rows: [found, alarmed]).isPassed)
        clean.agreements = 0
        #expect(!Scoreboard(rows: [found, clean]).isPassed)
    }

    @Test func `the table shows what was found and what the baselines missed`() {
        var rows = [
            ScoreboardRow(specimen: "x", search: .everything, cases: 7, agreements: 6, inconclusive: 0, seconds: 0.25)
        ]
        rows[0].discoveries = [Self.discovery]
        rows[0].smallestSize = 40
        rows[0].boundary = .right
        rows.append(
            ScoreboardRow(specimen: "x", search: .cappedAt20, cases: 9, agreements: 9, inconclusive: 0, seconds: 10)
        )
        rows.append(
            ScoreboardRow(specimen: nil, search: .everything, cases: 9, agreements: 8, inconclusive: 1, seconds: 10)
        )
        #expect(
            Scoreboard(rows: rows).table == """
                specimen   found  cases  seconds  engine  oracle  bytes     smallest  boundary                           signature
                x          yes    7      0.3      arm64   limits  99 -> 44  40        253 results pass, 254 fail  right  arm64 compile: no end
                (healthy)  no     9      10.0     -       -       -         -         -                           -      -

                specimen  everything           capped-20
                x         yes, 7 cases, 0.3 s  no, 9 cases, 10.0 s

                1 of 1 specimens found, 0 by capped-20; healthy pipeline: no finding in 9 cases (8 agreements, 1 inconclusive)
                reduced to at most 1.2 times the smallest module known: 1 of 1, median 1.1 times; median 0.5 s and 30 runs
                folders per specimen: 1.0

                """
        )
    }

    @Test func `specimens with several folders are told, and those whose failures are taken for one`() {
        func row(_ specimen: String, _ signatures: String...) -> ScoreboardRow {
            var row = ScoreboardRow(
                specimen: specimen,
                search: .everything,
                cases: 1,
                agreements: 1,
                inconclusive: 0,
                seconds: 1
            )
            row.discoveries = signatures.map {
                var discovery = Self.discovery
                discovery.signature = CrashSignature(text: $0)
                return discovery
            }
            return row
        }
        let figures = TriageFigures([row("a", "x"), row("b", "y", "z"), row("c", "z")])
        #expect(figures.split == ["b"])
        #expect(figures.merged.map { [$0, $1] } == [["b", "c"]])
        #expect(figures.foldersPerSpecimen == 4.0 / 3)
    }

    @Test func `the baselines are campaigns of their own kind`() {
        var options = CampaignOptions()
        Search.everything.configure(&options)
        #expect(options == CampaignOptions())
        Search.cappedAt20.configure(&options)
        #expect(options.profiles.map(\.name) == ["capped-20"])
        options = CampaignOptions()
        Search.randomBytes.configure(&options)
        #expect(options.takesRawBytes && !options.sweeps)
        options = CampaignOptions()
        Search.modules.configure(&options, modules: "made")
        #expect(options.modules == "made" && !options.changesModules)
    }

    @Test(
        arguments: [
            ("operand-index-u8", 254, .right), ("operand-index-u8", 300, .wrong), ("operand-index-u8", nil, .missing),
            ("merged-minimal-ranges", 254, .wrong), ("merged-minimal-ranges", nil, .right),
        ] as [(String, Int?, BoundaryVerdict)]
    )
    func `a boundary is right where the specimen has it, and none where it has none`(
        identifier: String,
        lastGood: Int?,
        verdict: BoundaryVerdict
    ) throws {
        let specimen = try #require(Specimen(identifier: identifier))
        let boundary = lastGood.map { Boundary(variable: .results, lastGood: $0, firstBad: $0 + 1) }
        #expect(BoundaryVerdict(boundary, limits: try #require(specimen.limits)) == verdict)
    }

    @Test(
        arguments: [
            (4080, 4096, .right), (4600, 4616, .right), (4608, 4624, .wrong), (4064, 4080, .wrong),
            (4064, 2656, .right),
            (4064, nil, .right), (2656, nil, .wrong), (nil, 4096, .wrong),
        ] as [(Int?, Int?, BoundaryVerdict)]
    )
    func `a boundary is right where frames become larger than the specimen permits`(
        lastGood: Int?,
        firstBad: Int?,
        verdict: BoundaryVerdict
    ) throws {
        let specimen = try #require(Specimen(identifier: "landing-offset-of-12-bits"))
        let boundary = Boundary(
            variable: .parameters,
            lastGood: 30,
            firstBad: 31,
            frames: lastGood.map { Boundary.Frames(lastGood: $0, firstBad: firstBad) }
        )
        #expect(BoundaryVerdict(boundary, limits: try #require(specimen.limits)) == verdict)
    }

    @Test(arguments: Specimen.all.map(\.identifier))
    func `each specimen of a real bug says what a report may say of boundaries`(identifier: String) throws {
        for limit in try #require(Specimen(identifier: identifier)?.limits) {
            guard case .counts(_, let noun) = limit else { continue }
            #expect(Boundary.Variable.allCases.contains { $0.noun == noun }, "\(limit)")
        }
    }

    /// With a deliberate bug the worker dies in its third case, and so it does alone.
    private static let worker = #"""
        if [ "$1" = serve ]; then
            while read -r line; do
                case "$line" in
                *'"engine":"interpreter"'*)
                    echo '{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{}]}}}' ;;
                *) echo 'phase compile arm64' >&2; echo 'assertion failed: it works, F:1' >&2; kill -ILL $$ ;;
                esac
            done
            exit 0
        fi
        echo 'report {"cases":2,"programs":0,"swept":0,"verdicts":{"agreements":2,"divergences":0,"refusals":1,"undecided":{},"notRun":0},"newCells":[],"met":{},"domain":{"counts":"","engines":[]},"compileTimes":[],"engines":{}}'
        case "$FUZZ_MULTIVALUE_WORKER" in
        *'"specimen":'*) ;;
        *) exit 0 ;;
        esac
        current=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"currentCase":"\([^"]*\)".*/\1/; s/\\//g')
        first=$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"firstCase":\([0-9]*\).*/\1/')
        if [ "$first" -ge 1 ]; then while :; do sleep 1; done; fi
        echo "sweep 2" > "$current"
        kill -ILL $$
        """#

    private func run(_ folder: ScratchFolder) throws -> ScoreboardRun {
        try Self.worker.write(toFile: "\(folder.path)/worker", atomically: true, encoding: .utf8)
        var options = CampaignOptions()
        options.seconds = 600
        options.workers = 1
        options.usesCoverage = false
        options.fuzzes = false
        options.reductionSeconds = 1
        options.budget.seconds = 60
        options.engines = ["arm64:none:definitions"]
        options.fallbackWorker = ["/bin/sh", "\(folder.path)/worker"]
        return ScoreboardRun(
            specimens: [try #require(Specimen(identifier: "reversed-stub-results"))],
            options: options,
            registry: TestedEngines.registry
        )
    }

    @Test func `the figures are those of the campaign, up to the discovery`() async throws {
        let folder = try ScratchFolder()
        var run = try run(folder)
        run.interruption = Interruption { 0 }
        let start = ContinuousClock.now
        let scoreboard = try await run.run()
        let elapsed = ContinuousClock.now - start
        #expect(scoreboard.rows.map(\.specimen) == ["reversed-stub-results", nil])
        let found = try #require(scoreboard.rows.first)
        #expect(found.discovery?.signature == CrashSignature(text: "compile: assertion failed: it works, F:N"))
        #expect(found.discovery?.engine == "arm64:none:definitions")
        // Two that were reported, and the one that killed the worker; what happened while it was stored does not count.
        #expect(found.cases == 3)
        #expect(found.seconds > 0 && .seconds(found.seconds) < elapsed)
        let healthy = try #require(scoreboard.rows.last)
        #expect(healthy.discovery == nil)
        #expect(healthy.cases == 2 && healthy.agreements == 2 && healthy.inconclusive == 1)
        #expect(scoreboard.isPassed)
    }

    @Test func `an interrupted scoreboard has no more rows, and is not passed`() async throws {
        let folder = try ScratchFolder()
        var run = try run(folder)
        run.interruption = Interruption { 1 }
        let scoreboard = try await run.run()
        #expect(scoreboard.rows == [])
        #expect(scoreboard.wasInterrupted && !scoreboard.isPassed)
    }

    private static let discovery = Discovery(
        engine: "arm64",
        signature: CrashSignature(text: "arm64 compile: no end"),
        originalSize: 99,
        reducedSize: 44,
        boundary: Boundary(variable: .results, lastGood: 253, firstBad: 254),
        cost: ReductionCost(evaluations: 30, seconds: 0.5)
    )
}
