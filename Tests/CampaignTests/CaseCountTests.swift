import Execution
import Foundation
import TestedEngines
import Testing
import Triage

@testable import Campaign

/// Campaigns that have a number of cases, with scripts as workers.
struct CaseCountTests {
    /// What the settings say of the number of cases.
    private static let count = #"$(echo "$FUZZ_MULTIVALUE_WORKER" | sed 's/.*"caseCount":\([0-9]*\).*/\1/')"#

    @Test func `each worker has a share by its number, and no worker is started for none`() async throws {
        let report = ScriptedCampaign.report(#""agreements":3,"divergences":0,"refusals":0,"undecided":{},"notRun":0"#)
        let script =
            "echo \(Self.count) >> \"$0.shares\"\n"
            + report.replacing(#""cases":3"#, with: #""cases":'"\#(Self.count)"'"#)
        for (cases, shares) in [(8, ["2", "3", "3"]), (2, ["1", "1"])] {
            var campaign = try ScriptedCampaign(script)
            campaign.options.workers = 3
            campaign.options.caseCount = cases
            campaign.options.seconds = nil
            let summary = try await campaign.run()
            let text = try String(contentsOfFile: "\(campaign.folder.path)/worker.shares", encoding: .utf8)
            #expect(text.split(separator: "\n").sorted() == shares.map { Substring($0) })
            #expect(summary.cases == cases && summary.conclusion == .agreement, "\(summary.text)")
        }
    }

    @Test func `a case that kills its worker is one of the share, and the next worker has the rest`() async throws {
        var campaign = try ScriptedCampaign(
            "echo \(Self.count) >> \"$0.shares\"\n"
                + ScriptedCampaign.dying(cases: 1, serve: ScriptedCampaign.completes)
        )
        campaign.options.caseCount = 9
        campaign.options.seconds = nil
        campaign.options.storingSeconds = nil
        let summary = try await campaign.run()
        let text = try String(contentsOfFile: "\(campaign.folder.path)/worker.shares", encoding: .utf8)
        // Three cases and the one that kills; then three more. What serves has no number.
        #expect(text.split(separator: "\n").prefix(2) == ["9", "5"], "\(text)")
        #expect(summary.cases == 7 && summary.restarts == 1)
    }

    @Test func `tasks are stored in the order of the workers, whichever was first`() throws {
        let engine = try #require(TestedEngines.compilerNames.first)
        func task(_ path: String, _ worker: Int?) -> TriageThread.Task {
            TriageThread.Task(kind: .finding, path: path, engine: engine, worker: worker)
        }
        var state = TriageThread.State()
        state.tasks = [task("b", 1), task("a", 0), task("left", nil), task("c", 1), task("d", 0)]
        state.order()
        #expect(state.tasks.map(\.path) == ["left", "a", "d", "b", "c"])
    }

    @Test func `tallies keep the first of many reasons, in whatever order a report has them`() {
        var report = WorkerReport()
        for number in 0..<300 { report.met["\(number)"] = 1 }
        var tallies = [WorkerTally(), WorkerTally()]
        for position in tallies.indices { tallies[position].add(report) }
        #expect(tallies[0] == tallies[1] && tallies[0].met.count == 100)
        var summary = CampaignSummary()
        for tally in tallies { summary.add(tally) }
        #expect(summary.met == tallies[0].met.mapValues { $0 * 2 })
    }
}
