import Foundation
import Triage
import WorkerIsolation

extension Supervisor {
    /// More inputs are looked through before a campaign, as each worker of libFuzzer runs all of them when it starts.
    private static let mostInputs = 1_000
    /// How long that takes at most, as a share of the time of the campaign; another corpus is merged to its end.
    private static let shareOfMerge = 0.25

    /// Leaves out of a large corpus what teaches nothing, and takes into it what another one has more.
    mutating func mergeCorpus() throws {
        guard let corpus = folder.corpus, let slot = slots.first(where: \.program.isInstrumented) else { return }
        guard options.mergedCorpus != nil || CorpusMerge.count(corpus) > Self.mostInputs else { return }
        let merge = try CorpusMerge(corpus: corpus, other: options.mergedCorpus, in: folder)
        let begin = ContinuousClock.now
        let seconds = options.mergedCorpus == nil ? options.seconds * Self.shareOfMerge : .infinity
        var status = status
        let result = try merge.run(
            isStopped: { interruption.isRequested || Campaign.seconds(since: begin) > seconds },
            start: { controlFile in
                var settings = slot.settings
                settings.gate = nil
                let arguments =
                    Self.limitsOfLibFuzzer + [
                        "-merge_control_file=\(controlFile)", "-merge_inner=1",
                        "-artifact_prefix=\(folder.run.path)/artefact-merge-", corpus,
                    ]
                return try WorkerProcess(
                    try slot.program.invocation(arguments + (options.mergedCorpus.map { [$0] } ?? []), settings)
                )
            },
            progress: { status.update("merging the corpus, \($0) of \($1)") }
        )
        self.status = status
        self.status.say(
            "merged the corpus: \(result.run) of \(result.inputs) inputs run, \(result.removed) left out"
                + (options.mergedCorpus == nil ? "" : ", \(result.taken) taken")
        )
        start = .now
    }
}
