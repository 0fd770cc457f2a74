import Differential
import Execution
import Synchronization
import Triage
import WorkerIsolation

/// Reduces a module for as long as a command of the user says that it is interesting.
///
/// A run that gives no answer counts as one that does not find the module interesting, and is counted.
final class PredicateReduction {
    /// How often the command ran, and without an answer.
    struct Runs: Hashable {
        var all = 0
        var endless = 0
        /// By the number of the signal.
        var signalled: [Int32: Int] = [:]
    }

    private struct State {
        var runs = Runs()
        var failure: CommandFailure?
    }

    private let state = Mutex(State())
    private let predicates: [Predicate]
    private let checkpoint: ReductionCheckpoint

    var runs: Runs { state.withLock(\.runs) }
    /// Why the reduction ended early; what it came to until then is good.
    var failure: CommandFailure? { state.withLock(\.failure) }

    /// - Parameters:
    ///   - predicates: the command as often as it may run at the same time, each with a place of its own.
    ///   - checkpoint: where the best so far is kept.
    init(_ predicates: [Predicate], _ checkpoint: ReductionCheckpoint) {
        self.predicates = predicates
        self.checkpoint = checkpoint
    }

    private static let signature = CrashSignature(text: "the predicate says that it is interesting")

    /// The smallest module that was found; nil where the module as it is is not interesting.
    func reduced(
        _ subject: Case,
        within budget: Reducer.Budget,
        progress: @escaping (Reducer.Progress, Runs) -> Void
    ) throws -> Reduction? {
        let reducer = Reducer(
            budget: budget,
            progress: { [unowned self] in progress($0, runs) },
            isInterrupted: { [unowned self] in failure != nil || Interruption.signals.isRequested },
            checkpoint: checkpoint,
            evaluators: predicates.map { predicate in
                { [unowned self] subject in isInteresting(subject.test.wasm, predicate) ? Self.signature : nil }
            }
        )
        // Nothing is called: the command says what matters.
        let module = Case(TestCase(wasm: subject.test.wasm, invocations: []))
        return try reducer.reduce(module, signature: Self.signature, includingModule: true)
    }

    private func isInteresting(_ wasm: [UInt8], _ predicate: Predicate) -> Bool {
        do throws(CommandFailure) {
            let answer = try predicate.answer(wasm)
            state.withLock { $0.runs.add(answer) }
            return answer == .interesting
        } catch {
            state.withLock { $0.failure = error }
            return false
        }
    }
}

extension PredicateReduction.Runs {
    fileprivate mutating func add(_ answer: Predicate.Answer) {
        switch answer {
        case .interesting, .uninteresting: break
        case .endless: endless += 1
        case .signalled(let number): signalled[number, default: 0] += 1
        case .interrupted: return
        }
        all += 1
    }

    /// What there was in place of answers, e.g. `2 without end in 10 seconds, 1 ended by SIGKILL`; nil where all answered.
    /// - Parameter seconds: how long a run may take.
    func withoutAnswer(seconds: Double) -> String? {
        var parts = endless > 0 ? ["\(endless) without end in \(Predicate.text(seconds: seconds))"] : []
        for (number, count) in signalled.sorted(by: { $0.key < $1.key }) {
            parts.append("\(count) ended by \(Termination.name(ofSignal: number))")
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
