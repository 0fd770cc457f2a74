import Engines
import WasmGenerator
import WasmModel

/// Compares outcomes, observable by observable, and returns what it finds.
///
/// An oracle says with its outcome what else is allowed (``Engines/Freedom``); what is neither is a divergence, NaNs that are only moved
/// included. Results in closed form say nothing about NaNs: there any two are equal.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation, and section 4.3.6 "Relaxed Operations".
public enum OutcomeComparison {
    /// The verdict on an engine's outcome, given the oracle's.
    public static func verdict(on observed: Outcome, oracle: Outcome) -> Verdict {
        switch (oracle, observed) {
        case (_, .crashed(let crash)):
            return .divergence(
                Divergence(observable: .crash(crash.phase), expected: summary(of: oracle), observed: crash.message)
            )
        case (.timedOut, .timedOut):
            return .inconclusive(reason: "neither side ended")
        case (.completed(let expected), .timedOut(.execute)) where expected.isExhausted:
            // Native code has no fuel; a program without end has none there.
            return .inconclusive(reason: "the oracle reached a limit of its budget")
        case (_, .timedOut(let phase)):
            return .divergence(Divergence(observable: .hang(phase), expected: summary(of: oracle), observed: "no end"))
        case (_, .refused(let reason)):
            return .inconclusive(reason: "refused: \(reason)")
        case (.refused(let reason), _):
            return .inconclusive(reason: "the oracle refused: \(reason)")
        case (.timedOut, _):
            return .inconclusive(reason: "the oracle did not end")
        case (.crashed(let crash), _):
            return .divergence(
                Divergence(observable: .crash(crash.phase), expected: "no crash of the oracle", observed: crash.message)
            )
        case (.rejected, .rejected):
            return .agreement
        case (.completed, .rejected(let reason)), (.rejected(let reason), .completed):
            return .divergence(
                Divergence(
                    observable: .rejection,
                    expected: summary(of: oracle),
                    observed: summary(of: observed) + ": " + reason
                )
            )
        case (.completed(let expected), .completed(let observed)):
            return ObservationComparison.verdict(on: observed, oracle: expected)
        }
    }

    /// The verdict on an outcome, given for each invocation its ending in closed form.
    public static func verdict(
        on observed: Outcome,
        expectedEndings: [ExpectedEnding],
        explanation: ResultExplanation? = nil
    ) -> Verdict {
        guard case .completed(let observation) = observed else { return .inconclusive(reason: summary(of: observed)) }
        for (number, expected) in expectedEndings.enumerated() where number < observation.invocations.count {
            let divergence: Divergence?
            switch (observation.invocations[number], expected) {
            case (.exhausted(let reason), _): return .inconclusive(reason: reason)
            case (.returned(let values), .returned(let results)):
                divergence = compare(values, results, invocation: number, explanation: explanation)
            case (.threw(let tag, let values), .threw(let expectedTag, let payload)) where tag == expectedTag:
                divergence = compare(values, payload, invocation: number, explanation: explanation)
            case (.trapped, _), (.returned, .threw), (.threw, _):
                divergence = Divergence(
                    observable: .ending(invocation: number),
                    expected: ending(InvocationOutcome(expected)),
                    observed: ending(observation.invocations[number])
                )
            }
            if let divergence { return .divergence(divergence) }
        }
        return .agreement
    }

    private static func compare(
        _ observed: [WasmValue],
        _ expected: [WasmValue],
        invocation: Int,
        explanation: ResultExplanation?
    ) -> Divergence? {
        guard observed.count == expected.count else {
            return Divergence(
                observable: .resultCount(invocation: invocation),
                expected: "\(expected.count) results",
                observed: "\(observed.count) results"
            )
        }
        guard let index = expected.indices.first(where: { !areEqual(observed[$0], expected[$0]) }) else { return nil }
        return Divergence(
            observable: .result(invocation: invocation, index: index),
            expected: expected[index].description,
            observed: observed[index].description,
            pattern: (explanation ?? ResultExplanation()).pattern(observed: observed, expected: expected, at: index)
        )
    }

    /// Whether two values are the same, NaNs by class.
    static func areEqual(_ left: WasmValue, _ right: WasmValue) -> Bool {
        switch (left, right) {
        case (.f32(let first), .f32(let second)):
            first == second || (Float(bitPattern: first).isNaN && Float(bitPattern: second).isNaN)
        case (.f64(let first), .f64(let second)):
            first == second || (Double(bitPattern: first).isNaN && Double(bitPattern: second).isNaN)
        default:
            left == right
        }
    }

    /// How an invocation ended, without its values.
    static func ending(_ invocation: InvocationOutcome) -> String {
        switch invocation {
        case .returned: "returned"
        case .trapped(let trap): "trapped: \(trap.rawValue)"
        case .threw(let tag, let payload):
            "threw: tag \(tag.map(String.init) ?? "of another module") with \(payload.count) values"
        case .exhausted(let reason): "exhausted: \(reason)"
        }
    }

    /// An outcome in a few words.
    public static func summary(of outcome: Outcome) -> String {
        switch outcome {
        case .completed(let observation):
            observation.invocations.map { invocation in
                if case .returned(let values) = invocation { return "returned \(values.count) values" }
                return ending(invocation)
            }.joined(separator: "; ")
        case .refused(let reason): "refused: \(reason)"
        case .rejected(let reason): "rejected: \(reason)"
        case .crashed(let crash): "crashed (\(crash.phase.rawValue)): \(crash.message)"
        case .timedOut(let phase): "no end (\(phase.rawValue))"
        }
    }
}

extension InvocationOutcome {
    /// The outcome that an ending in closed form is.
    public init(_ ending: ExpectedEnding) {
        switch ending {
        case .returned(let values): self = .returned(values)
        case .threw(let tag, let payload): self = .threw(tag: tag, payload: payload)
        }
    }
}
