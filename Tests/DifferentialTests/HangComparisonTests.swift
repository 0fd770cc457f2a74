import Differential
import Engines
import Testing

struct HangComparisonTests {
    private func verdict(_ oracle: Outcome, _ observed: Outcome) -> Verdict {
        OutcomeComparison.verdict(on: observed, oracle: oracle)
    }

    @Test
    func `native code without end is no difference where the oracle ran out of fuel`() {
        let exhausted = Outcome.completed(Observation(invocations: [.returned([]), .exhausted(reason: "fuel")]))
        guard case .inconclusive = verdict(exhausted, .timedOut(.execute)) else {
            Issue.record("a program without end is nobody's mistake")
            return
        }
        guard case .divergence(let divergence) = verdict(exhausted, .timedOut(.compile)) else {
            Issue.record("a compiler must end whatever the program does")
            return
        }
        #expect(divergence.observable == .hang(.compile))
    }

    @Test
    func `no end is a difference where the oracle ends, and none where it does not`() {
        let returned = Outcome.completed(Observation(invocations: [.returned([])]))
        guard case .divergence = verdict(returned, .timedOut(.execute)) else {
            Issue.record("the engine hangs")
            return
        }
        guard case .inconclusive = verdict(.timedOut(.execute), .timedOut(.execute)) else {
            Issue.record("nothing can be said")
            return
        }
    }
}
