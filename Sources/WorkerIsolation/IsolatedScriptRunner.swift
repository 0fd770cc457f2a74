import Execution
import WasmModel
import WasmScripts

/// Runs scripts in an engine in another process: where a command takes the process with it, or does not come to an end, it has failed.
public struct IsolatedScriptRunner: Sendable {
    private let worker: ServingWorker

    /// Why a script was not run at all.
    public enum Failure: Error, Hashable, Sendable, CustomStringConvertible {
        /// The script cannot be read; the reason begins with its path.
        case unreadable(reason: String)
        /// No worker can be had, or it does not know the engine.
        case noWorker(reason: String)
        /// The user asked for the end.
        case interrupted

        /// The reason, in one line.
        public var description: String {
            switch self {
            case .unreadable(let reason): reason
            case .noWorker(let reason): "no worker: \(reason)"
            case .interrupted: "interrupted"
            }
        }
    }

    /// Makes a runner; no process is started yet.
    /// - Parameters:
    ///   - invocation: of a serving worker.
    ///   - readable: the scripts, or folders of them; a script may name files in its folder, so that all of that can be read.
    ///   - interruption: ends the script that is under way and refuses others.
    public init(_ invocation: WorkerInvocation, readable: [String], interruption: Interruption? = nil) {
        var invocation = invocation
        invocation.readablePaths += readable.flatMap { [$0, ScriptFile(path: $0).folder] }
        worker = ServingWorker(invocation, interruption: interruption)
    }

    /// Runs a script from its first command to its last, or to the one that ends the worker; the rest has then failed, too.
    ///
    /// What seems to be without end, or out of memory, is run again with ten times as much of both before it has failed.
    /// - Parameters:
    ///   - specimen: the deliberate bug that the engine has.
    ///   - features: what modules may use; a module beyond that is skipped.
    ///   - budget: of each command.
    ///   - undecided: the numbers of commands that are left out; those that the oracle did not come to the end of.
    ///   - progress: is told the number of the command that begins, from 1, and of how many.
    public func run(
        _ path: String,
        on engine: EngineName,
        specimen: String? = nil,
        features: FeatureSet = .wasm3,
        within budget: Budget = ScriptRunner.standardBudget,
        leavingOut undecided: Set<Int> = [],
        progress: (_ number: Int, _ count: Int) -> Void = { _, _ in }
    ) throws(Failure) -> ScriptAnswer {
        let task = ScriptTask(path: path, features: features, leavingOut: undecided)
        let engine = TestedEngine(name: engine, specimen: specimen)
        var budget = budget
        var log = WorkerLog()
        var ending = try answer(to: task, on: engine, within: budget, &log, progress)
        if case .ended(_, isOverBudget: true) = ending {
            budget = budget.extended(by: Budget.confirmationFactor)
            log = WorkerLog()
            ending = try answer(to: task, on: engine, within: budget, &log, progress)
        }
        switch ending {
        case .answered(let answer): return answer
        case .ended(let fault, _):
            if let failed = log.command { return try answer(upTo: failed, fault, task, on: engine, within: budget) }
            let failure = ScriptReport.Failure(line: 1, expected: "a script", got: "\(fault) while it was read")
            return ScriptAnswer(report: ScriptReport(failures: [failure]), absentCount: 0)
        }
    }

    /// What is known of a script whose command of a number took the worker with it: what came before is run again, without it.
    private func answer(
        upTo failed: Int,
        _ fault: String,
        _ task: ScriptTask,
        on engine: TestedEngine,
        within budget: Budget
    ) throws(Failure) -> ScriptAnswer {
        var prefix = task
        prefix.commandLimit = failed - 1
        var log = WorkerLog()
        var answer: ScriptAnswer
        switch try self.answer(to: prefix, on: engine, within: budget, &log, { _, _ in }) {
        case .answered(let answered): answer = answered
        case .ended:
            // It is not even the same command each time: the lines alone are asked for.
            prefix.commandLimit = 0
            guard
                case .answered(let answered) = try self.answer(
                    to: prefix,
                    on: engine,
                    within: budget,
                    &log,
                    { _, _ in }
                )
            else { throw .noWorker(reason: "\(fault), and again with no command to run") }
            answer = answered
        }
        let isCounted = prefix.commandLimit == failed - 1
        for (position, line) in answer.remainingLines.enumerated() {
            let isAtFault = isCounted ? position == 0 : position == failed - 1
            answer.report.failures.append(
                ScriptReport.Failure(
                    line: line,
                    expected: isAtFault ? "an end" : "to be run",
                    got: isAtFault ? fault : "not run: the worker ended"
                )
            )
        }
        answer.remainingLines = []
        return answer
    }

    /// An engine, with a deliberate bug where one is named.
    private struct TestedEngine {
        var name: EngineName
        var specimen: String?
    }

    private enum Ending {
        case answered(ScriptAnswer)
        /// The worker has ended, and how, in words.
        case ended(String, isOverBudget: Bool)
    }

    private func answer(
        to task: ScriptTask,
        on engine: TestedEngine,
        within budget: Budget,
        _ log: inout WorkerLog,
        _ progress: (Int, Int) -> Void
    ) throws(Failure) -> Ending {
        let request = HostRequest(.script(task), engine: engine.name, specimen: engine.specimen, budget: budget)
        let ending: ServingWorker.Ending
        do {
            ending = try worker.exchange(request) { line in
                if let command = CommandMarker.command(of: line) { progress(command.number, command.count) }
                return log.note(line)
            }
        } catch {
            throw .noWorker(reason: error.description)
        }
        switch ending {
        case .answered(.script(let answer)): return .answered(answer)
        case .answered(.unreadable(let reason)): throw .unreadable(reason: reason)
        case .answered(.failed(let reason)): throw .noWorker(reason: reason)
        case .answered(.outcome), .answered(.description), .answered(.compilation):
            throw .noWorker(reason: "the worker answered another request")
        case .died(let termination):
            let outcome = termination.outcome(in: log, executable: worker.invocation.executable)
            return .ended(outcome.fault, isOverBudget: outcome.isOverBudget)
        case .stopped: return .ended("no end", isOverBudget: true)
        case .fellSilent: return .ended("it \(ServingWorker.silence)", isOverBudget: false)
        case .overMemory: return .ended("memory exhausted", isOverBudget: true)
        case .interrupted: throw .interrupted
        }
    }
}

extension Outcome {
    /// Whether more time or memory could make another outcome.
    fileprivate var isOverBudget: Bool {
        switch self {
        case .timedOut, .memoryExhausted: true
        case .completed, .refused, .rejected, .crashed, .notRun: false
        }
    }

    /// The end of a worker in words.
    fileprivate var fault: String {
        switch self {
        case .crashed(let crash): "crash: \(crash.message)"
        case .memoryExhausted: "memory exhausted"
        case .timedOut: "no end"
        case .completed, .refused, .rejected, .notRun: summary
        }
    }
}

extension ScriptFile {
    /// The folder that the file is in.
    fileprivate var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "." }
}
