import Execution
import Foundation
import Synchronization
import TestedEngines
import Testing
import Triage
import WorkerIsolation

@testable import Campaign

struct CampaignTests {
    @Test func `a clean campaign counts its cases, and agrees`() async throws {
        let verdicts = #""agreements":2,"divergences":0,"refusals":3,"undecided":{"open":1},"notRun":0"#
        let summary = try await ScriptedCampaign(ScriptedCampaign.report(verdicts)).run()
        #expect(summary.cases == 3)
        #expect(summary.programs == 1)
        #expect(summary.refusedRate == 0.5)
        #expect(summary.verdicts.undecided == ["open": 1])
        #expect(summary.text.contains("50.0 % refused, 16.7 % undecided"))
        #expect(summary.text.contains("\n  arm64:none:loads: 2 compared ("))
        #expect(summary.edgesByArities == 2)
        #expect(summary.series?.samples.last?.cases == 3)
        #expect(summary.series?.samples.last?.compared == [2] && summary.series?.engines == ["arm64:none:loads"])
        #expect(summary.compileTimes?.map(\.arity) == [125] && summary.compileTimes?.map(\.meanMilliseconds) == [2.5])
        #expect(summary.inputs?.engines == ["arm64:none:loads"] && summary.inputs?.workers == 1)
        #expect(summary.problems == [])
        #expect(summary.conclusion == .agreement)
    }

    @Test func `a case that kills its worker twice becomes one crash`() async throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 2, serve: ScriptedCampaign.breaks))
        let summary = try await campaign.run()
        #expect(summary.restarts == 2)
        #expect(summary.findings.map(\.signature.description) == ["compile: assertion failed: it works, F:N"])
        #expect(summary.problems == [])
        #expect(summary.conclusion == .difference)
        // After the report of three cases and the case that killed the worker.
        #expect(summary.firstDiscovery?.cases == 4)
        #expect(try CrashStore(path: campaign.crashes).content().folders.count == 1)
        #expect(try CrashStore(path: campaign.crashes).inbox.content().items == [])
        let again = try await campaign.run()
        #expect(again.findings.map(\.isKnown) == [true])
        #expect(again.conclusion == .difference)
    }

    @Test func `what is found again and was accepted is counted, and the campaign agrees`() async throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 1, serve: ScriptedCampaign.breaks))
        #expect(try await campaign.run().conclusion == .difference)
        let store = CrashStore(path: campaign.crashes)
        let folder = try #require(try store.content().folders.first)
        var report = folder.report
        report.status = .accepted
        try store.update(report, of: folder)
        let accepted = try await campaign.run()
        #expect(accepted.findings.map(\.status) == [.accepted] && accepted.knownAndAccepted == 1)
        #expect(accepted.problems == [] && accepted.conclusion == .agreement)
        #expect(try store.inbox.content().items == [])
        report.status = .fixed
        try store.update(report, of: folder)
        let back = try await campaign.run()
        #expect(back.findings.map(\.isKnown) == [false] && back.conclusion == .difference)
        #expect(try await campaign.run().findings.map(\.folder) == back.findings.map(\.folder), "not the fixed one")
    }

    @Test func `a campaign that compared nothing does not agree`() async throws {
        for verdicts in [
            #""agreements":0,"divergences":0,"refusals":3,"undecided":{},"notRun":0"#,
            #""agreements":0,"divergences":0,"refusals":0,"undecided":{"the oracle: fuel":3},"notRun":0"#,
        ] {
            let summary = try await ScriptedCampaign(ScriptedCampaign.report(verdicts)).run()
            #expect(summary.conclusion == .nothingCompared)
            #expect(
                summary.problems == ["nothing was compared in arm64:none:loads: every case was refused or undecided"]
            )
            #expect(summary.text.hasSuffix("nothing found, and nothing was compared"))
        }
        let idle = try await ScriptedCampaign("exit 0").run()
        #expect(idle.cases == 0 && idle.conclusion == .nothingCompared)
        #expect(idle.problems == [Self.idleProblem("arm64:none:loads")])
    }

    private static func idleProblem(_ names: String) -> String {
        "nothing was compared in \(names): no case came to its end there; more --time or --cases may help"
    }

    @Test func `an engine that was chosen and got no case has its line, its entry and a problem`() async throws {
        let verdicts = #""agreements":3,"divergences":0,"refusals":0,"undecided":{},"notRun":0"#
        var campaign = try ScriptedCampaign(ScriptedCampaign.report(verdicts))
        campaign.options.engines += ["x86_64:none:loads", "arm64:speed:loads"]
        let summary = try await campaign.run()
        #expect(summary.engines["x86_64:none:loads"] == EngineTally())
        #expect(summary.text.contains("\n  x86_64:none:loads: nothing compared\n"), "\(summary.text)")
        #expect(summary.problems == [Self.idleProblem("arm64:speed:loads, x86_64:none:loads")])
        #expect(summary.conclusion == .nothingCompared)
        #expect(summary.text.hasSuffix("\nnothing found, but the problems may hide something"))
        let idle = try ScriptedCampaign("while :; do sleep 1; done")
        let interrupted = try await idle.run(Interruption { 1 })
        #expect(interrupted.engines.keys.sorted() == ["arm64:none:loads"] && interrupted.problems == [])
    }

    @Test func `where only the oracle is named, workers run no other engine`() async throws {
        let verdicts = #""agreements":9,"divergences":0,"refusals":0,"undecided":{},"notRun":0"#
        let script = """
            case "$FUZZ_MULTIVALUE_WORKER" in *'"engines":[]'*) exit 0 ;; esac
            \(ScriptedCampaign.report(verdicts))
            """
        var campaign = try ScriptedCampaign(script)
        campaign.options.engines = ["interpreter"]
        #expect(try await campaign.run().conclusion == .nothingCompared)
    }

    @Test func `a worker that cannot begin is a problem, not an endless restart`() async throws {
        let summary = try await ScriptedCampaign("echo 'error: unknown specimen' >&2; exit 2").run()
        #expect(summary.problems == ["a worker could not work: error: unknown specimen"])
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `a worker that cannot be started is told as such, once for all of them`() async throws {
        var campaign = try ScriptedCampaign("")
        campaign.options.workers = 3
        campaign.options.fallbackWorker = ["\(campaign.folder.path)/nothing"]
        let summary = try await campaign.run()
        let reason = "cannot start \(campaign.folder.path)/nothing: No such file or directory"
        #expect(summary.problems == ["a worker could not be started: \(reason) (3 times)"])
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `a death whose case passes alone is counted, named and kept`() async throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 2, serve: ScriptedCampaign.completes))
        let summary = try await campaign.run()
        #expect(summary.findings == [])
        let kept = campaign.pending("unreproduced")
        #expect(kept.count == 2)
        let problem = try #require(summary.problems.first)
        #expect(summary.problems.count == 1)
        #expect(problem.hasPrefix("a worker died in a case that passes alone (signal 11); "))
        #expect(problem.hasSuffix("(2 times)"))
        #expect(problem.contains(kept[0]))
        #expect(summary.conclusion == .nothingCompared)
        let cases = try NamedCase.cases(at: "\(campaign.crashes)/.pending/unreproduced/\(kept[0])")
        #expect(cases.first?.subject.recipe != nil)
        // It is told once, and not tried at every start.
        let again = try await campaign.run()
        #expect(!again.problems.contains { $0.contains(kept[0]) })
    }

    @Test func `a death that nothing can try again waits for the next start`() async throws {
        let serve = #"echo '{"version":1,"failure":"there is no memory"}'"#
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 1, serve: serve))
        let summary = try await campaign.run()
        #expect(summary.problems.count == 2 && summary.notStored == 1)
        #expect(summary.problems.last?.hasPrefix("1 finding is not stored yet: ") == true)
        #expect(summary.problems.first?.contains("could not be tried again") == true)
        #expect(summary.problems.first?.contains("there is no memory") == true)
        #expect(campaign.pending("deaths").count == 1)
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `a finding that does not happen again is moved aside, with what was seen instead`() async throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.completes))
        let inbox = CrashStore(path: campaign.crashes).inbox
        try inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        let summary = try await campaign.run()
        #expect(summary.problems.count == 1)
        #expect(summary.problems.first?.hasPrefix("arm64 compile: SIGSEGV: not reproduced alone; ") == true)
        #expect(campaign.pending("unreproduced").count == 1)
        #expect(try inbox.content().items == [])
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `what in the inbox cannot be read is named, and a damaged death fails one start only`() async throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.completes))
        let pending = "\(campaign.crashes)/.pending"
        try FileManager.default.createDirectory(atPath: "\(pending)/deaths", withIntermediateDirectories: true)
        try "{".write(toFile: "\(pending)/1.json", atomically: false, encoding: .utf8)
        try "{".write(toFile: "\(pending)/deaths/2.json", atomically: false, encoding: .utf8)
        let first = try await campaign.run()
        #expect(first.problems.count == 2)
        #expect(first.problems.contains { $0.hasPrefix("a finding that cannot be read: \(pending)/1.json: ") })
        #expect(first.problems.contains { $0.contains("\(pending)/deaths/2.json") && $0.contains("damaged/2.json") })
        #expect(first.conclusion == .nothingCompared)
        #expect(campaign.pending("damaged") == ["2.json"])
        #expect(try await campaign.run().problems.count == 1)
    }

    @Test func `what killed writers left in the inbox is removed at the start`() async throws {
        let campaign = try ScriptedCampaign("exit 0")
        let pending = "\(campaign.crashes)/.pending"
        try FileManager.default.createDirectory(atPath: "\(pending)/deaths", withIntermediateDirectories: true)
        // No process has the greatest number.
        for name in [".tmp-1-2147483647-x", "deaths/.tmp-1-2147483647"] {
            try "half".write(toFile: "\(pending)/\(name)", atomically: false, encoding: .utf8)
        }
        _ = try await campaign.run()
        let left = try FileManager.default.subpathsOfDirectory(atPath: pending)
        #expect(left == ["deaths"])
    }

    @Test func `cases in which an engine could not be run are counted, told with the first reason, and no agreement`()
        async throws
    {
        func counts(_ agreements: Int, _ notRun: String) -> String {
            #"{"agreements":\#(agreements),"divergences":0,"refusals":0,"undecided":{},"notRun":\#(notRun)}"#
        }
        func report(_ first: String, _ second: String, _ all: String) -> String {
            func tally(_ counts: String) -> String {
                #"{"verdicts":\#(counts),"refusals":{},"carriages":{"memory":9}}"#
            }
            return "echo 'report "
                + #"{"cases":9,"programs":0,"swept":0,"newCells":[],"met":{},"domain":{"counts":"","engines":[]},"compileTimes":[],"verdicts":\#(all),"#
                + #""engines":{"arm64:none:loads":\#(tally(first)),"arm64:speed:loads":\#(tally(second))}}'"#
        }
        let missed = #"4,"firstReasonNotRun":"not run: it said nonsense""#
        let later = #"1,"firstReasonNotRun":"not run: another reason""#
        let worker = """
            \(report(counts(5, missed), counts(9, "0"), counts(14, missed)))
            \(report(counts(8, later), counts(9, "0"), counts(17, later)))
            """
        var finite = try ScriptedCampaign(worker)
        finite.options.engines = ["arm64:none:loads", "arm64:speed:loads"]
        let summary = try await finite.run()
        #expect(
            summary.problems == [
                "arm64:none:loads: 5 of 18 cases could not be run; the first: not run: it said nonsense"
            ]
        )
        #expect(summary.engines["arm64:none:loads"]?.verdicts.notRun == 5 && summary.verdicts.notRun == 5)
        #expect(summary.conclusion == .nothingCompared)
        for part in [", 13.9 % not run\n", "arm64:none:loads: 13 compared", "18 memory, 5 not run\n"] {
            #expect(summary.text.contains(part), "\(summary.text)")
        }
        let campaign = try ScriptedCampaign("\(worker)\n: > \"$0.told\"\nwhile :; do sleep 1; done")
        let told = "\(campaign.folder.path)/worker.told"
        let interrupted = try await campaign.run(
            Interruption { FileManager.default.fileExists(atPath: told) ? 1 : 0 }
        )
        #expect(interrupted.verdicts.notRun == 5)
        #expect(interrupted.problems == [] && interrupted.conclusion == .interrupted)
    }

    @Test func `a finding that a worker cannot write is found, told and not stored`() async throws {
        let lost = [
            LostFinding(signature: "mine: boom", reason: "the disk is full"), .init(signature: "b", reason: "c"),
        ]
        #expect(lost.map { LostFinding(line: $0.line) } == lost)
        let verdicts = #""agreements":2,"divergences":1,"refusals":0,"undecided":{},"notRun":0"#
        let lines = [ScriptedCampaign.report(verdicts)] + (lost.prefix(1) + lost.prefix(1)).map { "echo '\($0.line)'" }
        let campaign = try ScriptedCampaign(lines.joined(separator: "\n"))
        let summary = try await campaign.run()
        #expect(summary.notStored == 2)
        #expect(
            summary.problems == [
                "a finding could not be written to \(campaign.crashes)/.pending, and is lost: the disk is full; mine: boom (2 times)"
            ]
        )
        #expect(summary.text.hasSuffix("\n2 found that are not stored"))
        #expect(summary.conclusion == .nothingCompared)
    }

    @Test func `an interruption ends a campaign whose workers go on, and its summary says so`() async throws {
        let campaign = try ScriptedCampaign("while :; do sleep 1; done")
        let polls = Atomic(0)
        let summary = try await campaign.run(
            Interruption { polls.wrappingAdd(1, ordering: .relaxed).newValue > 10 ? 1 : 0 }
        )
        #expect(summary.conclusion == .interrupted)
        #expect(summary.text.contains("interrupted"))
    }

    @Test func `storing has an end, after which the rest waits for the next start`() async throws {
        var campaign = try ScriptedCampaign(
            ScriptedCampaign.dying(cases: 0, serve: "while :; do sleep 1; done")
        )
        let inbox = CrashStore(path: campaign.crashes).inbox
        try inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        campaign.options.seconds = 0
        campaign.options.storingSeconds = 0
        let summary = try await campaign.run()
        #expect(summary.findings == [] && summary.notStored == 1)
        #expect(summary.problems.first?.hasPrefix("1 finding is not stored yet: ") == true)
        #expect(summary.conclusion == .nothingCompared)
        #expect(try inbox.content().items.count == 1)
        // The next start stores what was left, and knows that it did not find it.
        try ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.breaks)
            .write(toFile: "\(campaign.folder.path)/worker", atomically: true, encoding: .utf8)
        campaign.options.seconds = 600
        let next = try await campaign.run()
        #expect(next.findings.count == 1)
        #expect(next.firstDiscovery == nil)
        #expect(next.problems == [])
    }

    @Test func `an engine with as many open folders as it may have gets no other, unless it is more severe or known`()
        async throws
    {
        var campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.breaks))
        campaign.options.mostFolders = 1
        let store = CrashStore(path: campaign.crashes)
        // What the script shows in isolation is another crash than these, and as severe.
        try store.inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        let first = try await campaign.run()
        #expect(first.findings.count == 1 && first.heldBack == [:])
        try store.inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        try store.inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        try store.inbox.put(ScriptedFinding.wrongResult(in: "arm64:none:loads"))
        let second = try await campaign.run()
        #expect(second.heldBack == ["arm64": 2] && second.conclusion == .difference)
        #expect(second.findings.map(\.isKnown) == [true], "what is more severe is looked at, and is the known one here")
        #expect(second.notStored == 0 && second.problems == [])
        #expect(try store.inbox.content().items.count == 1, "of those that look the same one waits")
        campaign.options.mostFolders = nil
        let third = try await campaign.run()
        #expect(third.heldBack == [:])
        #expect(try store.inbox.content().items == [])
    }

    @Test func `of what code does that is wrong one crash is open at a time, and what waited goes when it is mended`()
        async throws
    {
        let dies = """
            if [ $engine = oracle ]; then \(ScriptedCampaign.completes); continue; fi
            echo 'phase execute arm64:none:loads' >&2; kill -SEGV $$
            """
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: dies))
        let store = CrashStore(path: campaign.crashes)
        for _ in 0..<3 { try store.inbox.put(ScriptedFinding.wrongResult(in: "arm64:none:loads")) }
        let first = try await campaign.run()
        #expect(first.findings.map(\.signature.isFiner) == [true], "\(first.findings)")
        #expect(first.heldBack == ["arm64": 2] && first.problems == [], "\(first.problems)")
        #expect(try store.inbox.content().items.map(\.wasHeldBack) == [true, true])
        // The mistake is mended.
        try ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.completes)
            .write(toFile: "\(campaign.folder.path)/worker", atomically: true, encoding: .utf8)
        let folder = try #require(try store.content().folders.first)
        var report = folder.report
        report.status = .fixed
        try store.update(report, of: folder)
        let second = try await campaign.run()
        #expect(second.settled == 2 && second.heldBack == [:] && second.problems == [])
        #expect(second.text.contains("not happening any more: 2 findings, kept as unreproduced\n"), "\(second.text)")
        #expect(try store.inbox.content().items == [])
        #expect(campaign.pending(FindingProcessing.unreproduced).count == 2)
    }

    @Test func `a second interruption leaves what is not stored in the inbox`() async throws {
        var campaign = try ScriptedCampaign(
            ScriptedCampaign.dying(cases: 1, serve: "while :; do sleep 1; done")
        )
        campaign.options.budget.seconds = 0.1
        let folder = campaign.folder.path
        let summary = try await campaign.run(
            Interruption {
                // Once the worker has died.
                let names = try? FileManager.default.contentsOfDirectory(atPath: "\(folder)/crashes/.pending/deaths")
                return names?.contains { $0.hasSuffix(".json") } == true ? 2 : 0
            }
        )
        #expect(summary.conclusion == .interrupted)
        #expect(summary.problems.first?.hasPrefix("1 finding is not stored yet: ") == true)
        #expect(campaign.pending("deaths").count == 1)
    }
}
