import Differential
import Execution
import Foundation
import Triage
import WasmGenerator
import WasmModel
import WorkerIsolation

/// Starts workers, hears what they say, starts them again when they die, and hands what they find to the triage thread.
struct Supervisor {
    let options: CampaignOptions
    let folder: WorkFolder
    let store: CrashStore
    let deaths: DeathFolder
    let triage: TriageThread
    let interruption: Interruption
    /// Of the campaign, when the engines were tried and the corpus is merged.
    var start: ContinuousClock.Instant
    var slots: [WorkerSlot] = []
    var summary: CampaignSummary
    var cells: Set<String> = []
    var domain = DomainMap()
    var compileTimes: [CompileTime] = []
    private var series = CampaignSeries()
    /// How many cases the sweep has, which workers that run engines themselves share; 0 where they do not sweep.
    lazy var casesOfSweep =
        options.sweeps && options.modules == nil ? slots.first { !$0.isDriver }?.settings.sweep().count ?? 0 : 0
    /// How many of them were run.
    var sweptCases = 0
    /// Of all campaigns before this one.
    private let history: CampaignHistory
    private var nextHistory = ContinuousClock.now + Self.intervalOfHistory
    /// Of the corpus, while it runs beside workers; those that coverage leads begin behind it.
    var merge: CorpusMerge?
    var nextLookAtMemory = ContinuousClock.now
    /// Of all workers, or of each where nothing is to depend on which of them is faster.
    var deathLimits: [Int: DeathLimits] = [:]
    /// What all engines came to so far.
    var verdicts = VerdictCounts()
    private var problems = ProblemLog()
    /// Engines of which a problem says why nothing is compared in them.
    var explained: Set<String> = []
    var status: StatusLine

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
        history = CampaignHistory(readingFrom: folder.history(store))
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
                mostFolders: options.mostFolders,
                provenance: options.provenance,
                cancellation: cancellation
            ),
            secondsPerCase: program.secondsPerCase
        )
        for engine in engines.leftOut { self.status.say("left out: \(engine.text.displayed)") }
        for engine in engines.unusable {
            explained.insert(engine.engine.description)
            tell(Problem(text: engine.text))
        }
        let modules = try modules.map { try folder.list($0) }
        let inTree = engines.usable.filter { !registry.isExternal($0) }
        let count = options.workerCount
        if !inTree.isEmpty { for number in 0..<count { addSlot(program, inTree, number, of: count, modules) } }
        // Each engine outside of the program has the whole stream of cases for itself, so that none waits for another.
        for engine in engines.usable where registry.isExternal(engine) {
            addDriver(of: engine, engines.capabilities[engine], program, modules)
        }
        shareCases()
    }

    /// Gives each worker its part of the cases, where it is said how many there are to be.
    private mutating func shareCases() {
        guard let count = options.caseCount else { return }
        for index in slots.indices {
            slots[index].share = count / slots.count + (index < count % slots.count ? 1 : 0)
            slots[index].settings.measurements = .withoutTime
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
        settings.weights = options.chosenProfiles.map(\.weight)
        settings.maximumArity = options.maximumArity
        settings.takesRawBytes = options.takesRawBytes
        settings.modules = modules
        settings.changesModules = options.changesModules
        settings.engines = engines
        settings.specimen = options.specimen
        settings.store = options.crashes
        settings.currentCase = folder.currentCase(slots.count)
        settings.number = number
        settings.count = count
        settings.seed = options.seed
        settings.gate = folder.gate(slots.count)
        settings.secondsPerCase = program.secondsPerCase
        let stage: WorkerSlot.Stage
        if options.modules != nil {
            stage = .modules
        } else if !options.fuzzes {
            stage = options.sweeps ? .sweep : .done
        } else if program.isInstrumented, number >= WorkerSlot.streams(among: count) {
            stage = .fuzz
        } else {
            stage = .stream
            settings.mixesSweep = options.sweeps
            if program.isInstrumented { settings.count = WorkerSlot.streams(among: count) }
        }
        options.shard.divide(&settings)
        slots.append(WorkerSlot(number: slots.count, program: program, stage: stage, settings: settings))
    }

    /// The program whose workers have no instrumentation, and are faster for it.
    func uninstrumented(_ program: WorkerProgram) -> WorkerProgram {
        guard let executable = options.fallbackWorker.first else { return program }
        return WorkerProgram(executable: executable, arguments: Array(options.fallbackWorker.dropFirst()))
    }

    /// Adds a worker that makes what an engine outside of the program takes.
    private mutating func addDriver(
        of engine: EngineName,
        _ capabilities: EngineCapabilities?,
        _ program: WorkerProgram,
        _ modules: String?
    ) {
        var driver = uninstrumented(program)
        driver.variables = WorkerProgram.variablesOfDrivers.merging(options.variablesOfExternalEngines) { $1 }
        let index = slots.count
        addSlot(driver, [engine], 0, of: 1, modules)
        slots[index].isDriver = true
        slots[index].settings.heats = true
        guard let capabilities else { return }
        slots[index].settings.features = capabilities.features.rawValue
        let arities = capabilities.limits.filter { ["parameters", "results"].contains($0.name) }.map { Int($0.figure) }
        slots[index].settings.maximumArity = min(options.maximumArity, arities.max() ?? options.maximumArity)
    }

    // MARK: The campaign

    mutating func run() throws -> CampaignSummary {
        try mergeCorpus()
        // Beside the search, unless the order of what is stored would depend on time.
        if options.caseCount == nil { triage.start() }
        try takeUpLeftovers()
        if options.fuzzes, options.modules == nil, slots.contains(where: \.program.isInstrumented) {
            folder.seedCorpus(options.seed)
        }
        try superviseWorkers()
        for index in slots.indices { stopWorker(index) }
        summary.seconds = Campaign.seconds(since: start)
        for slot in slots { summary.add(slot.tally) }
        if options.caseCount != nil { triage.start(isOrdered: true) }
        finishTriage()
        tellWhatWasNotRun()
        status.close()
        summary.problems = problems.lines
        summary.casesPerSecond = summary.seconds > 0 ? Double(summary.cases) / summary.seconds : 0
        summary.edgesByArities = cells.count
        if summary.cases > 0 {
            series.end(summary, at: Campaign.seconds(since: start))
            summary.series = series
        }
        if !compileTimes.isEmpty { summary.compileTimes = compileTimes }
        summary.casesLeftOfSweep = casesOfSweep - sweptCases
        if !domain.isEmpty {
            let settings = Set(slots.map(\.settings.domain))
            let possible = settings.reduce(into: Set<DomainPlace>()) { $0.formUnion($1.possiblePlaces) }
            summary.domain = DomainSummary(domain.ordered, possible: possible)
        }
        summary.wasInterrupted = interruption.isRequested
        keepHistory(after: summary.seconds)
        return summary
    }

    private mutating func superviseWorkers() throws {
        let processors = ProcessInfo.processInfo.activeProcessorCount
        var turnsOfDrivers = try WorkerTurns(
            gates: gates(ofDrivers: true),
            places: .ofDrivers(processors: processors),
            seconds: options.seconds ?? .infinity
        )
        let workers = gates(ofDrivers: false)
        var turnsOfWorkers = try WorkerTurns(
            gates: workers,
            places: .ofWorkers(workers.count, processors: processors),
            seconds: options.seconds ?? .infinity
        )
        let deadline = options.seconds.map { start + .seconds($0) }
        while !interruption.isRequested {
            if let deadline, ContinuousClock.now >= deadline { return }
            if options.stopsAtFirstFinding, hasFound { return }
            try continueMerge()
            for index in slots.indices where slots[index].process == nil && isReady(slots[index].stage) {
                startWorker(index)
            }
            if slots.allSatisfy({ $0.stage == .done }) { return }
            endStream()
            renewLargeWorkers()
            let isStoring = options.caseCount == nil && !triage.isIdle
            turnsOfDrivers.update(isStoring: isStoring, isDone: { slots[$0].stage == .done })
            turnsOfWorkers.update(isStoring: isStoring, isDone: { slots[$0].stage == .done })
            var descriptors = slots.flatMap { $0.process?.pollDescriptors() ?? [] }
            _ = poll(&descriptors, nfds_t(descriptors.count), 100)
            for index in slots.indices where slots[index].process != nil {
                hear(index)
                if let process = slots[index].process, process.isClosed { end(index, process.wait()) }
            }
            readUpdate()
            series.sample(summary, at: Campaign.seconds(since: start))
            if ContinuousClock.now >= nextHistory {
                nextHistory = .now + Self.intervalOfHistory
                keepHistory(after: Campaign.seconds(since: start))
            }
            let progress = progress
            if progress.isWorthTelling { status.update(progress.text) }
        }
    }

    private func isReady(_ stage: WorkerSlot.Stage) -> Bool { stage != .done && (stage != .fuzz || merge == nil) }

    /// Nobody who kills a campaign takes more of its history with it.
    private static let intervalOfHistory = Duration.seconds(60)

    /// Adds this campaign, as far as it has come, to those before it.
    private mutating func keepHistory(after seconds: Double) {
        guard summary.cases > 0 else { return }
        let soFar = history.adding(cases: summary.cases, seconds: seconds, domain)
        // Without it the next one begins to count anew, and no more is lost.
        try? soFar.write(to: folder.history(store))
        summary.soFar = CampaignSummary.SoFar(soFar)
    }

    /// The paths of the gates of drivers, or of the workers that run engines themselves, by their slots.
    private func gates(ofDrivers isDriver: Bool) -> [Int: String] {
        Dictionary(
            uniqueKeysWithValues: slots.filter { $0.isDriver == isDriver }.compactMap { slot in
                slot.settings.gate.map { (slot.number, $0) }
            }
        )
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
        if options.stopsAtFirstFinding, hasFound { return }
        for problem in summary.problemsOfIdleEngines(except: explained) { tell(problem) }
    }

    mutating func tell(_ problem: Problem) {
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
            ofCases: options.caseCount,
            edgesByArities: cells.count,
            coverage: summary.coverage,
            found: summary.notAccepted.count,
            accepted: summary.knownAndAccepted,
            inWork: triage.backlog,
            refusedRate: verdicts.refusals > 0 ? verdicts.share(verdicts.refusals) : nil
        )
    }

    /// Now.
    func discovery(by index: Int) -> CampaignSummary.Discovery {
        let cases = options.caseCount == nil ? summary.cases : slots[index].cases
        return CampaignSummary.Discovery(seconds: Campaign.seconds(since: start), cases: cases)
    }
}
