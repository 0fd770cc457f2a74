import ArgumentParser
import BugZoo
import Differential
import Execution
import Foundation
import InTreeEngines
import Triage
import WasmFormats
import WorkerIsolation

/// The options by which commands choose engines.
struct EngineOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Engines, separated by commas: interpreter, x86_64, arm64, with :none or :speed and :definitions or :loads; all by default.",
            valueName: "names"
        )
    )
    var engines: String?

    @OptionGroup
    var real: RealEngineOptions

    @Option(
        help: ArgumentHelp("Put the mechanism of a known bug into the compilers; see zoo.", valueName: "specimen"),
        transform: NamedChoice.specimen
    )
    var inject: Specimen?

    @OptionGroup
    var limits: LimitOptions

    @Flag(help: "No progress on standard error.")
    var quiet = false

    /// The chosen engines, each in a worker process.
    /// - Parameters:
    ///   - cases: where no engine is chosen, those in which they were found are run as well, by their names: what a report says of how a
    ///     real engine is started is not followed.
    ///   - interruption: ends runs that are under way; where it is nil, they come to their end.
    func selection(
        for cases: [NamedCase] = [],
        interruption: Interruption? = .signals
    ) throws -> EngineSelection {
        try EngineSelection(
            names: engines,
            found: cases.compactMap(\.folder?.report.engine),
            real: real,
            specimen: inject,
            budget: limits.budget(),
            interruption: interruption
        )
    }
}

/// The oracle and the engines to compare with it; all run in worker processes, so that a crash, a hang or exhausted memory is an outcome.
struct EngineSelection {
    let judge: Judge
    /// Without the oracle.
    let engines: [any Engine]
    /// The oracle first.
    var allEngines: [any Engine] { [judge.oracle] + engines }
    /// The same engines for scripts.
    var scriptEngines: [ChosenEngine] {
        allEngines.map { ChosenEngine($0, isExternal: !($0 is IsolatedEngine)) }
    }
    /// The deliberate bug that the compilers have.
    let specimen: String?
    private let registry: EngineRegistry
    private let worker: ServingWorker
    /// Those of the engines that are run only as cases were found in them.
    private let added: Set<EngineName>

    /// - Parameters:
    ///   - names: separated by commas; nil for every compiler, unless real engines are named.
    ///   - found: engines that are run besides where none is named, if they are here.
    init(
        names: String?,
        found: [EngineName] = [],
        real: RealEngineOptions,
        specimen: Specimen?,
        budget: Budget,
        interruption: Interruption?
    ) throws {
        Interruption.watchFirstSignals()
        let registry = try real.registry(interruption: interruption, secondsOfTrial: budget.seconds)
        self.registry = registry
        var selected = try real.names(in: registry, and: names)
        var added: Set<EngineName> = []
        if names == nil, real.chosen.isEmpty {
            for name in found where name != registry.oracle.name && !selected.contains(name) {
                if (try? registry.engine(named: name)) == nil { continue }
                selected.append(name)
                added.insert(name)
            }
        }
        self.added = added
        // The oracle has a process of its own, which the crashes of the others leave alone.
        let oracle = IsolatedEngine(name: registry.oracle.name, worker: try Self.worker(interruption))
        let worker = try Self.worker(interruption)
        self.worker = worker
        engines = try selected.map { name in
            try registry.isExternal(name)
                ? registry.engine(named: name)
                : IsolatedEngine(name: name, specimen: specimen?.identifier, worker: worker)
        }
        judge = Judge(oracle: oracle, budget: budget)
        self.specimen = specimen?.identifier
        let emptyModule = TestCase(wasm: BinaryHeader.module, invocations: [])
        for engine in [oracle] + engines.prefix(1) {
            // What is no engine of this program may refuse anything; what is wrong with it is told where it is used.
            if registry.isExternal(engine.name) { continue }
            if case .notRun(let reason) = engine.run(emptyModule, within: judge.budget) {
                try Self.checkInterruption()
                throw CommandFailure("no worker: \(reason)", status: .nothingCompared)
            }
        }
    }

    private init(_ selection: EngineSelection, engines: [any Engine]) {
        judge = selection.judge
        specimen = selection.specimen
        added = selection.added
        registry = selection.registry
        worker = selection.worker
        self.engines = engines
    }

    /// Engines like one of a compiler in this program, in processes of their own, for runs at the same time; none of any other engine.
    /// - Parameters:
    ///   - judge: whose oracle each of them has another process for.
    ///   - hosts: commands that run this program elsewhere, each for one engine more.
    func helpers(
        _ count: Int,
        of name: EngineName,
        _ judge: Judge,
        hosts: [String]
    ) throws -> [CrashAnalysis.Runner] {
        if registry.isExternal(name) || name == registry.oracle.name {
            if hosts.isEmpty { return [] }
            throw CommandFailure("--host runs compilers of this program, and \(name) is none of them")
        }
        let own = try Self.invocation()
        let invocations = [WorkerInvocation](repeating: own, count: count) + hosts.map(WorkerInvocation.init(host:))
        return invocations.map { invocation in
            let oracle = IsolatedEngine(name: registry.oracle.name, worker: ServingWorker(invocation))
            let engine = IsolatedEngine(name: name, specimen: specimen, worker: ServingWorker(invocation))
            return CrashAnalysis.Runner(engine, Judge(oracle: oracle, budget: judge.budget, confirmationFactor: nil))
        }
    }

    /// What finds the stage at fault of a compiler in this program; nil of any other engine.
    func bisection(of name: EngineName) -> StageBisection? {
        StageBisection(of: name, in: registry) { IsolatedEngine(name: $0, specimen: specimen, worker: worker) }
    }

    /// The engines for one of several cases: of those that the cases were found in, its own only.
    func engines(for item: NamedCase) -> EngineSelection {
        EngineSelection(
            self,
            engines: engines.filter { !added.contains($0.name) || $0.name == item.folder?.report.engine }
        )
    }

    private static func worker(_ interruption: Interruption?) throws -> ServingWorker {
        ServingWorker(try invocation(), interruption: interruption)
    }

    /// Ends a command that cannot go on without what the user has interrupted.
    static func checkInterruption() throws(CommandFailure) {
        if Interruption.signals.isRequested { throw CommandFailure("interrupted", status: .interrupted) }
    }

    /// Runs scripts in a worker.
    /// - Parameter readable: the scripts, or folders of them.
    static func scriptRunner(readable: [String]) throws -> IsolatedScriptRunner {
        Interruption.watchFirstSignals()
        return IsolatedScriptRunner(try invocation(), readable: readable, interruption: .signals)
    }

    /// How to start a worker, which is this program again.
    private static func invocation() throws -> WorkerInvocation {
        guard let executable = Bundle.main.executablePath else {
            throw CommandFailure("cannot find the program itself to start workers", status: .nothingCompared)
        }
        return WorkerInvocation(executable: executable, arguments: Worker.arguments)
    }
}

extension WorkerInvocation {
    /// A worker that a command of the shell starts, on another machine as a rule.
    fileprivate init(host command: String) {
        self.init(
            executable: "/bin/sh",
            arguments: ["-c", "exec \(command) \(Worker.arguments.joined(separator: " "))"],
            inheritsEnvironment: true
        )
    }
}
