import Execution
import Foundation
import Testing
import Triage

@testable import Campaign

struct CampaignSummaryTests {
    private func summary(_ change: (inout CampaignSummary) -> Void) -> CampaignSummary {
        var summary = CampaignSummary()
        change(&summary)
        return summary
    }

    private static let finding = CampaignSummary.StoredFinding(
        folder: "Crashes/0001-x",
        title: "t",
        engine: "arm64:none:loads",
        signature: CrashSignature(text: "arm64 compile: x"),
        boundary: Boundary(variable: .results, lastGood: 1, firstBad: 2),
        originalSize: 9,
        reducedSize: 5,
        isKnown: false,
        discovery: CampaignSummary.Discovery(seconds: 1.5, cases: 7)
    )

    @Test func `what it comes to is decided in one order`() {
        #expect(summary { _ in }.conclusion == .nothingCompared)
        #expect(summary { $0.verdicts.agreements = 1 }.conclusion == .agreement)
        let withProblem = summary {
            $0.verdicts.agreements = 1
            $0.problems = ["p"]
        }
        #expect(withProblem.conclusion == .nothingCompared)
        for change: (inout CampaignSummary) -> Void in [
            { $0.notStored = 1 }, { $0.verdicts.divergences = 1 }, { $0.verdicts.notRun = 1 },
        ] {
            let unclear = summary {
                $0.verdicts.agreements = 9
                change(&$0)
            }
            #expect(unclear.conclusion == .nothingCompared)
        }
        let withFinding = summary {
            $0.findings = [Self.finding]
            $0.problems = ["p"]
        }
        #expect(withFinding.conclusion == .difference)
        let interrupted = summary {
            $0.findings = [Self.finding]
            $0.wasInterrupted = true
        }
        #expect(interrupted.conclusion == .interrupted)
        #expect(
            [summary { _ in }, withFinding, interrupted].map(\.conclusion) == [
                .nothingCompared, .difference, .interrupted,
            ]
        )
    }

    @Test func `what is accepted is counted, and is no difference`() {
        var accepted = Self.finding
        accepted.isKnown = true
        accepted.status = .accepted
        func found(_ findings: [CampaignSummary.StoredFinding], _ problems: [String] = []) -> CampaignSummary {
            summary {
                $0.verdicts.divergences = 9
                $0.findings = findings
                $0.problems = problems
            }
        }
        let all = found([accepted, accepted])
        #expect(all.conclusion == .agreement && all.knownAndAccepted == 2)
        #expect(all.text.hasSuffix("\n  2 known and accepted\nnothing found that is not accepted"), "\(all.text)")
        #expect(found([accepted], ["p"]).conclusion == .nothingCompared)
        #expect(found([accepted], ["p"]).text.hasSuffix("not accepted, but the problems may hide something"))
        let mixed = found([accepted, Self.finding])
        #expect(mixed.conclusion == .difference)
        #expect(mixed.text.hasSuffix(", 5 bytes\n  1 known and accepted\n1 found"), "\(mixed.text)")
        #expect(accepted.announcement.hasPrefix("known and accepted: Crashes/0001-x: "))
        #expect(Self.finding.announcement.hasPrefix("new: "))
    }

    @Test func `the last line says what was found, stored or not`() {
        func ending(_ stored: Int, _ notStored: Int, differ: Int) -> String? {
            summary {
                $0.verdicts.agreements = 9
                $0.verdicts.divergences = differ
                $0.findings = Array(repeating: Self.finding, count: stored)
                $0.notStored = notStored
            }
            .text.split(separator: "\n").last.map(String.init)
        }
        #expect(ending(0, 0, differ: 0) == "nothing found")
        #expect(ending(3, 0, differ: 14) == "3 found")
        #expect(ending(1, 2, differ: 14) == "1 found, and 2 that are not stored")
        #expect(ending(0, 1, differ: 14) == "1 found that is not stored")
        #expect(ending(0, 0, differ: 14) == "nothing stored, though 14 comparisons differed")
    }

    @Test func `what is held back is a difference, and its line says how to go on`() {
        let held = summary {
            $0.verdicts.agreements = 9
            $0.heldBack = ["arm64:none:loads": 2]
        }
        #expect(held.conclusion == .difference)
        let line =
            "\n  arm64:none:loads: 2 findings held back, as its open folders are as severe, and may be the same mistake: "
        #expect(
            held.text.contains(
                line + "set the status of those, or go on with --most-folders 0\n2 found that are not stored"
            ),
            "\(held.text)"
        )
    }

    @Test func `a finding says how often its signature was met, and of many signatures the first are counted`() {
        let met = summary {
            $0.findings = [Self.finding]
            for number in 0..<200 { $0.add(met: ["\(number)": 1]) }
            #expect($0.met.count == 100)
            $0.findings[0].signature = CrashSignature(text: "7")
            $0.add(met: ["7": 2])
        }
        #expect(met.text.contains(", 5 bytes, met 3 times\n"), "\(met.text)")
    }

    @Test func `the JSON has these names`() throws {
        let summary = summary {
            $0.cases = 9
            $0.coverage = 4
            $0.verdicts.undecided = ["fuel": 1]
            $0.findings = [Self.finding]
            $0.heldBack = ["arm64:none:loads": 2]
            $0.add(met: ["arm64 compile: x": 3])
            var census = ModuleCensus(folder: "corpus")
            census.add("a.wasm", .noModule)
            census.add("b.wasm", nil)
            $0.modules = census
            var series = CampaignSeries()
            series.end($0, at: 2.5)
            $0.series = series
            $0.compileTimes = [CompileTime(CompileTimeSample(engine: "a", arity: 125, milliseconds: 3))]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = String(decoding: try encoder.encode(summary), as: UTF8.self)
        #expect(
            text
                == #"{"cases":9,"casesLeftOfSweep":0,"casesPerSecond":0,"compileTimes":[{"arity":125,"count":1,"engine":"a","leastMilliseconds":3,"meanMilliseconds":3,"mostMilliseconds":3}],"coverage":4,"edgesByArities":0,"engines":{},"findings":[{"#
                + #""boundary":{"firstBad":2,"lastGood":1,"variable":"results"},"discovery":{"cases":7,"seconds":1.5},"#
                + #""engine":"arm64:none:loads","folder":"Crashes/0001-x","isKnown":false,"originalSize":9,"reducedSize":5,"#
                + #""replaced":[],"signature":{"description":"arm64 compile: x"},"status":"open","title":"t"}],"#
                + #""heldBack":{"arm64:none:loads":2},"isInstrumented":false,"#
                + #""knownAndAccepted":0,"leftOut":[],"met":{"arm64 compile: x":3},"modules":{"files":2,"folder":"corpus","reservations":[{"count":1,"first":"a.wasm","reason":"is no module"}],"used":1},"#
                + #""notStored":0,"problems":[],"programs":0,"renewals":0,"restarts":0,"schemaVersion":6,"seconds":0,"series":{"engines":[],"samples":[{"cases":9,"compared":[],"coverage":4,"findings":1,"seconds":2.5}]},"tooLong":0,"#
                + #""verdicts":{"agreements":0,"divergences":0,"notRun":0,"refusals":0,"undecided":{"fuel":1}},"wasInterrupted":false}"#
        )
    }

    @Test func `a summary of version 5 is read, without what it does not have`() throws {
        let now = String(decoding: try JSONEncoder().encode(CampaignSummary()), as: UTF8.self)
        let before = now.replacing("\"schemaVersion\":6", with: "\"schemaVersion\":5")
        let read = try JSONDecoder().decode(CampaignSummary.self, from: Data(before.utf8))
        #expect(read.schemaVersion == 5 && read.series == nil && read.compileTimes == nil)
    }

    @Test func `a problem is told once, with its first instance and the number of times`() {
        var log = ProblemLog()
        #expect(log.add("it fails", instance: "first") == "it fails; first")
        #expect(log.add("it fails", instance: "second") == nil)
        #expect(log.add("something else") == "something else")
        #expect(log.lines == ["it fails; first (2 times)", "something else"])
        for number in 0..<1000 { log.add("\(number)") }
        #expect(log.lines.count == 201 && log.lines.last == "further problems, of other kinds; 198 (802 times)")
    }
}
