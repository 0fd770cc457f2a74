import Execution
import WasmGenerator
import WasmModel

/// The results of a case as they follow from its recipe, without running anything.
///
/// They say nothing about the bits of NaNs: there any two are equal.
struct ClosedForm {
    /// How each invocation must end; empty where that is not known.
    private let endings: [ExpectedEnding]
    /// Of the first invocation.
    private let arguments: [WasmValue]

    init(_ endings: [ExpectedEnding], arguments: [WasmValue] = []) {
        self.endings = endings
        self.arguments = arguments
    }

    init(_ subject: Case) {
        self.init(subject.expectedEndings, arguments: subject.test.invocations.first?.arguments ?? [])
    }

    /// The verdict on an observation; inconclusive where the closed form is not known.
    func verdict(on observation: Observation) -> Verdict {
        guard !endings.isEmpty else {
            return .inconclusive(Inconclusiveness(.nothing, "no closed form"))
        }
        if let instantiation = observation.instantiation {
            if case .exhausted(let reason) = instantiation {
                return .inconclusive(Inconclusiveness(.exhausted, reason))
            }
            return .divergence(
                Divergence(observable: .instantiation, expected: "an instance", observed: instantiation.summary)
            )
        }
        for (number, expected) in endings.enumerated() where number < observation.invocations.count {
            let divergence: Divergence?
            switch (observation.invocations[number], expected) {
            case (.exhausted(let reason), _): return .inconclusive(Inconclusiveness(.exhausted, reason))
            case (.returned(let values), .returned(let results)): divergence = compare(values, results, number)
            case (.threw(let tag, let values), .threw(let expectedTag, let payload)) where tag == expectedTag:
                divergence = compare(values, payload, number)
            case (.unseen, _): divergence = nil
            case (.trapped, _), (.returned, .threw), (.threw, _), (.exited, _), (.mismatched, _):
                divergence = Divergence(
                    observable: .ending(invocation: number),
                    expected: InvocationOutcome(expected).ending,
                    observed: observation.invocations[number].ending
                )
            }
            if let divergence { return .divergence(divergence) }
        }
        return .agreement
    }

    /// A divergence with what the values say of the mistake, where the closed form names the same one.
    func explaining(_ divergence: Divergence, by observation: Observation) -> Divergence {
        guard case .result = divergence.observable, case .divergence(let better) = verdict(on: observation),
            better.observable == divergence.observable
        else { return divergence }
        return better
    }

    private func compare(_ observed: [WasmValue], _ expected: [WasmValue], _ invocation: Int) -> Divergence? {
        guard observed.count == expected.count else {
            return Divergence(
                observable: .resultCount(invocation: invocation),
                expected: expected.count.counted("result"),
                observed: observed.count.counted("result")
            )
        }
        guard let index = expected.indices.first(where: { !Self.areEqual(observed[$0], expected[$0]) }) else {
            return nil
        }
        let explanation = ResultExplanation(arguments: arguments)
        return Divergence(
            observable: .result(invocation: invocation, index: index),
            expected: expected[index].description,
            observed: observed[index].description,
            pattern: explanation.pattern(observed: observed, expected: expected, at: index)
        )
    }

    /// Whether two values are the same, NaNs by class.
    private static func areEqual(_ left: WasmValue, _ right: WasmValue) -> Bool {
        switch (left, right) {
        case (.f32(let first), .f32(let second)):
            first == second || (Float(bitPattern: first).isNaN && Float(bitPattern: second).isNaN)
        case (.f64(let first), .f64(let second)):
            first == second || (Double(bitPattern: first).isNaN && Double(bitPattern: second).isNaN)
        default:
            left == right
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
