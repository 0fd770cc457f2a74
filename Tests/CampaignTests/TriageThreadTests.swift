import Execution
import Foundation
import TestedEngines
import Testing
import WorkerIsolation

@testable import Campaign
@testable import Triage

struct TriageThreadTests {
    @Test(.timeLimit(.minutes(10)))
    func `a full disk is a problem, and the finding stays in the inbox`() throws {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: ScriptedCampaign.breaks))
        let full = DurableFile(write: { _, path throws(CrashStoreError) in
            throw CrashStoreError(path: path, reason: "cannot write the file: No space left on device")
        })
        let item = try CrashStore(path: campaign.crashes).inbox.put(ScriptedFinding.crash(in: "arm64:none:loads"))
        let thread = Self.thread(of: campaign, CrashStore(path: campaign.crashes, file: full))
        thread.add(TriageThread.Task(kind: .finding, path: item.path))
        thread.start()
        while !thread.isIdle { usleep(10_000) }
        thread.cancel()
        let update = thread.takeUpdate()
        #expect(update.findings == [])
        #expect(thread.waitingCount == 1)
        #expect(update.problems.count == 1)
        #expect(update.problems.first?.text.contains("No space left on device") == true)
        #expect(try CrashStore(path: campaign.crashes).inbox.content().items == [item])
    }

    @Test(.timeLimit(.minutes(10)))
    func `a case without end that takes long alone and passes is counted, and no problem`() throws {
        #expect(try Self.update(secondsPerCase: 0).tooLong == 1)
        let quick = try Self.update(secondsPerCase: 1_000_000)
        #expect(quick.tooLong == 0)
        #expect(quick.problems.map(\.text) == ["a worker died in a case that passes alone (no end)"])
    }

    @Test(.timeLimit(.minutes(10)))
    func `what ends a worker only where its code checks itself is tried so again, and found`() throws {
        let breaksAudited = """
            case "$line" in
            *:audited*) \(ScriptedCampaign.breaks) ;;
            *) \(ScriptedCampaign.completes) ;;
            esac
            """
        let update = try Self.update(secondsPerCase: 1_000_000, serve: breaksAudited)
        #expect(update.problems.isEmpty)
        #expect(update.findings.map(\.engine) == ["arm64:none:loads:audited"])
    }

    /// What comes of a case that ended a worker by its clock, where a case has so long.
    private static func update(
        secondsPerCase: Int,
        serve: String = ScriptedCampaign.completes
    ) throws -> TriageThread.Update {
        let campaign = try ScriptedCampaign(ScriptedCampaign.dying(cases: 0, serve: serve))
        let store = CrashStore(path: campaign.crashes)
        try store.open()
        let subject = ScriptedFinding.crash(in: "arm64:none:loads").subject
        let file = try DeathFolder(store).put(Death(subject, specimen: nil, cause: DeathCause.noEnd))
        let thread = thread(of: campaign, store, secondsPerCase: secondsPerCase)
        thread.add(TriageThread.Task(kind: .death, path: file))
        thread.start()
        while !thread.isIdle { usleep(10_000) }
        thread.cancel()
        #expect(DeathFolder(store).files == [])
        return thread.takeUpdate()
    }

    private static func thread(
        of campaign: ScriptedCampaign,
        _ store: CrashStore,
        secondsPerCase: Int = 10
    ) -> TriageThread {
        let cancellation = Cancellation()
        let worker = campaign.options.fallbackWorker
        return TriageThread(
            FindingProcessing(
                store: store,
                engines: IsolatedEngines(
                    WorkerInvocation(executable: worker[0], arguments: Array(worker.dropFirst()) + ["serve"]),
                    TestedEngines.registry,
                    names: ["arm64:none:loads"],
                    budget: Budget(seconds: 60),
                    cancellation: cancellation
                ),
                reductionSeconds: 1,
                cancellation: cancellation
            ),
            secondsPerCase: secondsPerCase
        )
    }
}
