import Execution
import WasmFormats
import WasmModel

/// Asks the oracle for all that the specification allows of a test case.
struct FreedomExploration {
    let oracle: any Oracle
    let budget: Budget

    /// A module whose relaxed instructions leave more ways open than these is not explored.
    static let maximumWays = 64

    /// The oracle contradicts itself: with rewritten code that should do the same, it does something else.
    struct Contradiction: Error {
        var original: Observation
        var rewritten: Observation
    }

    /// All that is allowed.
    /// - Parameters:
    ///   - observation: what the oracle did with the case.
    ///   - mixesNaNs: whether NaNs are mixed where the other choices show nothing of them, which takes as long as all else several times.
    func freedom(
        of test: TestCase,
        _ observation: Observation,
        mixesNaNs: Bool = true
    ) throws(Contradiction) -> Freedom {
        try freedom(of: test, observation) { (modules, first, choice, engine) throws(Contradiction) in
            try behaviour(of: test, modules, first, choice, engine, mixesNaNs: mixesNaNs)
        }
    }

    /// All that is allowed of a case that shows nothing of NaNs.
    /// - Parameter observation: what the oracle did with the case.
    func freedomWithoutNaNs(of test: TestCase, _ observation: Observation) -> Freedom {
        freedom(of: test, observation) { _, first, _, _ in (AllowedBehaviour(observation: first), true) }
    }

    /// The behaviours with each choice of what relaxed instructions do.
    private func freedom<Failure: Error>(
        of test: TestCase,
        _ observation: Observation,
        _ explore: ([ValidatedModule], Observation, RelaxedParameters, any Engine) throws(Failure)
            -> (AllowedBehaviour, isComplete: Bool)
    ) throws(Failure) -> Freedom {
        var freedom = Freedom(behaviours: [AllowedBehaviour(observation: observation)])
        guard !observation.isExhausted, let modules = test.validatedModules() else { return freedom }
        let choices = RelaxedParameters.choices(for: modules.map(\.module))
        guard choices.count <= Self.maximumWays else {
            freedom.isCutShort = true
            return freedom
        }
        freedom.behaviours = []
        freedom.hasNaNs = modules.contains { NaNVariation.makesNaNs($0.module, RelaxedParameters()) }
        for choice in choices {
            let engine: any Engine = choice == choices[0] ? oracle : oracle.choosing(choice)
            let first: Observation
            if choice == choices[0] {
                first = observation
            } else if case .completed(let other) = engine.run(test, within: budget) {
                first = other
            } else {
                freedom.isCutShort = true
                continue
            }
            let (behaviour, isComplete) = try explore(modules, first, choice, engine)
            freedom.behaviours.append(behaviour)
            if !isComplete { freedom.isCutShort = true }
        }
        return freedom
    }

    /// A behaviour with one choice of what relaxed instructions do, and whether all of it could be tried.
    private func behaviour(
        of test: TestCase,
        _ modules: [ValidatedModule],
        _ observation: Observation,
        _ relaxed: RelaxedParameters,
        _ engine: any Engine,
        mixesNaNs: Bool
    ) throws(Contradiction) -> (AllowedBehaviour, isComplete: Bool) {
        var behaviour = AllowedBehaviour(observation: observation)
        guard modules.contains(where: { NaNVariation.makesNaNs($0.module, relaxed) }), !observation.isExhausted else {
            return (behaviour, true)
        }
        // The instructions that choose a NaN are steps, too.
        var larger = budget
        larger.fuel = budget.fuel.multipliedReportingOverflow(by: 100).overflow ? .max : budget.fuel * 100
        func observe(_ choice: NaNChoice) -> Observation? {
            guard let varied = test.choosingNaNs(choice, in: modules, relaxed),
                case .completed(let other) = engine.run(varied, within: larger)
            else { return nil }
            return other
        }
        guard let negative = observe(.negative), let arithmetic = observe(.arithmetic),
            let contrary = observe(.contrary)
        else { return (behaviour, false) }
        var others = AllowedBehaviour.OtherNaNs(negative: negative, arithmetic: arithmetic, contrary: contrary)
        if others.all.allSatisfy({ $0 == observation }) {
            for mixture in mixesNaNs ? NaNChoice.mixtures : [] {
                guard let mixed = observe(mixture) else { return (behaviour, false) }
                guard mixed == observation else {
                    others.mixed = mixed
                    break
                }
            }
            guard others.mixed != nil else { return (behaviour, true) }
        }
        // What differs must do so because of NaNs, and not because the oracle takes rewritten code for something else: a mistake of its own
        // would be allowed to everybody otherwise.
        if let control = observe(.positive), !control.isExhausted, control != observation {
            throw Contradiction(original: observation, rewritten: control)
        }
        behaviour.otherNaNs = others
        return (behaviour, true)
    }
}
