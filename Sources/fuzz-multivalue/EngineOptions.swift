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
    ///   - cases: where no engine is chosen, those outside of this program in which they were found are run as well, by their names: what
    ///     a report says of how they are started is not followed.
    ///   - interruption: ends runs that are under way; where it is nil, they come to their end.
    func selection(
        for cases: [NamedCase] = [],
        interruption: Interruption? = .signals
    ) throws -> EngineSelection {
        let reports = cases.compactMap(\.folder?.report).filter { $0.account != nil }
        return try EngineSelection(
            names: engines,
            found: reports.map(\.engine),
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

    /// - Parameters:
    ///   - names: separated by commas; nil for every compiler, unless real engines are named.
    ///   - found: engines outside of this program that are run besides where none is named, if they are here.
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
        var selected = try real.names(in: registry, and: names)
        if names == nil, real.chosen.isEmpty {
            for name in found where !selected.contains(name) {
                if registry.isExternal(name), (try? registry.engine(named: name)) != nil { selected.append(name) }
            }
        }
        // The oracle has a process of its own, which the crashes of the others leave alone.
        let oracle = IsolatedEngine(name: registry.oracle.name, worker: try Self.worker(interruption))
        let worker = try Self.worker(interruption)
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

    private init(judge: Judge, engines: [any Engine], specimen: String?) {
        self.judge = judge
        self.engines = engines
        self.specimen = specimen
    }

    /// The engines for one of several cases: of those that the cases were found in, its own only.
    func engines(for item: NamedCase, of cases: [NamedCase]) -> EngineSelection {
        let others = Set(cases.compactMap(\.folder?.report).filter { $0.account != nil }.map(\.engine))
            .subtracting([item.folder?.report.engine].compactMap { $0 })
        return EngineSelection(
            judge: judge,
            engines: engines.filter { !others.contains($0.name) },
            specimen: specimen
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
