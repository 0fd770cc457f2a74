import Carriage
import Execution

/// What a command that does not agree says of the calls of a case.
struct CommandFinding {
    private let part: CommandCase
    private let expected: Observation
    /// What is known of the parts before.
    private var observed: Observation

    init(_ part: CommandCase, _ expected: Observation, _ observed: Observation) {
        self.part = part
        self.expected = expected
        self.observed = observed
    }

    /// Differences, of calls or of what the instance shows; of the first call that is checked where that is not known.
    ///
    /// What is before the first one was right, and what is behind it where the command went on to its end.
    func difference(_ difference: CommandCase.Difference) -> Observation {
        var result = observed
        var wrong: [(call: Int?, ending: InvocationOutcome)] = []
        for part in difference.parts {
            switch part.subject {
            case .call(let number): wrong.append((number, .mismatched(part.text)))
            case .state(let call):
                let ending = InvocationOutcome.mismatched("what the instance shows: \(part.text)")
                wrong.append((call ?? result.invocations.indices.last, ending))
            case .preparation, nil:
                wrong.append((self.part.calls.min() ?? result.invocations.indices.last, .mismatched(part.text)))
            }
        }
        let end = difference.isComplete ? Int.max : wrong.first?.call ?? 0
        for call in part.calls where call < end && call < result.invocations.count {
            result.invocations[call] = expected.invocations[call]
        }
        // The first of several is told.
        for (call, ending) in wrong.reversed() {
            if let call, result.invocations.indices.contains(call) {
                result.invocations[call] = ending
            } else {
                result.instantiation = ending
            }
        }
        return result
    }

    /// A call that reached a bound of the engine: nothing is known of it, nor of those behind.
    func exhaustion(_ text: String) -> Observation {
        var result = observed
        let call = part.calls.min() ?? 0
        result.invocations = Array(result.invocations.prefix(call)) + [.exhausted(reason: text)]
        return result
    }
}
