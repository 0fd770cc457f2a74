import Differential
import Execution
import Foundation
import Triage
import WasmModel
import WorkerIsolation

/// Starts workers, hears what they say, starts them again when they die, and hands what they find to the triage thread.
struct Supervisor {
    private let options: CampaignOptions
    private let folder: WorkFolder
    private let store: CrashStore
    private let deaths: DeathFolder
    private let triage: TriageThread
    private let interruption: Interruption
    /// Of the campaign, when the engines were tried.
    private let start: ContinuousClock.Instant
    private var slots: [WorkerSlot] = []
    private var summary: CampaignSummary
    private var cells: Set<String> = []
    private var deathLimits = DeathLimits()
    private var problems = ProblemLog()
    /// Engines of which a problem says why nothing is compared in them.
    private var explained: Set<String> = []
    private var status: StatusLine

    init(
        _ options: CampaignOptions,
        _ program: WorkerProgram,
        _ folder: WorkFolder,
        _ store: CrashStore,
        _ registry: EngineRegistry,
        engines: TriedEngines,
        modules: ModuleFolder?,
        _ status: StatusLine,
        _ interruption: Interruption
    ) throws {
        self.options = options
        self.folder = folder
        self.store = store
        self.status = status
        self.interruption = interruption
        start = .now
        summary = CampaignSummary(engines: engines.chosen)
        summary.leftOut = engines.leftOut
        deaths = DeathFolder(store)
        let cancellation = Cancellation()
        let serving = WorkerInvocation(executable: program.executable, arguments: program.arguments + ["serve"])
        triage = TriageThread(
            FindingProcessing(
                store: store,
                engines: IsolatedEngines(
                    serving,
                    registry,
                    names: engines.usable,
                    budget: options.budget,
                    cancellation: cancellation
                ),
                reductionSeconds: options.reductionSeconds,
                cancellation: cancellation
            )
        )
        for engine in engines.leftOut { self.status.say("left out: \(engine.text.displayed)") }
        for engine in engines.unusable {
            explained.insert(engine.engine.description)
            tell(Problem(text: engine.text))
        }
        let modules = try modules.map { try folder.list($0) }
        let inTree = engines.usable.filter { !registry.isExternal($0) }
        let count = max(1, options.workers ?? ProcessInfo.processInfo.activeProcessorCount)
        if !inTree.isEmpty { for number in 0..<count { addSlot(program, inTree, number, of: count, modules) } }
        // Each engine outside of the program has the whole stream of cases for itself, so that none waits for another.
        for engine in engines.usable where registry.isExternal(engine) {
            addDriver(of: engine, engines.capabilities[engine], program, modules)
        }
    }

    private mutating func addSlot(
        _ program: WorkerProgram,
        _ engines: [EngineName],
        _ number: Int,
        of count: Int,
        _ modules: String?
    ) {
        var settings = WorkerSettings()
        settings.profiles = options.chosenProfiles.map(\.name)
        settings.maximumArity = options.maximumArity
        settings.takesRawBytes = options.takesRawBytes
        settings.modules = modules
        settings.engines = engines
        settings.specimen = options.specimen
        settings.store = options.crashes
        settings.currentCase = folder.currentCase(slots.count)
        settings.number = number
        settings.count = count
        settings.seed = options.seed
        // A thousand values in eight compilers take seconds in a debug or instrumented build, and more on a busy machine.
        settings.secondsPerCase = 20
        var stage: WorkerSlot.Stage =
            options.modules != nil ? .modules : options.sweeps ? .sweep : options.fuzzes ? .fuzz : .done
        var sweepers: Int?
        if stage == .sweep, options.fuzzes {
            // From the first second on there is both.
            if program.isInstrumented {
                let first = Self.sweepers(among: count)
                sweepers = first
                if number >= first { stage = .fuzz }
            } else {
                settings.mixesSweep = true
                stage = .fuzz
            }
        }
        slots.append(
            WorkerSlot(number: slots.count, program: program, stage: stage, settings: settings, sweepers: sweepers)
        )
    }

    /// How many of the workers begin with the sweep: half of them.
    private static func sweepers(among count: Int) -> Int { max(1, count / 2) }

    /// The share of the time of all workers that the sweep takes at most.
    private static let greatestShareOfSweep = 0.4

    /// Has the workers that sweep go on with what the others do once the sweep has taken its share of the time.
    private mutating func endSweep() {
        let sweeping = slots.indices.filter { slots[$0].stage == .sweep }
        guard options.fuzzes, !sweeping.isEmpty else { return }
        let count = slots.count { !$0.isDriver }
        let seconds = options.seconds * Self.greatestShareOfSweep * Double(count) / Double(Self.sweepers(among: count))
        guard Campaign.seconds(since: start) > seconds else { return }
        for index in sweeping {
            slots[index].process?.send(SIGKILL)
            hear(index)
            slots[index].process = nil
            summary.casesLeftOfSweep += slots[index].casesOfSweep(from: CurrentCase.read(folder.currentCase(index)))
            slots[index].enter(.fuzz)
        }
    }

    /// Adds a worker that makes what an engine outside of the program takes.
    private mutating func addDriver(
        of engine: EngineName,
        _ capabilities: EngineCapabilities?,
        _ program: WorkerProgram,
        _ modules: String?
    ) {
        var driver = WorkerProgram(
            executable: options.fallbackWorker.first ?? program.executable,
            arguments: Array(options.fallbackWorker.dropFirst())
        )
        driver.variables = WorkerProgram.variablesOfDrivers.merging(options.variablesOfExternalEngines) { $1 }
        let index = slots.count
        addSlot(driver, [engine], 0, of: 1, modules)
        slots[index].isDriver = true
        slots[index].settings.gate = folder.gate(index)
        slots[index].settings.heats = true
        guard let capabilities else { return }
        slots[index].settings.features = capabilities.features.rawValue
        let arities = capabilities.limits.filter { ["parameters", "results"].contains($0.name) }.map { Int($0.figure) }
        slots[index].settings.maximumArity = min(options.maximumArity, arities.max() ?? options.maximumArity)
    }

    // MARK: The campaign

    mutating func run() throws -> CampaignSummary {
        triage.start()
        try takeUpLeftovers()
        if options.fuzzes, options.modules == nil, slots.contains(where: \.program.isInstrumented) {
            folder.seedCorpus(options.seed)
        }
        try superviseWorkers()
        for index in slots.indices {
            slots[index].process?.send(SIGKILL)
            hear(index)
            slots[index].process = nil
        }
        summary.seconds = Campaign.seconds(since: start)
        finishTriage()
        tellWhatWasNotRun()
        status.close()
        summary.problems = problems.lines
        summary.casesPerSecond = summary.seconds > 0 ? Double(summary.cases) / summary.seconds : 0
        summary.edgesByArities = cells.count
        summary.wasInterrupted = interruption.isRequested
        return summary
    }

    /// What an earlier campaign left in the inbox.
    private mutating func takeUpLeftovers() throws {
        deaths.removeLeftovers()
        let content = try store.inbox.content()
        for item in content.items {
            triage.add(TriageThread.Task(kind: .finding, path: item.path, engine: item.finding.engine))
        }
        for problem in content.problems { tell(Problem(text: "a finding that cannot be read: \(problem)")) }
        for problem in try store.content().problems {
            tell(Problem(text: "a crash folder that cannot be read: \(problem)"))
        }
        for path in deaths.files { triage.add(TriageThread.Task(kind: .death, path: path)) }
    }

    private mutating func superviseWorkers() throws {
        let gates = slots.compactMap { slot in slot.settings.gate.map { (slot.number, $0) } }
        var turns = try DriverTurns(
            gates: Dictionary(uniqueKeysWithValues: gates),
            processors: ProcessInfo.processInfo.activeProcessorCount,
            seconds: options.seconds
        )
        let deadline = start + .seconds(options.seconds)
        while ContinuousClock.now < deadline, !interruption.isRequested {
            if let maximum = options.maximumCases, summary.cases >= maximum { return }
            if options.stopsAtFirstFinding, !summary.findings.isEmpty { return }
            for index in slots.indices where slots[index].process == nil && slots[index].stage != .done {
                startWorker(index)
            }
            if slots.allSatisfy({ $0.stage == .done }) { return }
            endSweep()
            turns.update(isStoring: !triage.isIdle, isDone: { slots[$0].stage == .done })
            var descriptors = slots.flatMap { $0.process?.pollDescriptors() ?? [] }
            _ = poll(&descriptors, nfds_t(descriptors.count), 100)
            for index in slots.indices where slots[index].process != nil {
                hear(index)
                if let process = slots[index].process, process.isClosed { end(index, process.wait()) }
            }
            readUpdate()
            let progress = progress
            if progress.isWorthTelling { status.update(progress.text) }
        }
    }

    /// Processes what is left; the end of the time for it, or a second interruption, leaves it to the next start.
    private mutating func finishTriage() {
        let deadline = ContinuousClock.now + .seconds(options.storingSeconds)
        while !triage.isIdle, !interruption.isUrgent, ContinuousClock.now < deadline {
            if options.stopsAtFirstFinding, !summary.findings.isEmpty { break }
            usleep(20_000)
            readUpdate()
            let (backlog, secondsLeft) = (triage.backlog, -Campaign.seconds(since: deadline))
            status.update(CampaignProgress.storing(backlog, secondsLeft: secondsLeft))
        }
        triage.cancel()
        readUpdate()
        let left = triage.waitingCount
        summary.notStored += left
        if left > 0, !options.stopsAtFirstFinding || summary.findings.isEmpty {
            tell(
                Problem(
                    text: "\(left) \(left == 1 ? "finding is" : "findings are") not stored yet: "
                        + "the next start with \(options.crashes) goes on with what is in \(store.inbox.path)"
                )
            )
        }
    }

    /// What an engine did not do in some cases, or in all, may hide something, unless it is the user who ended it.
    private mutating func tellWhatWasNotRun() {
        if interruption.isRequested { return }
        for (name, tally) in summary.engines.sorted(by: { $0.key < $1.key }) where tally.verdicts.notRun > 0 {
            explained.insert(name)
            tell(
                Problem(
                    text:
                        "\(name): \(tally.verdicts.notRun) of \(tally.verdicts.runs.counted("case")) could not be run",
                    instance: tally.verdicts.firstReasonNotRun.map { "the first: \($0)" }
                )
            )
        }
        // The first finding may come before the first case of most.
        if options.stopsAtFirstFinding, !summary.findings.isEmpty { return }
        for problem in summary.problemsOfIdleEngines(except: explained) { tell(problem) }
    }

    private mutating func readUpdate() {
        let update = triage.takeUpdate()
        for finding in update.findings {
            summary.findings.removeAll { finding.replaced.contains($0.folder) }
            summary.findings.append(finding)
            status.say(finding.announcement.displayed)
        }
        for problem in update.problems { tell(problem) }
    }

    private mutating func tell(_ problem: Problem) {
        if let line = problems.add(problem.text, instance: problem.instance) {
            status.say("problem: \(line.displayed)")
        }
    }

    private var progress: CampaignProgress {
        CampaignProgress(
            isSweeping: slots.contains { $0.stage == .sweep },
            seconds: Campaign.seconds(since: start),
            ofSeconds: options.seconds,
            cases: summary.cases,
            edgesByArities: cells.count,
            coverage: summary.coverage,
            found: summary.notAccepted.count,
            accepted: summary.knownAndAccepted,
            inWork: triage.backlog,
            refusedRate: summary.verdicts.refusals > 0 ? summary.refusedRate : nil
        )
    }

    /// Now.
    private var discovery: CampaignSummary.Discovery {
        CampaignSummary.Discovery(seconds: Campaign.seconds(since: start), cases: summary.cases)
    }

    // MARK: Workers

    /// Ends the work of a slot for good, and says why.
    private mutating func giveUp(_ index: Int, _ problem: Problem) {
        tell(problem)
        explained.formUnion(slots[index].settings.engines?.map(\.description) ?? [])
        slots[index].enter(.done)
    }

    private mutating func startWorker(_ index: Int) {
        slots[index].starts += 1
        slots[index].lastOutput = []
        try? FileManager.default.removeItem(atPath: folder.currentCase(index))
        var settings = slots[index].settings
        settings.knownSignatures = summary.findings.map(\.signature.description)
        slots[index].settings = settings
        let arguments: [String]
        switch slots[index].stage {
        case .sweep: arguments = ["sweep"]
        case .fuzz: arguments = slots[index].program.isInstrumented ? libFuzzerArguments(slots[index]) : ["random"]
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

    private func libFuzzerArguments(_ slot: WorkerSlot) -> [String] {
        // A seed of its own for every start, or a crash would be found again the same way. 0 means random.
        let seed = UInt32(truncatingIfNeeded: options.seed &* 1_000_003 &+ UInt64(slot.number * 10_007 + slot.starts))
        return [
            // The case has a clock of its own, which counts processor time.
            "-seed=\(max(seed, 1))", "-timeout=0", "-rss_limit_mb=2048", "-max_len=4096", "-len_control=0",
            "-artifact_prefix=\(folder.run.path)/artefact-\(slot.number)-", "-print_final_stats=0",
        ] + (folder.corpus.map { [$0] } ?? [])
    }

    private mutating func hear(_ index: Int) {
        guard let process = slots[index].process else { return }
        let (output, errors) = process.lines(waitingMilliseconds: 0)
        for line in output {
            if line.hasPrefix("finding ") {
                let path = String(line.dropFirst("finding ".count))
                let engine = slots[index].isDriver ? slots[index].settings.engines?.first : nil
                triage.add(
                    TriageThread.Task(kind: .finding, path: path, engine: engine, discovery: discovery)
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
        for (name, tally) in report.engines { summary.engines[name, default: EngineTally()].add(tally) }
        cells.formUnion(report.newCells)
    }

    /// A worker has ended: its work is done, or a case has killed it.
    private mutating func end(_ index: Int, _ termination: Termination) {
        hear(index)
        slots[index].process = nil
        if termination == .exited(status: 0) {
            slots[index].enter(slots[index].stage == .sweep && options.fuzzes ? .fuzz : .done)
            return
        }
        let lines = slots[index].lastOutput
        guard let origin = CurrentCase.read(folder.currentCase(index)), termination != .exited(status: 2) else {
            let reason = lines.last { $0.hasPrefix("error: ") } ?? lines.last ?? "\(termination)"
            giveUp(index, Problem(text: "a worker could not work: \(reason)"))
            return
        }
        summary.restarts += 1
        summary.cases += 1
        let cause = DeathCause(termination, lastOutput: lines)
        if deathLimits.isWorthwhile(cause), let subject = origin.subject(slots[index].settings) {
            let death = Death(subject, specimen: options.specimen, cause: cause.description)
            do {
                let path = try deaths.put(death)
                triage.add(TriageThread.Task(kind: .death, path: path, discovery: discovery))
            } catch {
                summary.notStored += 1
                tell(Problem(text: "a worker died, and its case could not be kept: \(error)"))
            }
        }
        slots[index].step(past: origin)
    }
}
