import Engines
import WasmModel

/// Compares an observation with all that an oracle says is allowed.
enum ObservationComparison {
    /// The verdict where both sides completed.
    static func verdict(on observed: Observation, oracle: Observation) -> Verdict {
        let first = verdict(on: observed, expected: oracle)
        guard case .divergence = first else { return first }
        var inconclusive: Verdict?
        for alternative in oracle.freedom.alternatives {
            switch verdict(on: observed, expected: alternative) {
            case .agreement: return .agreement
            case .inconclusive(let reason): inconclusive = .inconclusive(reason: reason)
            case .divergence: break
            }
        }
        if oracle.freedom.isCutShort {
            return .inconclusive(reason: "the specification leaves open more than the oracle tried")
        }
        return inconclusive ?? first
    }

    /// The verdict with one choice of what relaxed instructions do.
    private static func verdict(on observed: Observation, expected: Observation) -> Verdict {
        let others = expected.freedom.otherNaNs
        guard others.count == NaNChoice.alternatives.count, hasShape(others[0], of: expected),
            hasShape(others[1], of: expected)
        else {
            let exact = AllowedObservation(expected, expected, expected).verdict(on: observed)
            guard case .divergence = exact, !others.isEmpty else { return exact }
            // The bits of NaNs decide what happens; each run is allowed, and so may be what no run tried.
            for other in others where AllowedObservation(other, other, other).verdict(on: observed) == .agreement {
                return .agreement
            }
            return .inconclusive(reason: AllowedObservation.openReason)
        }
        let allowed = AllowedObservation(expected, others[0], others[1])
        let verdict = allowed.verdict(on: observed)
        // The last choice is allowed, too. Where it seems not to be, the others do not show all that depends on the bits of NaNs.
        if case .divergence = verdict, case .divergence = allowed.verdict(on: others[2]) {
            return .inconclusive(reason: AllowedObservation.openReason)
        }
        return verdict
    }

    /// Whether two observations differ in nothing but the bits of values and bytes.
    private static func hasShape(_ observation: Observation, of other: Observation) -> Bool {
        observation.invocations.count == other.invocations.count
            && zip(observation.invocations, other.invocations).allSatisfy(hasShape)
            && observation.globals.map(\.name) == other.globals.map(\.name)
            && observation.memories.map(\.name) == other.memories.map(\.name)
            && observation.hostCalls.count == other.hostCalls.count
            && zip(observation.hostCalls, other.hostCalls).allSatisfy {
                $0.importOrdinal == $1.importOrdinal && $0.arguments.count == $1.arguments.count
            }
    }

    private static func hasShape(_ ending: InvocationOutcome, of other: InvocationOutcome) -> Bool {
        switch (ending, other) {
        case (.returned(let values), .returned(let others)): values.count == others.count
        case (.threw(let tag, let values), .threw(let otherTag, let others)):
            tag == otherTag && values.count == others.count
        case (.trapped, _), (.exhausted, _): ending == other
        case (.returned, _), (.threw, _): false
        }
    }
}

/// Three observations of the same shape: the oracle's own, and those with other NaNs.
struct AllowedObservation {
    static let openReason = "the outcome depends on the bits of NaNs, which the specification leaves open"

    private let expected: Observation
    private let negative: Observation
    private let arithmetic: Observation

    init(_ expected: Observation, _ negative: Observation, _ arithmetic: Observation) {
        self.expected = expected
        self.negative = negative
        self.arithmetic = arithmetic
    }

    /// What the comparison of a part says.
    private enum Difference {
        case none
        case unknown
        case found(Divergence)
    }

    func verdict(on observed: Observation) -> Verdict {
        var isUnknown = false
        func note(_ difference: Difference) -> Divergence? {
            switch difference {
            case .none: break
            case .unknown: isUnknown = true
            case .found(let divergence): return divergence
            }
            return nil
        }
        for number in 0..<min(observed.invocations.count, expected.invocations.count) {
            switch (observed.invocations[number], expected.invocations[number]) {
            case (.exhausted(let reason), _), (_, .exhausted(let reason)): return .inconclusive(reason: reason)
            case (let left, _):
                if let divergence = note(compareInvocation(left, number)) { return .divergence(divergence) }
            }
        }
        guard observed.invocations.count == expected.invocations.count else {
            return .divergence(
                Divergence(
                    observable: .ending(invocation: min(observed.invocations.count, expected.invocations.count)),
                    expected: "\(expected.invocations.count) invocations",
                    observed: "\(observed.invocations.count) invocations"
                )
            )
        }
        for part in [compareGlobals, compareMemories, compareTables, compareHostCalls] {
            if let divergence = note(part(observed)) { return .divergence(divergence) }
        }
        return isUnknown ? .inconclusive(reason: Self.openReason) : .agreement
    }

    // MARK: Invocations

    private func compareInvocation(_ observed: InvocationOutcome, _ number: Int) -> Difference {
        let wanted = expected.invocations[number]
        switch (observed, wanted) {
        case (.trapped(let trap), .trapped(let expectedTrap)):
            if trap == expectedTrap { return .none }
            return .found(
                Divergence(
                    observable: .ending(invocation: number),
                    expected: "trapped: \(expectedTrap.rawValue)",
                    observed: "trapped: \(trap.rawValue)"
                )
            )
        case (.returned(let values), .returned): return compareValues(values, number)
        case (.threw(let tag, let values), .threw(tag: let expectedTag, payload: _)) where tag == expectedTag:
            return compareValues(values, number)
        case (.returned, _), (.trapped, _), (.threw, _), (.exhausted, _):
            return .found(
                Divergence(
                    observable: .ending(invocation: number),
                    expected: OutcomeComparison.ending(wanted),
                    observed: OutcomeComparison.ending(observed)
                )
            )
        }
    }

    private func compareValues(_ observed: [WasmValue], _ number: Int) -> Difference {
        let allowed = [expected, negative, arithmetic].map { $0.invocations[number].values }
        guard observed.count == allowed[0].count else {
            return .found(
                Divergence(
                    observable: .resultCount(invocation: number),
                    expected: "\(allowed[0].count) results",
                    observed: "\(observed.count) results"
                )
            )
        }
        return compare(observed, allowed) { .result(invocation: number, index: $0) }
    }

    private func compare(
        _ observed: [WasmValue],
        _ allowed: [[WasmValue]],
        _ observable: (Int) -> Observable
    ) -> Difference {
        var difference = Difference.none
        for index in observed.indices where observed[index] != allowed[0][index] {
            let value = AllowedValue(
                expected: allowed[0][index],
                negative: allowed[1][index],
                arithmetic: allowed[2][index]
            )
            switch value.answer(observed[index]) {
            case .allowed: break
            case .unknown: difference = .unknown
            case .forbidden:
                return .found(
                    Divergence(
                        observable: observable(index),
                        expected: allowed[0][index].description,
                        observed: observed[index].description,
                        pattern: ResultExplanation().pattern(observed: observed, expected: allowed[0], at: index)
                    )
                )
            }
        }
        return difference
    }

    // MARK: State

    private func compareGlobals(_ observed: Observation) -> Difference {
        if let name = firstOfOneSide(observed.globals.map(\.name), expected.globals.map(\.name)) {
            return .found(presence(.global(name: name), isExpected: expected.globals.contains { $0.name == name }))
        }
        var difference = Difference.none
        for (index, global) in observed.globals.enumerated() {
            let value = AllowedValue(
                expected: expected.globals[index].value,
                negative: negative.globals[index].value,
                arithmetic: arithmetic.globals[index].value
            )
            switch value.answer(global.value) {
            case .allowed: break
            case .unknown: difference = .unknown
            case .forbidden:
                return .found(
                    Divergence(
                        observable: .global(name: global.name),
                        expected: value.expected.description,
                        observed: global.value.description
                    )
                )
            }
        }
        return difference
    }

    private func compareMemories(_ observed: Observation) -> Difference {
        if let name = firstOfOneSide(observed.memories.map(\.name), expected.memories.map(\.name)) {
            let isExpected = expected.memories.contains { $0.name == name }
            return .found(presence(.memory(name: name, byteOffset: 0), isExpected: isExpected))
        }
        var difference = Difference.none
        for (index, memory) in observed.memories.enumerated() {
            let allowed = AllowedMemory(
                expected: expected.memories[index].bytes,
                negative: negative.memories[index].bytes,
                arithmetic: arithmetic.memories[index].bytes
            )
            switch allowed.answer(memory.bytes) {
            case .allowed: break
            case .unknown: difference = .unknown
            case .forbidden(let offset):
                func byte(_ bytes: [UInt8]) -> String {
                    offset < bytes.count ? "byte \(bytes[offset])" : "\(bytes.count) bytes"
                }
                return .found(
                    Divergence(
                        observable: .memory(name: memory.name, byteOffset: offset),
                        expected: byte(allowed.expected),
                        observed: byte(memory.bytes)
                    )
                )
            }
        }
        return difference
    }

    private func compareTables(_ observed: Observation) -> Difference {
        ObservationComparison.divergence(ofTables: observed.tables, from: expected.tables).map(Difference.found)
            ?? Difference.none
    }

    private func compareHostCalls(_ observed: Observation) -> Difference {
        var difference = Difference.none
        for number in 0..<min(observed.hostCalls.count, expected.hostCalls.count) {
            let (left, right) = (observed.hostCalls[number], expected.hostCalls[number])
            guard left.importOrdinal == right.importOrdinal, left.arguments.count == right.arguments.count else {
                return .found(
                    Divergence(
                        observable: .hostCallArgument(call: number, index: 0),
                        expected: "import \(right.importOrdinal) with \(right.arguments.count) arguments",
                        observed: "import \(left.importOrdinal) with \(left.arguments.count) arguments"
                    )
                )
            }
            let allowed = [expected, negative, arithmetic].map { $0.hostCalls[number].arguments }
            switch compare(left.arguments, allowed, { .hostCallArgument(call: number, index: $0) }) {
            case .none: break
            case .unknown: difference = .unknown
            case .found(let divergence): return .found(divergence)
            }
        }
        guard observed.hostCalls.count == expected.hostCalls.count else {
            return .found(
                Divergence(
                    observable: .hostCallCount,
                    expected: "\(expected.hostCalls.count) host calls",
                    observed: "\(observed.hostCalls.count) host calls"
                )
            )
        }
        return difference
    }

    /// The first name that only one of two sorted lists has.
    private func firstOfOneSide(_ observed: [String], _ expected: [String]) -> String? {
        for (left, right) in zip(observed, expected) where left != right { return min(left, right) }
        let longer = observed.count > expected.count ? observed : expected
        let common = min(observed.count, expected.count)
        return longer.count > common ? longer[common] : nil
    }

    private func presence(_ observable: Observable, isExpected: Bool) -> Divergence {
        Divergence(
            observable: observable,
            expected: isExpected ? "exported" : "not exported",
            observed: isExpected ? "not exported" : "exported"
        )
    }
}

extension InvocationOutcome {
    /// Results, or what an exception carries.
    fileprivate var values: [WasmValue] {
        switch self {
        case .returned(let values), .threw(tag: _, payload: let values): values
        case .trapped, .exhausted: []
        }
    }
}
