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

    /// A difference, of a call or of what the instance shows; of the first that is checked where that is not known.
    func difference(_ text: String, _ subject: CarriedScript.Subject?) -> Observation {
        var result = observed
        func passed(upTo end: Int) {
            for call in part.calls where call < end && call < result.invocations.count {
                result.invocations[call] = expected.invocations[call]
            }
        }
        let wrong: Int?
        switch subject {
        case .call(let number):
            passed(upTo: number)
            wrong = number
        case .state(let call):
            let last = call ?? result.invocations.indices.last
            passed(upTo: last ?? 0)
            wrong = last
        case .preparation, nil: wrong = part.calls.min() ?? result.invocations.indices.last
        }
        let isState = if case .state = subject { true } else { false }
        let ending = InvocationOutcome.mismatched(isState ? "what the instance shows: \(text)" : text)
        if let wrong, result.invocations.indices.contains(wrong) {
            result.invocations[wrong] = ending
        } else {
            result.instantiation = ending
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
