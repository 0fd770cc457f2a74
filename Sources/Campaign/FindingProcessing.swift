import Differential
import Execution
import Triage

/// Turns a finding in the inbox into a crash in the store: reproduced in isolation, deduplicated, reduced, with its boundary.
struct FindingProcessing: Sendable {
    let store: CrashStore
    let engines: IsolatedEngines
    let reductionSeconds: Double

    /// What became of a finding.
    enum Result: Hashable, Sendable {
        case stored(CampaignSummary.StoredFinding)
        /// This campaign has stored one with the signature before.
        case duplicate
        /// In isolation nothing of the kind happens; it stays in the inbox.
        case notReproduced(CrashSignature)
    }

    /// Processes an item; `seen` holds the signatures of this campaign.
    func process(_ item: CrashInbox.Item, seen: inout Set<CrashSignature>) throws -> Result {
        if seen.contains(item.finding.signature) {
            try store.inbox.remove(item)
            return .duplicate
        }
        let engine = engines.engine(item.finding.engine, specimen: item.finding.specimen)
        let findings = engines.judge.judge(item.finding.subject, in: [engine])
            .findings(specimen: item.finding.specimen)
        guard let finding = findings.first(where: { $0.engine == item.finding.engine }) else {
            return .notReproduced(item.finding.signature)
        }
        guard seen.insert(finding.signature).inserted else {
            try store.inbox.remove(item)
            return .duplicate
        }
        seen.insert(item.finding.signature)
        if try store.contains(finding.signature, specimen: finding.specimen) {
            let known = try store.content().folders.first {
                $0.report.signature == finding.signature && $0.report.specimen == finding.specimen
            }
            if let known {
                try store.inbox.remove(item)
                return .stored(Self.stored(known, isKnown: true))
            }
        }
        let analysis = CrashAnalysis(
            engine: engine,
            judge: engines.judge.withoutConfirmation,
            reductionBudget: Reducer.Budget(seconds: reductionSeconds)
        )
        switch try store.add(try analysis.record(for: finding), resolving: item) {
        case .added(let folder): return .stored(Self.stored(folder, isKnown: false))
        case .known(let folder): return .stored(Self.stored(folder, isKnown: true))
        }
    }

    private static func stored(_ folder: CrashFolder, isKnown: Bool) -> CampaignSummary.StoredFinding {
        CampaignSummary.StoredFinding(
            folder: folder.path,
            title: folder.report.title,
            engine: folder.report.engine,
            signature: folder.report.signature,
            boundary: folder.report.boundary,
            originalSize: folder.report.originalSize,
            reducedSize: folder.report.reducedSize,
            isKnown: isKnown
        )
    }
}
