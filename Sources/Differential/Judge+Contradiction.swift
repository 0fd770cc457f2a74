import Execution

extension Judge {
    /// How the oracle contradicts itself: with a case that was transformed it does something else than with the original.
    ///
    /// How deep calls nest is not the same in both, so nothing is compared where a limit of the budget ends a call of either.
    /// - Parameter observation: what the oracle did with the case.
    /// - Returns: nil where it does the same, and where the case was not transformed.
    func contradiction(of subject: Case, _ observation: Observation) -> Divergence? {
        guard let origin = subject.origin, !observation.hasExhaustion,
            case .completed(let expected) = oracle.run(origin.test, within: budget), !expected.hasExhaustion,
            expected != observation
        else { return nil }
        let freedom = Freedom(behaviours: [AllowedBehaviour(observation: expected)])
        guard var divergence = ObservationComparison.verdict(on: observation, freedom).divergence else { return nil }
        divergence.pattern = "after \(origin.account)"
        return divergence
    }
}

extension Observation {
    /// Whether a limit of the budget ended any call.
    fileprivate var hasExhaustion: Bool {
        instantiation?.isExhausted == true || invocations.contains(where: \.isExhausted)
    }
}
