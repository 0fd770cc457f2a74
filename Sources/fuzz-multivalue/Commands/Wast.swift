import ArgumentParser
import Execution
import InTreeEngines
import WasmModel
import WasmScripts
import WorkerIsolation

/// Runs scripts of the specification's test suite.
struct Wast: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs specification scripts and counts what passed, failed and was skipped.",
        discussion: """
            A path is a .wast file, a .json file of commands with .wasm files beside it (as wast2json makes them), or a folder, which is \
            searched to the bottom. Modules that must be rejected have to be so for the stated reason. A command is skipped only where \
            a module is refused, by the engine or for a limit, a feature or a proposal, and the summary says which. A command or a file \
            that cannot be read is a failure of its own, and the others run. Every engine runs in a process of its own, with limits for \
            each command.

            A real engine is given the parts of a script that run by themselves: each module with the calls on it, and modules that have to \
            be rejected. What links modules, and what the engine cannot be given or does not show, is skipped, and the summary says how often.

            Exit status 1 where a command failed, 2 where a file that is named is no script, 3 where no command was carried out, or one \
            has no end within the fuel.

            Example: fuzz-multivalue wast spec/test/core --engines interpreter
            """
    )

    @Argument(help: ArgumentHelp("Scripts, or folders of scripts.", valueName: "path"))
    var paths: [String]

    @Option(
        help: ArgumentHelp(
            "Engines, separated by commas; each gets its own counts. The interpreter where none is named.",
            valueName: "names"
        )
    )
    var engines: String?

    @OptionGroup
    var real: RealEngineOptions

    @OptionGroup
    var release: FeatureOptions

    @Flag(
        help: "Also check that every module is the same after printing and parsing, and after encoding and decoding it."
    )
    var roundTrips = false

    @Flag(help: "A skipped command is a failure, too: exit status 1.")
    var failOnSkipped = false

    @Option(help: ArgumentHelp("Also write all counts and failures as JSON; - for standard output.", valueName: "file"))
    var json: String?

    @OptionGroup
    var limits: LimitOptions

    @Flag(help: "No progress on standard error.")
    var quiet = false

    func run() throws {
        try OutputFile.check(json, "--json")
        let engines = try chosenEngines()
        let selection: ScriptFile.Selection
        do {
            selection = try ScriptFile.selection(at: paths)
        } catch {
            throw CommandFailure(error.description)
        }
        var hasMistake = false
        var summary = ScriptSummary(engines: engines.map(\.name.description), excluded: selection.excluded)
        let progress = ProgressLine(isQuiet: quiet)
        let runner = try EngineSelection.scriptRunner(readable: paths)
        for (position, file) in selection.files.enumerated() where !Interruption.signals.isRequested {
            let place = "file \(position + 1) of \(selection.files.count)"
            try run(file, in: engines, runner, &summary, &hasMistake) { text in
                progress.show("\(place), \(text()): \(file.path)")
            } clear: {
                progress.clear()
            }
        }
        summary.wasInterrupted = Interruption.signals.isRequested
        if isTextShown, !hasMistake || !summary.results.isEmpty {
            try StandardStream.output.write(summary.totals(nameWidth: summary.nameWidth) + summary.roundTripLine)
        }
        if let json { try OutputFile.write(try summary.json(), to: json) }
        if hasMistake { try ExitStatus.misuse.end() }
        try ExitStatus(
            differs: summary.hasFailures || failOnSkipped && summary.hasSkipped,
            hasComparison: summary.hasPassed && !summary.hasUndecided
        ).end()
    }

    /// Standard output holds the JSON alone where it is asked for there.
    private var isTextShown: Bool { json != "-" }

    /// Runs one script in all engines. A file that is no script is one failure in each of them.
    private func run(
        _ file: ScriptFile,
        in engines: [ChosenEngine],
        _ runner: IsolatedScriptRunner,
        _ summary: inout ScriptSummary,
        _ hasMistake: inout Bool,
        show: @escaping (_ text: @autoclosure () -> String) -> Void,
        clear: () -> Void
    ) throws {
        let content: ScriptFile.Content
        do {
            content = try file.content()
        } catch {
            let report = ScriptReport(failures: [.init(line: 1, expected: "a script", got: error.description)])
            clear()
            // A file that the user named is a mistake; one that was only found in a folder is a failure among others.
            if paths.contains(file.path) {
                StandardStream.error.report(error.description)
                hasMistake = true
                return
            }
            for engine in engines { try add(report, of: file, in: engine.name, &summary) }
            return
        }
        summary.absentCount += content.absentCount
        if roundTrips {
            let features = release.features.subtracting(content.featuresOff)
            let report = ModuleRoundTrip.check(content.script, features: features)
            if isTextShown, !report.failures.isEmpty {
                clear()
                try StandardStream.output.write(ScriptSummary.text(of: report.failures, path: file.path))
            }
            summary.add(report, path: file.path)
        }
        do {
            let trial = try ScriptTrial(
                file.path,
                runner,
                oracle: InTreeEngines.registry().oracle.name,
                features: release.features,
                within: limits.budget(ScriptRunner.standardBudget)
            ) {
                engine,
                number,
                count in
                show("\(engine), command \(number) of \(count)")
            }
            for engine in engines {
                let report = try engine.report(of: trial)
                clear()
                try add(report, of: file, in: engine.name, &summary)
            }
        } catch IsolatedScriptRunner.Failure.interrupted {
            return
        } catch let failure as IsolatedScriptRunner.Failure {
            throw CommandFailure(failure.description, status: .nothingCompared)
        }
    }

    private func add(
        _ report: ScriptReport,
        of file: ScriptFile,
        in engine: EngineName,
        _ summary: inout ScriptSummary
    ) throws {
        let result = ScriptSummary.Result(path: file.path, engine: engine.description, report: report)
        summary.results.append(result)
        guard isTextShown else { return }
        let head = summary.results.count == 1 ? ScriptSummary.head(nameWidth: summary.nameWidth) : ""
        try StandardStream.output.write(head + result.text(nameWidth: summary.nameWidth))
    }

    /// The engines of both options, each once.
    private func chosenEngines() throws -> [ChosenEngine] {
        Interruption.watchFirstSignals()
        let registry = try real.registry(interruption: .signals, secondsOfTrial: limits.timeout)
        var chosen: [ChosenEngine] = []
        func add(_ name: String, _ option: String) throws {
            do {
                for engine in try registry.engines(named: name)
                where !chosen.contains(where: { $0.name == engine.name }) {
                    chosen.append(ChosenEngine(engine, isExternal: registry.isExternal(engine.name)))
                }
            } catch {
                throw CommandFailure("\(option): \(error)")
            }
        }
        let names = engines ?? (real.chosen.isEmpty ? registry.oracle.name.description : "")
        if engines != nil || !names.isEmpty {
            for name in names.split(separator: ",", omittingEmptySubsequences: false) {
                try add(String(name), "--engines")
            }
        }
        for text in real.chosen { try add(RealEngineOptions.name(of: text), "--engine") }
        return chosen
    }
}

/// An engine that scripts are run in.
struct ChosenEngine {
    let name: EngineName
    /// Nil for an engine of this program, which runs in a worker.
    private let external: (any Engine)?

    init(_ engine: any Engine, isExternal: Bool) {
        name = engine.name
        external = isExternal ? engine : nil
    }

    /// What becomes of a script.
    func report(of trial: ScriptTrial, specimen: String? = nil) throws(IsolatedScriptRunner.Failure) -> ScriptReport {
        if let external { return try trial.report(ofExternal: external, interruption: .signals) }
        return try trial.report(of: name, specimen: specimen)
    }
}
