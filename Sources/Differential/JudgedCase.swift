import Engines

/// A case and what the oracle makes of it, by which engines are judged.
///
/// Where what NaNs consist of can be seen, the oracle tries some of all that is allowed, and an outcome that is none of it may be allowed
/// nevertheless: a comparison of a payload, say, comes out as none of the tried payloads made it. There a difference counts only where
/// one remains after every computed NaN was made canonical, which leaves one allowed outcome.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
public struct JudgedCase: Sendable {
    public let test: TestCase
    /// What the oracle did.
    public let expected: Outcome
    private let oracle: any Engine
    private let budget: Budget

    /// Runs a case in the oracle.
    public init(_ test: TestCase, oracle: any Engine, within budget: Budget = Budget()) {
        self.test = test
        self.oracle = oracle
        self.budget = budget
        expected = oracle.run(test, within: budget)
    }

    /// Runs the case in an engine and judges what it does.
    public func verdict(of engine: any Engine) -> Verdict {
        verdict(on: engine.run(test, within: budget), of: engine)
    }

    /// The verdict on what an engine did with the case; the engine may be asked for more.
    public func verdict(on observed: Outcome, of engine: any Engine) -> Verdict {
        let verdict = OutcomeComparison.verdict(on: observed, oracle: expected)
        guard case .divergence = verdict, case .completed = observed, case .completed(let observation) = expected,
            observation.freedom.showsNaNs
        else { return verdict }
        let open = Verdict.inconclusive(reason: AllowedObservation.openReason)
        guard let canonical = test.makingNaNsCanonical() else { return open }
        let confirmed = OutcomeComparison.verdict(
            on: engine.run(canonical, within: budget),
            oracle: oracle.run(canonical, within: budget)
        )
        if case .divergence = confirmed { return verdict }
        return open
    }
}
