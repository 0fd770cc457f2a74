import ArgumentParser
import Triage
import WasmModel
import WorkerIsolation

/// Runs stored cases again.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Runs crash folders and other cases again.",
        discussion: """
            A path is a crash folder, a folder of crash folders, a .wasm, .wat or .wast file, a finding (.json), or a raw fuzz input. A \
            crash folder fails where it breaks the rule of its status: an open crash must still differ in its engine, a fixed one must \
            agree in all. A script fails where a command does something else than it says, in any engine. Anything else fails where an \
            engine differs from the interpreter.

            Where no engine is named, the compilers run every case, and a real engine those that were found in it, if it is here: by its \
            name, or as engines.txt defines it.

            Of a module, all exports are called, or that of --invoke. \(InvocationOptions.valueHelp)

            What cannot be read is named on standard error, the others are run, and the exit status is 2.

            Exit status 1 where a case fails, 3 where nothing was compared, a crash could not be checked as its engine was not run, or a \
            command of a script has no end within the fuel.

            Example: fuzz-multivalue replay Crashes --engines x86_64,arm64:loads
                     fuzz-multivalue replay many.wasm --invoke f -5 0x1.8p3
            """
    )

    @Argument(help: ArgumentHelp("What to run; - for a module on standard input.", valueName: "path"))
    var paths: [String]

    @OptionGroup
    var invocation: InvocationOptions

    @OptionGroup
    var selection: EngineOptions

    @Flag(help: "Print JSON.")
    var json = false

    private struct Document: Encodable {
        var schemaVersion = 2
        var cases: [ReplayReport.Document]
        var scripts: [ScriptReplay.Document]
        /// What could not be read, each with its path.
        var problems: [String]
    }

    /// What came of the cases and scripts.
    private struct Tally {
        var count = 0
        var failures = 0
        var hasComparison = false
        var isUndecided = false
        var uncheckedCount = 0
        var problems: [CommandFailure] = []

        mutating func add(_ report: ReplayReport) {
            count += 1
            if report.isFailure { failures += 1 }
            if report.run.hasComparison { hasComparison = true }
            if !report.isChecked { uncheckedCount += 1 }
        }

        mutating func add(_ replay: ScriptReplay) {
            count += 1
            if replay.isFailure { failures += 1 }
            if replay.hasComparison { hasComparison = true }
            if replay.isUndecided { isUndecided = true }
        }

        /// Names a path that cannot be read on standard error.
        mutating func add(_ problem: CommandFailure) {
            problems.append(problem)
            StandardStream.error.report(problem.description)
        }

        var summary: String {
            var summary = count == 0 && problems.isEmpty ? "no crashes" : "\(count.counted("case")), \(failures) failed"
            if !hasComparison { summary += ", nothing compared" }
            if uncheckedCount > 0 { summary += ", \(uncheckedCount) not checked" }
            if isUndecided { summary += ", some commands without an end" }
            if !problems.isEmpty { summary += ", \(problems.count) cannot be read" }
            if Interruption.signals.isRequested { summary += ", interrupted" }
            return summary
        }

        var status: ExitStatus {
            if problems.contains(where: { $0.status == .misuse }) { return .misuse }
            let isWhole = hasComparison && !isUndecided && uncheckedCount == 0 && problems.isEmpty
            return ExitStatus(differs: failures > 0, hasComparison: isWhole)
        }
    }

    /// A script's own assertions are checked, in all engines.
    private static func isScript(_ path: String) -> Bool { path.hasSuffix(".wast") }

    func run() throws {
        var tally = Tally()
        let cases: [NamedCase]
        if invocation.given != nil {
            cases = try ReplayInput.cases(at: paths, calling: invocation)
        } else {
            let readable = ReplayInput.readableCases(at: paths.filter { !Self.isScript($0) })
            cases = readable.cases
            readable.problems.forEach { tally.add($0) }
        }
        let scriptPaths = invocation.given == nil ? paths.filter(Self.isScript) : []
        var documents: [ReplayReport.Document] = []
        var scripts: [ScriptReplay.Document] = []
        if !cases.isEmpty || !scriptPaths.isEmpty {
            let selection = try selection.selection(for: cases)
            let progress = ProgressLine(isQuiet: self.selection.quiet)
            for item in cases where !Interruption.signals.isRequested {
                let report = ReplayReport(item, selection.engines(for: item), progress)
                progress.clear()
                tally.add(report)
                if json { documents.append(report.document) } else { try StandardStream.output.write(report.text) }
            }
            for path in scriptPaths where !Interruption.signals.isRequested {
                do {
                    let replay = try ScriptReplay(path, selection, self.selection.limits, progress)
                    progress.clear()
                    tally.add(replay)
                    scripts.append(replay.document)
                    if !json { try StandardStream.output.write(replay.text) }
                } catch let problem as CommandFailure where problem.status == .misuse {
                    progress.clear()
                    tally.add(problem)
                }
            }
        }
        if json {
            let document = Document(cases: documents, scripts: scripts, problems: tally.problems.map(\.description))
            try StandardStream.output.write(try JSONText.text(document))
        } else if tally.count > 0 || tally.problems.isEmpty {
            try StandardStream.output.write("\(tally.summary)\n")
        }
        try tally.status.end()
    }
}
