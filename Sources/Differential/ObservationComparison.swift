import Execution
import WasmModel

/// Compares an observation with all that an oracle says is allowed.
enum ObservationComparison {
    /// The verdict where both sides completed.
    static func verdict(on observed: Observation, _ freedom: Freedom) -> Verdict {
        if observed.isMismatched, freedom.behaviours.count > 1 || freedom.isCutShort {
            // The engine was told one of the behaviours, and may have another.
            return .inconclusive(Inconclusiveness(.open, "the engine was asked for one of several allowed behaviours"))
        }
        var first: Verdict?
        var inconclusive: Verdict?
        for behaviour in freedom.behaviours {
            let verdict = verdict(on: observed, behaviour)
            switch verdict {
            case .agreement: return .agreement
            case .inconclusive: inconclusive = inconclusive ?? verdict
            case .divergence: break
            }
            first = first ?? verdict
        }
        if freedom.isCutShort {
            return .inconclusive(
                Inconclusiveness(.open, "the specification leaves open more than the oracle tried")
            )
        }
        return inconclusive ?? first ?? .inconclusive(Inconclusiveness(.oracle, "the oracle shows no behaviour"))
    }

    /// The verdict with one choice of what relaxed instructions do.
    private static func verdict(on observed: Observation, _ behaviour: AllowedBehaviour) -> Verdict {
        let expected = behaviour.observation
        guard let others = behaviour.otherNaNs else {
            return AllowedObservation(only: expected).verdict(on: observed)
        }
        let runs = others.runs(beside: expected)
        guard runs.all.allSatisfy({ hasShape($0, of: expected) }) else {
            let exact = AllowedObservation(only: expected).verdict(on: observed)
            guard case .divergence = exact else { return exact }
            // The bits of NaNs decide what happens; each run is allowed, and so may be what no run tried.
            for other in others.all where AllowedObservation(only: other).verdict(on: observed) == .agreement {
                return .agreement
            }
            return .inconclusive(Inconclusiveness(.open, AllowedObservation.openReason))
        }
        let allowed = AllowedObservation(runs)
        let verdict = allowed.verdict(on: observed)
        // The last choice is allowed, too. Where it seems not to be, the others do not show all that depends on the bits of NaNs.
        if case .divergence = verdict, case .divergence = allowed.verdict(on: others.contrary) {
            return .inconclusive(Inconclusiveness(.open, AllowedObservation.openReason))
        }
        return verdict
    }

    /// Whether two observations differ in nothing but the bits of values and bytes.
    private static func hasShape(_ observation: Observation, of other: Observation) -> Bool {
        observation.instantiation == other.instantiation
            && observation.invocations.count == other.invocations.count
            && zip(observation.invocations, other.invocations).allSatisfy(hasShape)
            && observation.instances.count == other.instances.count
            && zip(observation.instances, other.instances).allSatisfy(hasShape)
    }

    private static func hasShape(_ state: InstanceState, of other: InstanceState) -> Bool {
        state.globals.map(\.name) == other.globals.map(\.name)
            && state.memories.map(\.name) == other.memories.map(\.name)
            && state.hostCalls.count == other.hostCalls.count
            && zip(state.hostCalls.first, other.hostCalls.first).allSatisfy {
                $0.importOrdinal == $1.importOrdinal && $0.arguments.count == $1.arguments.count
            }
    }

    private static func hasShape(_ ending: InvocationOutcome, of other: InvocationOutcome) -> Bool {
        switch (ending, other) {
        case (.returned(let values), .returned(let others)): values.count == others.count
        case (.threw(let tag, let values), .threw(let otherTag, let others)):
            tag == otherTag && values.count == others.count
        case (.trapped, _), (.exhausted, _), (.exited, _), (.mismatched, _), (.unseen, _): ending == other
        case (.returned, _), (.threw, _): false
        }
    }
}
