import Differential
import Foundation
import Triage
import WorkerIsolation

extension Supervisor {
    /// The share of its time that the only worker gives to the stream, before coverage leads it.
    private static let shareOfStream = 0.4

    /// Has the only worker go on by coverage once the stream has had its share of the time; where there are more, both go on side by side.
    mutating func endStream() {
        guard let index = slots.onlyStream, let seconds = options.seconds,
            Campaign.seconds(since: start) > seconds * Self.shareOfStream
        else { return }
        stopWorker(index)
        slots[index].enter(.fuzz)
    }

    /// Ends the work of a slot for good, and says why.
    private mutating func giveUp(_ index: Int, _ problem: Problem) {
        tell(problem)
        explained.formUnion(slots[index].settings.engines?.map(\.description) ?? [])
        slots[index].enter(.done)
    }

    mutating func startWorker(_ index: Int) {
        let casesLeft = slots[index].share.map { $0 - slots[index].cases }
        if let casesLeft, casesLeft <= 0 { return slots[index].enter(.done) }
        slots[index].starts += 1
        slots[index].lastOutput = []
        try? FileManager.default.removeItem(atPath: folder.currentCase(index))
        var settings = slots[index].settings
        // What is stored by now depends on time.
        if casesLeft == nil { settings.knownSignatures = summary.findings.map(\.signature.description) }
        settings.caseCount = casesLeft
        slots[index].settings = settings
        let arguments: [String]
        switch slots[index].stage {
        case .sweep: arguments = ["sweep"]
        case .stream: arguments = ["random"]
        case .fuzz: arguments = libFuzzerArguments(slots[index])
        case .modules: arguments = ["modules"]
        case .done: return
        }
        do {
            var invocation = try slots[index].program.invocation(arguments, settings)
            // What is found is to be stored while the search goes on, however many engines there are.
            invocation.givesWay = slots.contains { $0.isDriver }
            let process = try WorkerProcess(invocation)
            process.closeInput()
            slots[index].process = process
        } catch {
            giveUp(index, Problem(text: "a worker could not be started: \(error)"))
        }
    }

    /// Ends the worker of a slot, if there is one, and hears what it said.
    mutating func stopWorker(_ index: Int) {
        slots[index].process?.send(SIGKILL)
        hear(index)
        slots[index].process = nil
    }

    private func libFuzzerArguments(_ slot: WorkerSlot) -> [String] {
        // A seed of its own for every start, or a crash would be found again the same way. 0 means random.
        let ofStart = UInt64(slot.number * 10_007 + slot.starts) &+ options.shard.seedOffset
        let seed = UInt32(truncatingIfNeeded: options.seed &* 1_000_003 &+ ofStart)
        return Self.limitsOfLibFuzzer
            + [
                "-seed=\(max(seed, 1))", "-len_control=0", "-print_final_stats=0",
                "-artifact_prefix=\(folder.run.path)/artefact-\(slot.number)-",
            ] + (folder.corpus.map { [$0] } ?? [])
    }

    /// The case has a clock of its own, which counts processor time.
    static let limitsOfLibFuzzer = ["-timeout=0", "-rss_limit_mb=2048", "-max_len=4096"]

    mutating func hear(_ index: Int) {
        guard let process = slots[index].process else { return }
        let (output, errors) = process.lines(waitingMilliseconds: 0)
        for line in output {
            if line.hasPrefix("finding ") {
                let path = String(line.dropFirst("finding ".count))
                let engine = slots[index].isDriver ? slots[index].settings.engines?.first : nil
                triage.add(
                    TriageThread.Task(
                        kind: .finding,
                        path: path,
                        engine: engine,
                        discovery: discovery(by: index),
                        worker: index
                    )
                )
            } else if let lost = LostFinding(line: line) {
                summary.notStored += 1
                tell(
                    Problem(
                        text: "a finding could not be written to \(store.inbox.path), and is lost: \(lost.reason)",
                        instance: lost.signature
                    )
                )
            } else if line.hasPrefix(WorkerReport.prefix),
                let report = try? JSONLine.decode(WorkerReport.self, line.dropFirst(WorkerReport.prefix.count))
            {
                add(report)
                slots[index].cases += report.cases
                slots[index].tally.add(report)
                slots[index].settings.firstSwept += report.swept
                if !slots[index].isDriver { sweptCases += report.swept }
            }
        }
        for line in errors { slots[index].hear(line) }
        if let status = slots[index].status {
            summary.coverage = max(summary.coverage ?? 0, status.coverage)
            summary.features = max(summary.features ?? 0, status.features)
        }
    }

    private mutating func add(_ report: WorkerReport) {
        summary.cases += report.cases
        summary.programs += report.programs
        verdicts.add(report.verdicts)
        cells.formUnion(report.newCells)
        domain.add(report.domain.map)
        for sample in report.compileTimes { compileTimes.add(sample) }
    }

    /// How much a worker of libFuzzer may hold; a new one holds a tenth of it.
    private static let mostBytesOfFuzzer: UInt64 = 640 << 20
    private static let intervalOfLooksAtMemory = Duration.seconds(1)

    /// Ends workers of libFuzzer that have grown large, as it keeps in memory what it knows of each input; they begin again with the corpus.
    mutating func renewLargeWorkers() {
        guard ContinuousClock.now >= nextLookAtMemory else { return }
        nextLookAtMemory = .now + Self.intervalOfLooksAtMemory
        for index in slots.indices where slots[index].stage == .fuzz {
            guard let process = slots[index].process, process.residentBytes > Self.mostBytesOfFuzzer else { continue }
            stopWorker(index)
            summary.renewals += 1
        }
    }

    /// A worker has ended: its work is done, or a case has killed it.
    mutating func end(_ index: Int, _ termination: Termination) {
        hear(index)
        slots[index].process = nil
        if termination == .exited(status: 0) {
            slots[index].enter(.done)
            return
        }
        let lines = slots[index].lastOutput
        guard let origin = CurrentCase.read(folder.currentCase(index)), termination != .exited(status: 2) else {
            let reason = lines.last { $0.hasPrefix("error: ") } ?? lines.last ?? "\(termination)"
            giveUp(index, Problem(text: "a worker could not work: \(reason)"))
            return
        }
        summary.restarts += 1
        if WorkerSlot.isCase(origin) {
            summary.cases += 1
            slots[index].cases += 1
        }
        if WorkerSlot.isSwept(origin), !slots[index].isDriver { sweptCases += 1 }
        let cause = DeathCause(termination, lastOutput: lines)
        // Which worker is first depends on time.
        let limits = options.caseCount == nil ? 0 : index
        if deathLimits[limits, default: DeathLimits()].isWorthwhile(cause),
            let subject = origin.subject(slots[index].settings)
        {
            let death = Death(subject, specimen: options.specimen, cause: cause.description)
            do {
                let path = try deaths.put(death)
                triage.add(
                    TriageThread.Task(kind: .death, path: path, discovery: discovery(by: index), worker: index)
                )
            } catch {
                summary.notStored += 1
                tell(Problem(text: "a worker died, and its case could not be kept: \(error)"))
            }
        }
        slots[index].step(past: origin)
    }
}
