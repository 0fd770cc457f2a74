import Execution
import WasmGenerator

/// A case that the oracle has run, and by which engines are judged.
///
/// What else the specification allows is asked of the oracle when an engine does something else than the oracle, and then kept.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
public struct Trial: Sendable {
    public let subject: Case
    /// What the oracle did.
    public let expected: Outcome
    /// What engines are given: the case without what the oracle could not do within the budget; nil where there is nothing to compare.
    private let comparable: Comparable?
    private let exhausting: TestCase?
    private let judge: Judge
    /// What the oracle took, in seconds of the clock, which are no fewer than those of a processor.
    private let oracleSeconds: Double
    /// What the oracle does with the part of the case that it came through, where that is not all of it.
    private var observationOfPart: Outcome?
    /// What is allowed, without and with NaNs mixed, as far as it was asked for; nil where the oracle contradicts itself.
    private var freedoms: [Bool: Freedom?] = [:]
    private var canonical: Canonical?

    /// The part of the case that the oracle came through, and what it did there.
    private struct Comparable: Sendable {
        var test: TestCase
        /// Nil where the part is yet to be run by itself.
        var observation: Observation?
    }

    /// The case with all computed NaNs made canonical, and what is allowed of it.
    private enum Canonical: Sendable {
        case none
        case test(TestCase, Freedom)
    }

    init(_ subject: Case, _ judge: Judge) {
        self.subject = subject
        self.judge = judge
        let start = ContinuousClock.now
        expected = judge.oracle.run(subject.test, within: judge.budget)
        oracleSeconds = (ContinuousClock.now - start) / .seconds(1)
        comparable = Self.comparable(subject.test, expected)
        exhausting = Self.exhausting(subject.test, expected)
    }

    /// The call by which the oracle uses up the stack, by itself; nil where there is none.
    private static func exhausting(_ test: TestCase, _ expected: Outcome) -> TestCase? {
        guard case .completed(let observation) = expected,
            let call = observation.invocations.firstIndex(of: .exhausted(reason: InvocationOutcome.stackExhaustion))
        else { return nil }
        var alone = test
        alone.invocations = [test.invocations[call]]
        return alone
    }

    private static func comparable(_ test: TestCase, _ expected: Outcome) -> Comparable? {
        switch expected {
        case .completed(let observation):
            guard observation.instantiation?.isExhausted != true else { return nil }
            let kept = observation.invocations.indices.filter { !observation.invocations[$0].isExhausted }
            guard kept.count < observation.invocations.count else {
                return Comparable(test: test, observation: observation)
            }
            // Whoever has no fuel is not waited for: engines get the calls that end. The state behind a call without end is unknown.
            var part = test
            part.invocations = kept.map { test.invocations[$0] }
            guard !kept.isEmpty else { return nil }
            return Comparable(test: part, observation: nil)
        case .rejected: return Comparable(test: test, observation: nil)
        case .refused, .crashed, .timedOut, .memoryExhausted, .notRun: return nil
        }
    }

    // MARK: The oracle

    /// The verdict on the oracle, by the closed form; inconclusive where that could not judge either, or where the oracle cannot.
    public var verdictOnOracle: Verdict {
        switch expected {
        case .completed(let observation):
            if let contradiction = judge.contradiction(of: subject, observation) { return .divergence(contradiction) }
            if !subject.expectedEndings.isEmpty {
                return ClosedForm(subject).verdict(on: observation)
            }
            if let reason = Self.exhaustion(of: observation), comparable == nil {
                return .inconclusive(Inconclusiveness(.exhausted, reason))
            }
            return .agreement
        case .rejected(let reason):
            guard subject.isGenerated else { return .agreement }
            return .divergence(
                Divergence(observable: .rejection, expected: "a valid module", observed: "rejected: \(reason)")
            )
        case .refused(let reason): return .inconclusive(Inconclusiveness(.oracle, "refused: \(reason)"))
        case .crashed(let crash):
            return .divergence(
                Divergence(
                    observable: .crash(crash.phase),
                    expected: "no crash of the oracle",
                    observed: crash.message
                )
            )
        case .timedOut(let phase): return confirmedOracle(.hang(phase), "no end (\(phase.rawValue))")
        case .memoryExhausted(let phase):
            return confirmedOracle(.memoryExhaustion(phase), "memory exhausted (\(phase.rawValue))")
        case .notRun(let reason): return .inconclusive(Inconclusiveness(.worker, "the oracle was not run: \(reason)"))
        }
    }

    /// The oracle has fuel, so that it always ends; where it does not with ten times the time, that is its mistake.
    private func confirmedOracle(_ observable: Observable, _ observed: String) -> Verdict {
        let divergence = Verdict.divergence(
            Divergence(observable: observable, expected: "an end within the fuel", observed: observed)
        )
        guard let factor = judge.confirmationFactor else { return divergence }
        switch judge.oracle.run(subject.test, within: judge.budget.extended(by: factor)) {
        case .timedOut, .memoryExhausted, .crashed: return divergence
        case .completed, .refused, .rejected, .notRun:
            return .inconclusive(Inconclusiveness(.unconfirmed, "the oracle: \(observed), but not with more"))
        }
    }

    private static func exhaustion(of observation: Observation) -> String? {
        for ending in [observation.instantiation].compactMap({ $0 }) + observation.invocations {
            if case .exhausted(let reason) = ending { return reason }
        }
        return nil
    }

    // MARK: Engines

    /// Runs the case in an engine and judges what it does.
    /// - Returns: no outcome where the engine was not run, as there is nothing to compare it with.
    public mutating func judge(_ engine: any Engine) -> (outcome: Outcome?, verdict: Verdict) {
        guard let comparable else { return crashOfExhaustion(in: engine) ?? (nil, .inconclusive(whyNotComparable)) }
        let observed = outcome(of: engine, comparable.test)
        let verdict = verdict(on: observed, of: engine, comparable)
        if verdict.divergence == nil, let crash = crashOfExhaustion(in: engine) { return crash }
        return (observed, verdict)
    }

    /// What becomes of an engine that may use up its stack as the oracle does, or go deeper, but has to notice: its code must not leave the stack.
    ///
    /// Not asked of hosts of other engines, many of which are known to fall over it.
    private func crashOfExhaustion(in engine: any Engine) -> (outcome: Outcome?, verdict: Verdict)? {
        guard let exhausting, !(engine is any CarryingEngine) else { return nil }
        // At the end of a smaller stack it is soon.
        var budget = judge.budget
        budget.stackBytes = min(budget.stackBytes, Self.stackToUseUp)
        let outcome = engine.run(exhausting, within: budget)
        guard case .crashed(let crash) = outcome else { return nil }
        return (
            outcome,
            .divergence(
                Divergence(
                    observable: .crash(crash.phase),
                    expected: InvocationOutcome.stackExhaustion,
                    observed: crash.message
                )
            )
        )
    }

    /// In bytes: several frames of the largest functions that are generated.
    private static let stackToUseUp = 1 << 20

    /// The verdict on an engine, which may be the oracle.
    public mutating func verdict(of engine: any Engine) -> Verdict {
        engine.name == judge.oracle.name ? verdictOnOracle : judge(engine).verdict
    }

    private var whyNotComparable: Inconclusiveness {
        switch expected {
        case .completed(let observation):
            Inconclusiveness(.exhausted, "the oracle: \(Self.exhaustion(of: observation) ?? "exhausted")")
        case .refused(let reason): Inconclusiveness(.oracle, "the oracle refused: \(reason)")
        case .crashed(let crash): Inconclusiveness(.oracle, "the oracle crashed: \(crash.message)")
        case .timedOut: Inconclusiveness(.oracle, "the oracle did not end")
        case .memoryExhausted: Inconclusiveness(.oracle, "the oracle exhausted its memory")
        case .notRun(let reason): Inconclusiveness(.worker, "the oracle was not run: \(reason)")
        case .rejected(let reason): Inconclusiveness(.oracle, "the oracle rejected: \(reason)")
        }
    }

    /// What an engine does with calls that end in the oracle; what seems to be without end is tried again, with more.
    private func outcome(of engine: any Engine, _ test: TestCase) -> Outcome {
        let observed = engine.run(test, within: judge.budget)
        switch observed {
        case .timedOut(let phase) where phase == .instantiate || phase == .execute:
            let budget = lastWord(judge.budget.extended(by: judge.confirmationFactor ?? 1))
            return budget == judge.budget ? observed : engine.run(test, within: budget)
        case .timedOut, .memoryExhausted:
            guard let factor = judge.confirmationFactor else { return observed }
            return engine.run(test, within: judge.budget.extended(by: factor))
        case .completed(let observation) where observation.firstOutOfFuel != nil:
            guard let factor = judge.confirmationFactor else { return observed }
            return engine.run(test, within: judge.budget.extended(by: factor, withFuel: true))
        case .completed, .refused, .rejected, .crashed, .notRun: return observed
        }
    }

    /// The budget, with the time that an engine may need to execute what the oracle does in its time.
    private func lastWord(_ budget: Budget) -> Budget {
        var budget = budget
        budget.seconds = max(budget.seconds, Self.mostTimesOfOracle * oracleSeconds)
        return budget
    }

    /// No engine is so many times slower than the oracle: where a case fills large memories, code that checks itself and is simulated takes 47
    /// times as long.
    private static let mostTimesOfOracle = 200.0

    private mutating func verdict(
        on observed: Outcome,
        of engine: any Engine,
        _ comparable: Comparable
    ) -> Verdict {
        switch observed {
        case .crashed(let crash):
            return .divergence(
                Divergence(
                    observable: .crash(crash.phase),
                    expected: expected.summary,
                    observed: crash.message
                )
            )
        case .timedOut(let phase):
            return .divergence(
                Divergence(observable: .hang(phase), expected: expected.summary, observed: "no end")
            )
        case .memoryExhausted(let phase):
            return .divergence(
                Divergence(
                    observable: .memoryExhaustion(phase),
                    expected: expected.summary,
                    observed: "memory exhausted"
                )
            )
        case .refused(let reason): return .inconclusive(Inconclusiveness(.refused, "refused: \(reason)"))
        case .notRun(let reason): return .inconclusive(Inconclusiveness(.worker, "not run: \(reason)"))
        case .rejected(let reason):
            if case .rejected = expected { return .agreement }
            return .divergence(
                Divergence(
                    observable: .rejection,
                    expected: expected.summary,
                    observed: "rejected: \(reason)"
                )
            )
        case .completed(let observation):
            guard case .completed = expected else {
                return .divergence(
                    Divergence(
                        observable: .rejection,
                        expected: expected.summary,
                        observed: "accepted: \(observation.summary)"
                    )
                )
            }
            return verdict(on: observation, of: engine, comparable)
        }
    }

    private mutating func verdict(
        on observed: Observation,
        of engine: any Engine,
        _ comparable: Comparable
    ) -> Verdict {
        guard let expected = comparable.observation ?? observation(of: comparable.test) else {
            return .inconclusive(Inconclusiveness(.oracle, "the oracle did not come to the same end again"))
        }
        let showsSomething = observed.showsSomething
        let observed = observed.disclosed(by: expected)
        if observed == expected {
            guard showsSomething else {
                return .inconclusive(Inconclusiveness(.nothing, "nothing was compared: no call, and no exported state"))
            }
            return .agreement
        }
        // Most of what differs from the oracle at all differs in NaNs.
        for mixesNaNs in [false, true] {
            guard let allowed = freedom(of: comparable.test, expected, mixesNaNs: mixesNaNs) else {
                return .inconclusive(
                    Inconclusiveness(.oracle, "the oracle makes positive canonical NaNs, and something else of them")
                )
            }
            let verdict = ObservationComparison.verdict(on: observed, allowed)
            guard let divergence = verdict.divergence ?? Self.endlessness(of: observed, expected) else {
                return verdict
            }
            // Where it is gone, it is an allowed one, or NaNs that no choice shows stand in its way.
            if mixesNaNs ? !allowed.showsNaNs : !allowed.hasNaNs || remains(of: engine, comparable.test) {
                return .divergence(ClosedForm(subject).explaining(divergence, by: observed))
            }
            if allowed.showsNaNs { break }
        }
        return .inconclusive(Inconclusiveness(.open, AllowedObservation.openReason))
    }

    /// What is allowed, which is asked for once; nil where the oracle contradicts itself.
    private mutating func freedom(of test: TestCase, _ expected: Observation, mixesNaNs: Bool) -> Freedom? {
        let known = freedoms[mixesNaNs]
        let exploration = FreedomExploration(oracle: judge.oracle, budget: judge.budget)
        let freedom = known ?? (try? exploration.freedom(of: test, expected, mixesNaNs: mixesNaNs))
        freedoms[mixesNaNs] = .some(freedom)
        return freedom
    }

    /// The difference of a call that ends in the oracle, and not in the engine within ten times the fuel: the oracle pays for every instruction,
    /// compiled code for calls and rounds of loops alone.
    private static func endlessness(of observed: Observation, _ expected: Observation) -> Divergence? {
        guard let call = observed.firstOutOfFuel else { return nil }
        let ending = call < expected.invocations.count ? expected.invocations[call] : expected.instantiation
        return Divergence(
            observable: .hang(.execute),
            expected: ending?.summary ?? "an instance",
            observed: InvocationOutcome.fuelExhaustion
        )
    }

    /// What the oracle does with the calls that it comes through.
    private mutating func observation(of test: TestCase) -> Observation? {
        let outcome = observationOfPart ?? judge.oracle.run(test, within: judge.budget)
        observationOfPart = outcome
        guard case .completed(let observation) = outcome, !observation.isExhausted else { return nil }
        return observation
    }

    /// Whether a difference remains where every computed NaN is made canonical, which leaves one allowed outcome for each way in which relaxed
    /// instructions may work.
    ///
    /// Where what NaNs consist of can be seen, the oracle tries some of all that is allowed, and an outcome that is none of it may be
    /// allowed nevertheless: a comparison of a payload, say, comes out as none of the tried payloads made it.
    private mutating func remains(of engine: any Engine, _ test: TestCase) -> Bool {
        if canonical == nil { canonical = canonical(of: test) }
        guard case .test(let rewritten, let allowed) = canonical,
            case .completed(let observed) = engine.run(rewritten, within: judge.budget)
        else { return false }
        return ObservationComparison.verdict(
            on: observed.disclosed(by: allowed.behaviours[0].observation),
            allowed
        ).isDivergence
    }

    private func canonical(of test: TestCase) -> Canonical {
        guard let rewritten = test.canonicalisingNaNs(),
            case .completed(let expected) = judge.oracle.run(rewritten, within: judge.budget)
        else { return .none }
        let exploration = FreedomExploration(oracle: judge.oracle, budget: judge.budget)
        return .test(rewritten, exploration.freedomWithoutNaNs(of: rewritten, expected))
    }
}

extension Observation {
    /// The position of the first call, or 0 for the instantiation, that used up its fuel.
    fileprivate var firstOutOfFuel: Int? {
        instantiation?.isOutOfFuel == true ? 0 : invocations.firstIndex(where: \.isOutOfFuel)
    }

    /// Whether there is anything that another engine could have done otherwise.
    fileprivate var showsSomething: Bool {
        instantiation != nil || invocations.contains { $0 != .unseen } || instances.contains { !$0.isEmpty }
    }
}
