import Execution
import WasmScripts
import WorkerIsolation

/// What `replay` found out about a script: what became of its commands in every engine.
struct ScriptReplay {
    let name: String
    /// The oracle first.
    private let reports: [(engine: EngineName, report: ScriptReport)]

    /// Runs the script in the oracle and in the other engines.
    init(_ path: String, _ selection: EngineSelection, _ limits: LimitOptions, _ progress: ProgressLine) throws {
        name = path
        let runner = try EngineSelection.scriptRunner(readable: [path])
        var reports: [(engine: EngineName, report: ScriptReport)] = []
        do throws(IsolatedScriptRunner.Failure) {
            let trial = try ScriptTrial(
                path,
                runner,
                oracle: selection.judge.oracle.name,
                within: limits.budget(ScriptRunner.standardBudget)
            ) { engine, number, count in
                progress.show("\(path): \(engine), command \(number) of \(count)")
            }
            for engine in selection.scriptEngines {
                reports.append((engine.name, try engine.report(of: trial, specimen: selection.specimen)))
            }
        } catch {
            switch error {
            case .unreadable(let reason): throw CommandFailure(reason)
            case .interrupted: break
            case .noWorker: throw CommandFailure(error.description, status: .nothingCompared)
            }
        }
        self.reports = reports
    }

    /// Whether a command did something else than the script says, in any engine.
    var isFailure: Bool { reports.contains { !$0.report.failures.isEmpty } }

    /// Whether any command was carried out.
    var hasComparison: Bool { reports.contains { $0.report.passed > 0 || !$0.report.failures.isEmpty } }

    /// Whether a command has no end within the fuel, so that nobody can say of it what the script says.
    var isUndecided: Bool { reports.contains { !$0.report.undecided.isEmpty } }

    /// The name, and a line an engine with its first failures.
    var text: String {
        let width = reports.map(\.engine.description.count).max() ?? 0
        var text = name.displayed + "\n"
        for (engine, report) in reports {
            let name = engine.description + String(repeating: " ", count: width - engine.description.count)
            text += "  \(name)  \(report.passed) passed, \(report.failures.count) failed, \(report.skipped) skipped\n"
            for failure in report.failures.prefix(5) { text += "    \(failure.description.displayed)\n" }
            for command in report.undecided.prefix(5) { text += "    \(command.description.displayed)\n" }
        }
        return text
    }

    /// The script as `replay` prints it in JSON.
    struct Document: Encodable {
        struct Engine: Encodable {
            var name: String
            var passed: Int
            var skipped: Int
            var failures: [String]
            var undecided: [String]
        }

        var name: String
        var failed: Bool
        var engines: [Engine]
    }

    var document: Document {
        Document(
            name: name,
            failed: isFailure,
            engines: reports.map { engine, report in
                Document.Engine(
                    name: engine.description,
                    passed: report.passed,
                    skipped: report.skipped,
                    failures: report.failures.map(\.description),
                    undecided: report.undecided.map(\.description)
                )
            }
        )
    }
}
