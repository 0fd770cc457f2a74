import Differential
import Engines
import WasmGenerator

/// Judges the oracle itself by the results in closed form.
public enum OracleCheck {
    /// The verdict on the oracle's outcome for a generated case.
    public static func verdict(on outcome: Outcome, _ generated: GeneratedCase) -> Verdict {
        switch outcome {
        case .completed:
            return OutcomeComparison.verdict(
                on: outcome,
                expectedEndings: generated.expectedEndings,
                explanation: ResultExplanation(arguments: generated.invocations.first?.arguments ?? [])
            )
        case .crashed, .timedOut, .rejected, .refused:
            let closedForm = Observation(invocations: generated.expectedEndings.map(InvocationOutcome.init))
            return OutcomeComparison.verdict(on: outcome, oracle: .completed(closedForm))
        }
    }
}
