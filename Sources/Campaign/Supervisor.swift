import Differential
import Execution
import Foundation
import Triage
import WorkerIsolation

/// Starts workers, hears what they say, starts them again when they die, and hands what they find to the triage thread.
struct Supervisor {
    private let options: CampaignOptions
    private let program: WorkerProgram
    private let folder: WorkFolder
    private let store: CrashStore
    private let triage: TriageThread
    private let start = ContinuousClock.now
    private var slots: [WorkerSlot] = []
    private var summary = CampaignSummary()
    private var cells: Set<String> = []
    private var deathLimits = DeathLimits()
    private var status: StatusLine
    /// When a worker first said that something differs, or died: findings are told later, when they are reduced.
    private var firstSuspicion: (seconds: Double, cases: Int)?

    init(
        _ options: CampaignOptions,
        _ program: WorkerProgram,
        _ folder: WorkFolder,
        _ store: CrashStore,
        oracle: EngineName,
        engines: [EngineName],
        _ status: StatusLine
    ) {
        self.options = options
        self.program = program
        self.folder = folder
        self.store = store
        self.status = status
        let serving = WorkerInvocation(executable: program.executable, arguments: program.arguments + ["serve"])
        triage = TriageThread(
            FindingProcessing(
                store: store,
                engines: IsolatedEngines(serving, oracle: oracle, names: engines, budget: options.budget),
                reductionSeconds: options.reductionSeconds
            )
        )
        let count = max(1, options.workers ?? ProcessInfo.processInfo.activeProcessorCount)
        for number in 0..<count {
            var settings = WorkerSettings()
            settings.profiles = options.chosenProfiles.map(\.name)
            settings.maximumArity = options.maximumArity
            settings.takesRawBytes = options.takesRawBytes
            settings.engines = engines.map(\.description)
            settings.specimen = options.specimen
            settings.store = options.crashes
            settings.currentCase = folder.currentCase(number)
            settings.number = number
            settings.count = count
            settings.seed = options.seed
            // A thousand values in eight compilers take seconds in a debug or instrumented build, and more on a busy machine.
            settings.secondsPerCase = 20
            let stage: WorkerSlot.Stage = options.sweeps ? .sweep : options.fuzzes ? .fuzz : .done
            slots.append(WorkerSlot(number: number, stage: stage, settings: settings))
        }
    }

    /// Beside the findings that wait, so that the next start with the same store looks at what was left.
    private var deaths: String { "\(store.inbox.path)/deaths" }

    // MARK: The campaign

    mutating func run() throws -> CampaignSummary {
        triage.start()
        for item in try store.inbox.content().items { triage.add(.finding(item.path)) }
        for path in Death.files(in: deaths) { triage.add(.death(path)) }
        if options.fuzzes, program.isInstrumented { folder.seedCorpus(options.seed) }
        try superviseWorkers()
        for index in slots.indices {
            slots[index].process?.send(SIGKILL)
            hear(index)
            slots[index].process = nil
        }
        summary.seconds = Campaign.seconds(since: start)
        finishTriage()
        status.close()
        summary.casesPerSecond = summary.seconds > 0 ? Double(summary.cases) / summary.seconds : 0
        summary.edgesByArities = cells.count
        summary.wasInterrupted = Interruption.isRequested
        return summary
    }

    private mutating func superviseWorkers() throws {
        let deadline = start + .seconds(options.seconds)
        while ContinuousClock.now < deadline, !Interruption.isRequested {
            if let maximum = options.maximumCases, summary.cases >= maximum { return }
            if options.stopsAtFirstFinding, !summary.findings.isEmpty { return }
            for index in slots.indices where slots[index].process == nil && slots[index].stage != .done {
                try startWorker(index)
            }
            if slots.allSatisfy({ $0.stage == .done }) { return }
            var descriptors = slots.flatMap { $0.process?.pollDescriptors() ?? [] }
            _ = poll(&descriptors, nfds_t(descriptors.count), 100)
            for index in slots.indices where slots[index].process != nil {
                hear(index)
                if let process = slots[index].process, process.isClosed { try end(index, process.wait()) }
            }
            readUpdate()
            let text = statusText
            status.update(text)
        }
    }

    /// Processes what is left; a second interruption leaves it to the next start.
    private mutating func finishTriage() {
        while !triage.isIdle, !Interruption.isUrgent {
            if options.stopsAtFirstFinding, !summary.findings.isEmpty { break }
            usleep(20_000)
            readUpdate()
            let backlog = triage.backlog
            status.update("storing findings, \(backlog) to go")
        }
        triage.stop()
        readUpdate()
    }

    private mutating func readUpdate() {
        let update = triage.takeUpdate()
        for finding in update.findings {
            if summary.findings.isEmpty, let first = firstSuspicion {
                summary.secondsToFirstFinding = first.seconds
                summary.casesToFirstFinding = first.cases
            }
            summary.findings.append(finding)
            status.say("\(finding.isKnown ? "known" : "new"): \(finding.text)")
        }
        for problem in update.problems {
            summary.problems.append(problem)
            status.say("problem: \(problem)")
        }
    }

    private var statusText: String {
        let elapsed = Campaign.seconds(since: start)
        let rate = elapsed > 0 ? Double(summary.cases) / elapsed : 0
        let isSweeping = slots.contains { $0.stage == .sweep }
        var text =
            "\(isSweeping ? "sweep" : "fuzz") \(Int(elapsed))/\(Int(options.seconds)) s  \(summary.cases) cases"
            + "  \(Int(rate))/s  \(cells.count) edges x arities"
        if let coverage = summary.coverage { text += "  cov \(coverage)" }
        text += "  \(summary.findings.count) found"
        if triage.backlog > 0 { text += " (\(triage.backlog) in work)" }
        if summary.verdicts.refusals > 0 { text += "  \(CampaignSummary.rounded(summary.refusedRate * 100)) % refused" }
        return text
    }

    private mutating func noteSuspicion() {
        if firstSuspicion == nil { firstSuspicion = (Campaign.seconds(since: start), summary.cases) }
    }

    // MARK: Workers

    private mutating func startWorker(_ index: Int) throws {
        slots[index].starts += 1
        slots[index].lastOutput = []
        try? FileManager.default.removeItem(atPath: folder.currentCase(index))
        var settings = slots[index].settings
        settings.knownSignatures = summary.findings.map(\.signature.description)
        slots[index].settings = settings
        let arguments: [String]
        switch slots[index].stage {
        case .sweep: arguments = ["sweep"]
        case .fuzz: arguments = program.isInstrumented ? libFuzzerArguments(slots[index]) : ["random"]
        case .done: return
        }
        let process = try WorkerProcess(try program.invocation(arguments, settings))
        process.closeInput()
        slots[index].process = process
    }

    private func libFuzzerArguments(_ slot: WorkerSlot) -> [String] {
        // A seed of its own for every start, or a crash would be found again the same way. 0 means random.
        let seed = UInt32(truncatingIfNeeded: options.seed &* 1_000_003 &+ UInt64(slot.number * 10_007 + slot.starts))
        return [
            "-seed=\(max(seed, 1))", "-timeout=\(slot.settings.secondsPerCase)", "-rss_limit_mb=2048", "-max_len=64",
            "-len_control=0", "-artifact_prefix=\(folder.run)/artefact-\(slot.number)-", "-print_final_stats=0",
            folder.corpus,
        ]
    }

    private mutating func hear(_ index: Int) {
        guard let process = slots[index].process else { return }
        let (output, errors) = process.lines(waitingMilliseconds: 0)
        for line in output {
            if line.hasPrefix("finding ") {
                noteSuspicion()
                triage.add(.finding(String(line.dropFirst("finding ".count))))
            } else if line.hasPrefix(WorkerReport.prefix),
                let report = try? JSONLine.decode(WorkerReport.self, line.dropFirst(WorkerReport.prefix.count))
            {
                add(report)
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
        summary.verdicts.add(report.verdicts)
        cells.formUnion(report.newCells)
    }

    /// A worker has ended: its work is done, or a case has killed it.
    private mutating func end(_ index: Int, _ termination: Termination) throws {
        hear(index)
        slots[index].process = nil
        if termination == .exited(status: 0) {
            slots[index].enter(slots[index].stage == .sweep && options.fuzzes ? .fuzz : .done)
            return
        }
        let lines = slots[index].lastOutput
        guard let origin = CurrentCase.read(folder.currentCase(index)), termination != .exited(status: 2) else {
            let reason = lines.last { $0.hasPrefix("error: ") } ?? lines.last ?? "\(termination)"
            summary.problems.append("worker \(index) could not work: \(reason)")
            slots[index].enter(.done)
            return
        }
        summary.restarts += 1
        summary.cases += 1
        if deathLimits.isWorthwhile(termination, lastOutput: lines), let subject = origin.subject(slots[index].settings)
        {
            noteSuspicion()
            let death = Death(subject, specimen: options.specimen)
            triage.add(.death(try death.write(to: deaths)))
        }
        slots[index].step(past: origin)
    }
}
