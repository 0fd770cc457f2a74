import Foundation
import Triage
import WorkerIsolation

extension Supervisor {
    /// More inputs are looked through before a campaign, as each worker of libFuzzer runs all of them when it starts.
    private static let mostInputs = 1_000
    /// How long that takes at most, as a share of the time of the campaign; other corpora are merged to their end.
    private static let shareOfMerge = 0.25

    /// Takes into the corpus what others have more, and begins to leave out of a large one what teaches nothing, which goes on beside
    /// the workers that need no corpus where there are such.
    mutating func mergeCorpus() throws {
        guard let corpus = folder.corpus, slots.contains(where: \.program.isInstrumented) else { return }
        guard !options.mergedCorpora.isEmpty || CorpusMerge.count(corpus) > Self.mostInputs else { return }
        var merge = try CorpusMerge(corpus: corpus, others: options.mergedCorpora, in: folder)
        let others = slots.contains { $0.stage != .fuzz && $0.stage != .done }
        if options.mergedCorpora.isEmpty, others, slots.contains(where: { $0.stage == .fuzz }) {
            self.merge = merge
            return
        }
        let begin = ContinuousClock.now
        let seconds = options.mergedCorpora.isEmpty ? (options.seconds ?? .infinity) * Self.shareOfMerge : .infinity
        var status = status
        let result = try merge.run(
            isStopped: { interruption.isRequested || Campaign.seconds(since: begin) > seconds },
            start: startMerge,
            progress: { status.update("merging the corpus, \($0) of \($1)") }
        )
        self.status = status
        tell(result)
        start = .now
    }

    /// Leaves out of the corpus what teaches nothing, however long that takes, and takes into it what others have more; an interruption
    /// leaves it as it is.
    mutating func minimizeCorpus() throws -> CorpusMinimization {
        guard let corpus = folder.corpus else { throw WorkerError("no worker looks at a corpus") }
        var minimization = CorpusMinimization(folder: corpus, CorpusMerge.size(corpus))
        var merge = try CorpusMerge(corpus: corpus, others: options.mergedCorpora, in: folder)
        var status = status
        let isWhole = try merge.runInputs(
            isStopped: { interruption.isRequested },
            start: startMerge,
            progress: { status.update("looking at the corpus, \($0) of \($1)") }
        )
        status.close()
        guard isWhole else {
            minimization.wasInterrupted = true
            return minimization
        }
        let result = try merge.finish()
        if result.run == 0, result.inputs > 0 { throw WorkerError("\(corpus): none of the inputs could be run") }
        minimization.taken = result.taken
        minimization.notRun = result.inputs - result.run
        minimization.after = CorpusMerge.size(corpus)
        return minimization
    }

    /// Goes on with the merge that runs beside the workers.
    mutating func continueMerge() throws {
        guard var merge else { return }
        self.merge = nil
        let isOver = try merge.advance(startMerge)
        guard isOver || Campaign.seconds(since: start) > (options.seconds ?? .infinity) * Self.shareOfMerge else {
            self.merge = merge
            return
        }
        tell(try merge.finish())
    }

    private func startMerge(_ controlFile: String) throws -> WorkerProcess {
        guard let corpus = folder.corpus, let slot = slots.first(where: \.program.isInstrumented) else {
            throw WorkerError("no worker looks at a corpus")
        }
        let arguments =
            Self.limitsOfLibFuzzer + [
                "-merge_control_file=\(controlFile)", "-merge_inner=1",
                "-artifact_prefix=\(folder.run.path)/artefact-merge-", corpus,
            ]
        return try WorkerProcess(
            try slot.program.invocation(
                arguments + options.mergedCorpora,
                slot.settings.besideWorker
            )
        )
    }

    private mutating func tell(_ result: CorpusMerge.Result) {
        status.say(
            "merged the corpus: \(result.run) of \(result.inputs) inputs run, \(result.removed) left out"
                + (options.mergedCorpora.isEmpty ? "" : ", \(result.taken) taken")
        )
    }
}
