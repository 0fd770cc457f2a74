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
        let cancellation = Cancellation()
        let worker = campaign.options.fallbackWorker
        let thread = TriageThread(
            FindingProcessing(
                store: CrashStore(path: campaign.crashes, file: full),
                engines: IsolatedEngines(
                    WorkerInvocation(executable: worker[0], arguments: Array(worker.dropFirst()) + ["serve"]),
                    TestedEngines.registry,
                    names: ["arm64:none:loads"],
                    budget: Budget(seconds: 60),
                    cancellation: cancellation
                ),
                reductionSeconds: 1,
                cancellation: cancellation
            )
        )
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
}
