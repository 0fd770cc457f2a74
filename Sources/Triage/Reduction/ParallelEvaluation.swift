import Differential
import Dispatch
import Synchronization

/// An evaluator had no process to run a case in, which says nothing of the case.
struct EvaluatorLost: Error {}

/// Runs several cases at once, each by an evaluator of its own.
///
/// Unchecked, as those who make evaluators promise that each of them can be called from any thread, by one at a time.
struct ParallelEvaluation: @unchecked Sendable {
    private let evaluators: [Reducer.Evaluate]

    init(_ evaluators: [Reducer.Evaluate]) { self.evaluators = evaluators }

    /// How many cases are run at once.
    var width: Int { evaluators.count }

    /// What the evaluators say of at most ``width`` cases, in their order. Where one is lost, as another machine may be, the first one runs its
    /// case afterwards.
    func results(of subjects: [Case]) -> [Result<CrashSignature?, any Error>] {
        if subjects.count == 1 { return [result(of: subjects[0], number: 0)] }
        let results = Mutex([Int: Result<CrashSignature?, any Error>]())
        DispatchQueue.concurrentPerform(iterations: subjects.count) { number in
            let result = result(of: subjects[number], number: number)
            results.withLock { $0[number] = result }
        }
        return results.withLock { made in
            subjects.indices.compactMap { number in
                if case .failure(_ as EvaluatorLost) = made[number] { return result(of: subjects[number], number: 0) }
                return made[number]
            }
        }
    }

    private func result(of subject: Case, number: Int) -> Result<CrashSignature?, any Error> {
        Result { try evaluators[number](subject) }
    }
}
