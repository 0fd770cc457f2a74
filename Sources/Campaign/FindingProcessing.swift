import Differential
import Execution
import Synchronization
import Triage

/// Whether what is under way is to be left as it is.
final class Cancellation: Sendable {
    private let flag = Mutex(false)

    var isRequested: Bool { flag.withLock { $0 } }

    /// Returns when what ``unlessRequested(_:)`` began is finished.
    func request() { flag.withLock { $0 = true } }

    /// Does what must not be left half done; nothing once cancellation was requested.
    func unlessRequested(_ body: () throws -> Void) rethrows {
        try flag.withLock { if !$0 { try body() } }
    }
}

/// Turns a finding in the inbox into a crash in the store: reproduced in isolation, deduplicated, reduced, with its boundary.
struct FindingProcessing: Sendable {
    let store: CrashStore
    let engines: IsolatedEngines
    let reductionSeconds: Double
    /// How many open folders an engine may have that are as severe as what is to be stored; nil for no limit.
    var mostFolders: Int?
    /// What reports say of where they come from.
    var provenance: Provenance?
    let cancellation: Cancellation

    /// What became of a finding.
    enum Result: Sendable {
        /// It is to be added to the store.
        case analysed(CrashRecord)
        /// An earlier campaign has stored one with the signature.
        case known(CampaignSummary.StoredFinding)
        /// This campaign has stored one with the signature before.
        case duplicate
        /// In isolation nothing of the kind happens, and why; the file is moved aside.
        case notReproduced(CrashSignature, String, keptAs: String)
        /// There is no process to try it in, and why; it stays in the inbox.
        case notTried(String)
        /// Its engine has as many open folders as it may have that are as severe.
        case heldBack
        /// The time was over; it stays in the inbox.
        case cancelled
    }

    /// The folder of the inbox with what did not happen again.
    static let unreproduced = "unreproduced"

    /// Processes an item; `seen` holds the signatures of this campaign.
    /// - Parameter isReproduced: whether it was found in isolation, where without that it is to happen again.
    func process(
        _ item: CrashInbox.Item,
        seen: inout Set<CrashSignature>,
        isReproduced: Bool = false
    ) throws -> Result {
        let isFine = isFine(item.finding)
        if isFine, seen.contains(item.finding.signature) {
            try discard(item)
            return .duplicate
        }
        if try isHeldBack(item.finding, isFine: isFine) { return .heldBack }
        if item.finding.divergence.observable.isGrowth { return try processGrowth(item) }
        let engine = engines.engine(item.finding.engine, specimen: item.finding.specimen)
        let judge = engines.judge(of: item.finding.subject)
        var finding = item.finding
        if !isReproduced {
            let judgement = judge.judge(item.finding.subject, in: [engine])
            if cancellation.isRequested { return .cancelled }
            let findings = judgement.findings(specimen: item.finding.specimen)
            guard let again = findings.first(where: { $0.engine == item.finding.engine }) else {
                if let reason = judgement.reasonNotRun { return .notTried(reason) }
                let kept = try store.inbox.setAside(item.path, in: Self.unreproduced)
                return .notReproduced(item.finding.signature, judgement.verdictText(of: engine.name), keptAs: kept)
            }
            finding = again
        }
        // Alone it may fail in another way.
        let isFineAlone = self.isFine(finding)
        guard seen.insert(finding.signature).inserted || !isFineAlone else {
            try discard(item)
            return .duplicate
        }
        seen.insert(item.finding.signature)
        if isFineAlone, let known = try store.known(finding.signature, specimen: finding.specimen) {
            try discard(item)
            return .known(Self.stored(known, isKnown: true))
        }
        // Each run that has no end takes all of its time, and little comes of many.
        let seconds = finding.divergence.observable.isHang ? reductionSeconds / 2 : reductionSeconds
        let analysis = CrashAnalysis(
            engine: engine,
            judge: engines.judgeOfConfirmed(item.finding.subject),
            reductionBudget: Reducer.Budget(seconds: seconds),
            boundarySeconds: seconds,
            others: engines.all(specimen: engines.isExternal(finding.engine) ? nil : finding.specimen),
            stages: engines.bisection(of: finding.engine, specimen: finding.specimen),
            provenance: provenance,
            checkpoint: store.checkpoint(of: item.finding),
            isTold: { (try? store.known($0, specimen: finding.specimen)) != nil },
            isCancelled: { [cancellation] in cancellation.isRequested }
        )
        do {
            let record = try analysis.record(for: finding)
            return try !isFineAlone && isHeldBack(record) ? .heldBack : .analysed(record)
        } catch is CrashAnalysis.Cancelled {
            return .cancelled
        }
    }

    /// Whether the signature of a finding as it was made tells what is wrong; others are told apart by what is left of them.
    func isFine(_ finding: Finding) -> Bool { !finding.isCoarse(isExternal: engines.isExternal(finding.engine)) }

    /// What an engine's folders are counted under: the configurations of a compiler in this program have most of their mistakes in common.
    func holder(of engine: EngineName) -> String { engines.isExternal(engine) ? engine.description : engine.family }

    /// Whether a finding would be one folder more than its engine may have: what is more severe than others is not held up by them, and what
    /// is known takes no folder.
    private func isHeldBack(_ finding: Finding, isFine: Bool) throws -> Bool {
        guard let mostFolders else { return false }
        let open = try openReports(specimen: finding.specimen)
        if !isFine, mayBeOne(of: open, finding) { return true }
        let severity = Severity(finding.divergence)
        let count = open.count { holder(of: $0.engine) == holder(of: finding.engine) && $0.severity >= severity }
        guard count >= mostFolders else { return false }
        return try !isFine || store.known(finding.signature, specimen: finding.specimen) == nil
    }

    private func openReports(specimen: String?) throws -> [CrashReport] {
        try store.content().folders.map(\.report).filter { $0.status == .open && $0.specimen == specimen }
    }

    /// Those of the reports that tell what wrong code of a compiler in this program did.
    private func ofWrongCode(_ reports: [CrashReport]) -> [CrashReport] {
        reports.filter { $0.signature.isFiner && !engines.isExternal($0.engine) }
    }

    /// Whether what was found on one machine is seen to be on both once it is reduced, and the other has an open crash that may be the same.
    private func isHeldBack(_ record: CrashRecord) throws -> Bool {
        let report = record.report
        guard mostFolders != nil, report.culprit?.isOfBothMachines == true,
            try store.known(report.signature, specimen: report.specimen) == nil
        else { return false }
        return try ofWrongCode(openReports(specimen: report.specimen)).contains {
            $0.engine.family != report.engine.family
        }
    }

    /// Whether what wrong code of a compiler in this program does may be the mistake of an open crash: nobody knows which of it is one mistake
    /// before one is mended, and what waited and happens still is another one. Of the other machine's crashes it may be one where that machine
    /// shows it as well.
    private func mayBeOne(of open: [CrashReport], _ finding: Finding) -> Bool {
        if engines.isExternal(finding.engine) { return false }
        let rivals = ofWrongCode(open)
        let isOne = rivals.contains { rival in
            rival.engine.family == finding.engine.family || rival.signature.isOfBothMachines
                || rival.culprit?.isOfBothMachines == true
        }
        if isOne { return true }
        guard !rivals.isEmpty, let counterpart = engines.counterpart(of: finding.engine, specimen: finding.specimen)
        else { return false }
        var trial = engines.judge.trial(of: finding.subject)
        return trial.verdict(of: counterpart).isDivergence
    }

    /// Stores a record.
    /// - Returns: nil where this campaign has stored one that covers its finer signature.
    func add(
        _ record: CrashRecord,
        _ item: CrashInbox.Item,
        seen: inout Set<CrashSignature>
    ) throws -> CampaignSummary.StoredFinding? {
        let addition = try store.add(record, resolving: item)
        store.checkpoint(of: item.finding)?.remove()
        switch addition {
        case .added(let folder, let replaced):
            seen.insert(folder.report.signature)
            var finding = Self.stored(folder, isKnown: false)
            finding.replaced = replaced
            finding.cost = record.cost
            return finding
        case .known(let folder):
            // Its signature may cover that of the record without being the same.
            let isTold = !seen.insert(folder.report.signature).inserted
            return isTold && folder.report.signature != item.finding.signature
                ? nil : Self.stored(folder, isKnown: true)
        }
    }

    /// Removes what is stored already, with what was kept of its reduction.
    func discard(_ item: CrashInbox.Item) throws {
        try store.inbox.remove(item)
        store.checkpoint(of: item.finding)?.remove()
    }

    /// Measures a growth of time or code again, in another process, before it is stored.
    private func processGrowth(_ item: CrashInbox.Item) throws -> Result {
        let finding = item.finding
        if isFine(finding), let known = try store.known(finding.signature, specimen: finding.specimen) {
            try discard(item)
            return .known(Self.stored(known, isKnown: true))
        }
        let engine = engines.engine(finding.engine, specimen: finding.specimen)
        guard let recipe = finding.subject.recipe else { return .notTried("it has no recipe") }
        let growth = Growth(
            finding.divergence.observable,
            of: recipe,
            in: engine,
            confirmingWithin: engines.judge.budget
        )
        if cancellation.isRequested { return .cancelled }
        guard let divergence = growth?.divergence else {
            let kept = try store.inbox.setAside(item.path, in: Self.unreproduced)
            return .notReproduced(finding.signature, growth?.description ?? "it did not complete a case", keptAs: kept)
        }
        let measured = Finding(
            finding.subject,
            engine: finding.engine,
            specimen: finding.specimen,
            divergence: divergence
        )
        let analysis = CrashAnalysis(
            engine: engine,
            judge: engines.judge.withoutConfirmation,
            others: engines.all(specimen: nil),
            provenance: provenance,
            isCancelled: { [cancellation] in cancellation.isRequested }
        )
        return .analysed(try analysis.record(for: measured))
    }

    private static func stored(_ folder: CrashFolder, isKnown: Bool) -> CampaignSummary.StoredFinding {
        CampaignSummary.StoredFinding(
            folder: folder.path,
            title: folder.report.title,
            engine: folder.report.engine,
            signature: folder.report.signature,
            severity: folder.report.account?.severity,
            boundary: folder.report.boundary,
            originalSize: folder.report.originalSize,
            reducedSize: folder.report.reducedSize,
            isKnown: isKnown,
            status: folder.report.status
        )
    }
}

extension Judgement {
    /// Why an engine, or the oracle, had no process to run in; nil where all had.
    var reasonNotRun: String? {
        for entry in entries {
            if case .inconclusive(let reason) = entry.verdict, reason.kind == .worker { return reason.description }
        }
        return nil
    }

    /// What was said of an engine.
    fileprivate func verdictText(of engine: EngineName) -> String {
        switch entries.first(where: { $0.engine == engine })?.verdict {
        case .agreement: "it agrees"
        case .divergence(let divergence): divergence.observed
        case .inconclusive(let reason): reason.description
        case nil: "it was not run"
        }
    }
}
