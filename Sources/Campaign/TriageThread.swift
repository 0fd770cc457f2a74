import Differential
import Execution
import Foundation
import Synchronization
import Triage

/// Processes findings on a thread of its own, so that workers and the status line go on meanwhile.
final class TriageThread: Sendable {
    /// What is to be processed: a file, so that a kill loses nothing.
    struct Task: Hashable, Sendable {
        /// What the file is.
        enum Kind: Hashable, Sendable {
            case finding, death
        }

        var kind: Kind
        var path: String
        /// Whose finding it is, where that is known before the file is read.
        var engine: EngineName?
        /// When this campaign met it; nil for what an earlier one left.
        var discovery: CampaignSummary.Discovery?
        /// The place of the worker that met it.
        var worker: Int?
    }

    /// What was found out since the last look.
    struct Update: Sendable {
        var findings: [CampaignSummary.StoredFinding] = []
        var problems: [Problem] = []
        /// How many findings wait as their engine has as many open folders as it may have.
        var heldBack: [String: Int] = [:]
        /// How many cases that ended a worker by its clock take so long alone, too, and pass.
        var tooLong = 0
        /// How many findings that were held back do not happen any more.
        var settled = 0
    }

    struct State: Sendable {
        var tasks: [Task] = []
        /// How many tasks of each engine were begun.
        var begun: [EngineName?: Int] = [:]
        /// The files of all tasks, and of what came of them.
        var files: Set<String> = []
        /// How many findings of an engine that look the same are held back.
        var heldBack: [String: Int] = [:]
        var isBusy = false
        var update = Update()

        /// Puts the tasks in the order of their workers; of one worker they stay as they are.
        mutating func order() {
            let order = tasks.indices.sorted { (tasks[$0].worker ?? -1, $0) < (tasks[$1].worker ?? -1, $1) }
            tasks = order.map { tasks[$0] }
        }

        /// The position of the first task of the engine that had the fewest, so that one with many mistakes does not hide those of others.
        var next: Int? {
            tasks.indices.min { begun[tasks[$0].engine, default: 0] < begun[tasks[$1].engine, default: 0] }
        }
    }

    private let state = Mutex(State())
    private let processing: FindingProcessing
    private let deaths: DeathFolder
    private let secondsPerCase: Int

    /// - Parameter secondsPerCase: the processor time that a worker gives a case.
    init(_ processing: FindingProcessing, secondsPerCase: Int) {
        self.processing = processing
        self.secondsPerCase = secondsPerCase
        deaths = DeathFolder(processing.store)
    }

    /// - Parameter isOrdered: whether what is there comes in the order of the workers that met it, and not of when they did.
    func start(isOrdered: Bool = false) {
        if isOrdered { state.withLock { $0.order() } }
        let thread = Thread { [self] in work() }
        thread.stackSize = 64 << 20
        thread.start()
    }

    func add(_ task: Task) {
        state.withLock { state in
            state.files.insert(task.path)
            state.tasks.append(task)
        }
    }

    /// Leaves the present task as soon as its engine is through, and takes no other.
    func cancel() { processing.cancellation.request() }

    /// Whether all is processed.
    var isIdle: Bool { backlog == 0 }

    /// How many tasks wait or are under way.
    var backlog: Int { state.withLock { $0.tasks.count + ($0.isBusy ? 1 : 0) } }

    /// How many findings and deaths are still where they wait: those that were not looked at, and those that could not be stored or tried.
    var waitingCount: Int {
        state.withLock(\.files).count { FileManager.default.fileExists(atPath: $0) }
    }

    func takeUpdate() -> Update {
        state.withLock { state in
            defer { state.update = Update() }
            return state.update
        }
    }

    private func work() {
        var seen: Set<CrashSignature> = []
        while !processing.cancellation.isRequested {
            let task = state.withLock { state -> Task? in
                guard let position = state.next else { return nil }
                state.isBusy = true
                let task = state.tasks.remove(at: position)
                state.begun[task.engine, default: 0] += 1
                return task
            }
            guard let task else {
                usleep(20_000)
                continue
            }
            do {
                switch task.kind {
                case .finding: try process(task, &seen)
                case .death: try resolve(task, &seen)
                }
            } catch {
                tell(Problem(text: error.oneLine))
            }
            // What is not finished stays in the backlog, whose size is told.
            if !processing.cancellation.isRequested { state.withLock { $0.isBusy = false } }
        }
    }

    /// Tells what is stored, if it is to be told, and that its task is done.
    private func tell(
        _ finding: CampaignSummary.StoredFinding?,
        _ discovery: CampaignSummary.Discovery?,
        _ endsTask: Bool
    ) {
        state.withLock { state in
            if var finding {
                finding.discovery = discovery
                state.update.findings.append(finding)
            }
            if endsTask { state.isBusy = false }
        }
    }

    private func tell(_ problem: Problem) { state.withLock { $0.update.problems.append(problem) } }

    private func process(_ task: Task, _ seen: inout Set<CrashSignature>) throws {
        // Another task may have resolved it.
        guard let item = try processing.store.inbox.item(task.path) else { return }
        try process(item, task.discovery, &seen, endsTask: true)
    }

    private func process(
        _ item: CrashInbox.Item,
        _ discovery: CampaignSummary.Discovery?,
        _ seen: inout Set<CrashSignature>,
        endsTask: Bool,
        isReproduced: Bool = false
    ) throws {
        switch try processing.process(item, seen: &seen, isReproduced: isReproduced) {
        case .analysed(let record):
            // Either it is stored and told, or it stays in the inbox.
            try processing.cancellation.unlessRequested {
                tell(try processing.add(record, item, seen: &seen), discovery, endsTask)
            }
        case .known(let finding): tell(finding, discovery, endsTask)
        case .duplicate, .cancelled: break
        case .heldBack: try holdBack(item)
        case .notReproduced where item.wasHeldBack:
            // What waited until a mistake was mended is as a rule that mistake.
            state.withLock { $0.update.settled += 1 }
        case .notReproduced(let signature, let verdict, let path):
            tell(Problem(text: "\(signature): not reproduced alone", instance: "\(verdict); kept as \(path)"))
        case .notTried(let reason):
            tell(Problem(text: "a finding could not be tried again: \(reason)", instance: "it waits as \(item.path)"))
        }
    }

    /// Leaves a finding in the inbox, or counts it only where enough of those wait that look like it.
    private func holdBack(_ item: CrashInbox.Item) throws {
        let engine = processing.holder(of: item.finding.engine)
        let most = processing.isFine(item.finding) ? 1 : Self.mostHeldBackAlike
        let isKept = state.withLock { state in
            state.update.heldBack[engine, default: 0] += 1
            let count = state.heldBack["\(engine) \(item.finding.signature)", default: 0] + 1
            state.heldBack["\(engine) \(item.finding.signature)"] = count
            if count <= most { state.files.remove(item.path) }
            return count <= most
        }
        if isKept {
            try processing.store.inbox.holdBack(item)
        } else {
            try processing.discard(item)
        }
    }

    /// Of findings that tell of values alone, behind which may be several mistakes.
    private static let mostHeldBackAlike = 5

    /// Runs the case of a death in isolation; what it shows goes to the inbox before the death's file goes.
    private func resolve(_ task: Task, _ seen: inout Set<CrashSignature>) throws {
        let death = try deaths.read(task.path)
        let engines = processing.engines
        let judge = engines.judge(of: death.subject)
        // An engine that does not end takes ten times the time of a run, and the others would most likely take as long again to say the same.
        let judgement = judge.judge(
            death.subject,
            in: engines.all(specimen: death.specimen),
            isEnough: { $0.verdict.isHang }
        )
        if processing.cancellation.isRequested { return }
        var findings = judgement.findings(specimen: death.specimen)
        // With code that checks itself it would take three times as long again.
        let isSlow = death.cause == DeathCause.noEnd && judgement.takesLong(for: secondsPerCase)
        if findings.isEmpty, judgement.reasonNotRun == nil, !isSlow {
            let audited = judge.judge(
                death.subject,
                in: engines.audited(specimen: death.specimen),
                isEnough: { $0.verdict.isDivergence }
            )
            if processing.cancellation.isRequested { return }
            findings = audited.findings(specimen: death.specimen)
        }
        if findings.isEmpty {
            if let reason = judgement.reasonNotRun {
                tell(
                    Problem(
                        text: "the case of a dead worker could not be tried again: \(reason)",
                        instance: "it waits as \(task.path)"
                    )
                )
                return
            }
            if isSlow {
                try deaths.remove(task.path)
                state.withLock { $0.update.tooLong += 1 }
                return
            }
            let kept = try processing.store.inbox.setAside(task.path, in: FindingProcessing.unreproduced)
            tell(
                Problem(
                    text: "a worker died in a case that passes alone (\(death.cause))",
                    instance: "\(death.subject.summary); kept as \(kept)"
                )
            )
            return
        }
        let items = try findings.filter { !seen.contains($0.signature) }.map {
            finding in
            let item = try processing.store.inbox.put(finding)
            state.withLock { _ = $0.files.insert(item.path) }
            return item
        }
        try deaths.remove(task.path)
        for (position, item) in items.enumerated() {
            try process(
                item,
                task.discovery,
                &seen,
                endsTask: position + 1 == items.count,
                isReproduced: true
            )
        }
    }
}

extension Verdict {
    fileprivate var isHang: Bool { divergence?.observable.isHang == true }
}

extension Observable {
    /// Whether the engine did not end.
    var isHang: Bool { if case .hang = self { true } else { false } }
}

extension Judgement {
    /// Whether the engines took so long that a worker with its instrumented code would not have come to an end.
    fileprivate func takesLong(for secondsPerCase: Int) -> Bool {
        others.reduce(.zero) { $0 + $1.duration } > .seconds(secondsPerCase * BuildConfiguration.slowness) / 2
    }
}
