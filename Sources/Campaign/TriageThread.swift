import Differential
import Foundation
import Synchronization
import Triage

/// Processes findings on a thread of its own, so that workers and the status line go on meanwhile.
final class TriageThread: Sendable {
    /// What is to be processed: files, so that a kill loses none.
    enum Task: Hashable, Sendable {
        /// A finding in the inbox, by its file.
        case finding(String)
        /// A death, by its file.
        case death(String)
    }

    /// What was found out since the last look.
    struct Update: Sendable {
        var findings: [CampaignSummary.StoredFinding] = []
        var problems: [String] = []
    }

    private struct State: Sendable {
        var tasks: [Task] = []
        var isBusy = false
        var isStopped = false
        /// Whose problem has been told.
        var unreproduced: Set<CrashSignature> = []
        var update = Update()
    }

    private let state = Mutex(State())
    private let processing: FindingProcessing

    init(_ processing: FindingProcessing) {
        self.processing = processing
    }

    func start() {
        let thread = Thread { [self] in work() }
        thread.stackSize = 64 << 20
        thread.start()
    }

    func add(_ task: Task) { state.withLock { $0.tasks.append(task) } }

    /// Lets the present task end, and takes no other.
    func stop() { state.withLock { $0.isStopped = true } }

    /// Whether all is processed.
    var isIdle: Bool { state.withLock { !$0.isBusy && $0.tasks.isEmpty } }

    /// How many tasks wait or are under way.
    var backlog: Int { state.withLock { $0.tasks.count + ($0.isBusy ? 1 : 0) } }

    func takeUpdate() -> Update {
        state.withLock { state in
            defer { state.update = Update() }
            return state.update
        }
    }

    private func work() {
        var seen: Set<CrashSignature> = []
        while true {
            let (task, isStopped) = state.withLock { state -> (Task?, Bool) in
                if state.isStopped { return (nil, true) }
                guard !state.tasks.isEmpty else { return (nil, false) }
                state.isBusy = true
                return (state.tasks.removeFirst(), false)
            }
            if isStopped { return }
            guard let task else {
                usleep(20_000)
                continue
            }
            do {
                switch task {
                case .finding(let path): try process(path, &seen)
                case .death(let path): try resolve(path, &seen)
                }
            } catch {
                state.withLock { $0.update.problems.append("\(error)") }
            }
            state.withLock { $0.isBusy = false }
        }
    }

    private func process(_ path: String, _ seen: inout Set<CrashSignature>) throws {
        // Another task may have resolved it.
        guard let item = try processing.store.inbox.content().items.first(where: { $0.path == path }) else { return }
        try process(item, &seen)
    }

    private func process(_ item: CrashInbox.Item, _ seen: inout Set<CrashSignature>) throws {
        switch try processing.process(item, seen: &seen) {
        case .stored(let finding): state.withLock { $0.update.findings.append(finding) }
        case .duplicate: break
        case .notReproduced(let signature):
            state.withLock {
                guard $0.unreproduced.insert(signature).inserted else { return }
                $0.update.problems.append("\(signature): not reproduced in isolation; kept as \(item.path)")
            }
        }
    }

    /// Runs the case of a death in isolation; what it shows goes to the inbox before the death's file goes.
    private func resolve(_ path: String, _ seen: inout Set<CrashSignature>) throws {
        let death = try Death(reading: path)
        let engines = processing.engines
        let findings = engines.judge.judge(death.subject, in: engines.all(specimen: death.specimen))
            .findings(specimen: death.specimen)
        if findings.isEmpty {
            state.withLock {
                $0.update.problems.append("a worker died in a case that passes in isolation: \(death.subject.summary)")
            }
        }
        let items = try findings.filter { !seen.contains($0.signature) }.map { try processing.store.inbox.put($0) }
        try FileManager.default.removeItem(atPath: path)
        for item in items { try process(item, &seen) }
    }
}
