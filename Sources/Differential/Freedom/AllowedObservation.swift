import Execution
import WasmModel

/// Observations of the same shape: the oracle's own, and those with other NaNs.
struct AllowedObservation {
    static let openReason = "the outcome depends on the bits of NaNs, which the specification leaves open"

    private let runs: AllowedRuns<Observation>

    private var expected: Observation { runs.expected }

    init(_ runs: AllowedRuns<Observation>) { self.runs = runs }

    /// Allows one observation, and nothing else.
    init(only observation: Observation) {
        runs = AllowedRuns(
            expected: observation,
            negative: observation,
            arithmetic: observation,
            mixed: observation
        )
    }

    /// What the comparison of a part says.
    private enum Difference {
        case none
        case unknown
        /// One side reached a limit of the budget.
        case exhausted(String)
        case found(Divergence)
    }

    func verdict(on observed: Observation) -> Verdict {
        var isUnknown = false
        var exhaustion: String?
        func note(_ difference: Difference) -> Divergence? {
            switch difference {
            case .none: break
            case .unknown: isUnknown = true
            case .exhausted(let reason): exhaustion = exhaustion ?? reason
            case .found(let divergence): return divergence
            }
            return nil
        }
        if let divergence = note(compareInstantiation(observed)) { return .divergence(divergence) }
        // With an instance for each call, a call that reaches a limit says nothing of the others.
        let isEachAlone = observed.instances.count == expected.instances.count && expected.instances.count > 1
        var comparisons = 0
        for number in 0..<min(observed.invocations.count, expected.invocations.count) {
            let difference = compareInvocation(observed.invocations[number], number)
            if let divergence = note(difference) { return .divergence(divergence) }
            if case .exhausted(let reason) = difference {
                if isEachAlone { continue }
                return .inconclusive(Inconclusiveness(.exhausted, reason))
            }
            comparisons += 1
        }
        if exhaustion == nil, observed.invocations.count != expected.invocations.count {
            return .divergence(
                Divergence(
                    observable: .ending(invocation: min(observed.invocations.count, expected.invocations.count)),
                    expected: "\(expected.invocations.count) invocations",
                    observed: "\(observed.invocations.count) invocations"
                )
            )
        }
        for position in 0..<min(observed.instances.count, expected.instances.count) {
            if isEachAlone, isExhausted(position, observed) { continue }
            for part in [compareGlobals, compareMemories, compareTables, compareHostCalls] {
                if let divergence = note(part(observed.instances[position], position)) {
                    return .divergence(divergence)
                }
            }
        }
        if isUnknown { return .inconclusive(Inconclusiveness(.open, Self.openReason)) }
        if let exhaustion, comparisons == 0 { return .inconclusive(Inconclusiveness(.exhausted, exhaustion)) }
        return .agreement
    }

    /// Whether the call that an instance was made for reached a limit.
    private func isExhausted(_ position: Int, _ observed: Observation) -> Bool {
        [observed, expected].contains {
            position < $0.invocations.count && $0.invocations[position].isExhausted
        }
    }

    private func compareInstantiation(_ observed: Observation) -> Difference {
        for ending in [observed.instantiation, expected.instantiation] {
            if case .exhausted(let reason) = ending { return .exhausted(reason) }
        }
        switch (observed.instantiation, expected.instantiation) {
        case (nil, nil): return .none
        case (.threw(let tag, let values), .threw(tag: let expectedTag, payload: _)) where tag == expectedTag:
            let allowed = runs.map { $0.instantiation?.values ?? [] }
            return compare(values, allowed) { _ in .instantiation }
        case (let left, let right):
            if left == right { return .none }
            return .found(
                Divergence(
                    observable: .instantiation,
                    expected: right?.ending ?? "an instance",
                    observed: left?.ending ?? "an instance"
                )
            )
        }
    }

    // MARK: Invocations

    private func compareInvocation(_ observed: InvocationOutcome, _ number: Int) -> Difference {
        let wanted = expected.invocations[number]
        switch (observed, wanted) {
        case (.exhausted(let reason), _), (_, .exhausted(let reason)): return .exhausted(reason)
        case (.trapped(let trap), .trapped(let expectedTrap)) where trap == expectedTrap: return .none
        case (.returned(let values), .returned):
            return compareValues(values, number) { .result(invocation: number, index: $0) }
        case (.threw(let tag, let values), .threw(tag: let expectedTag, payload: _)) where tag == expectedTag:
            return compareValues(values, number) { .payload(invocation: number, index: $0) }
        case (.exited(let status), .exited(let expectedStatus)) where status == expectedStatus: return .none
        case (.returned, _), (.trapped, _), (.threw, _), (.exited, _), (.mismatched, _), (.unseen, _):
            return .found(
                Divergence(
                    observable: .ending(invocation: number),
                    expected: wanted.ending,
                    observed: observed.ending
                )
            )
        }
    }

    private func compareValues(
        _ observed: [WasmValue],
        _ number: Int,
        _ observable: (Int) -> Observable
    ) -> Difference {
        let allowed = runs.map { $0.invocations[number].values }
        guard observed.count == allowed.expected.count else {
            return .found(
                Divergence(
                    observable: .resultCount(invocation: number),
                    expected: allowed.expected.count.counted("result"),
                    observed: observed.count.counted("result")
                )
            )
        }
        return compare(observed, allowed, observable)
    }

    private func compare(
        _ observed: [WasmValue],
        _ allowed: AllowedRuns<[WasmValue]>,
        _ observable: (Int) -> Observable
    ) -> Difference {
        var difference = Difference.none
        for index in observed.indices where observed[index] != allowed.expected[index] {
            let value = AllowedValue(runs: allowed.map { $0[index] })
            switch value.answer(observed[index]) {
            case .allowed: break
            case .unknown: difference = .unknown
            case .forbidden:
                return .found(
                    Divergence(
                        observable: observable(index),
                        expected: allowed.expected[index].description,
                        observed: observed[index].description,
                        pattern: ResultExplanation().pattern(observed: observed, expected: allowed.expected, at: index)
                    )
                )
            }
        }
        return difference
    }

    // MARK: State

    /// An instance as it is with the oracle's own NaN, and with the others.
    private func states(_ position: Int) -> AllowedRuns<InstanceState> { runs.map { $0.instances[position] } }

    private func compareGlobals(_ observed: InstanceState, _ position: Int) -> Difference {
        let states = states(position)
        let expected = states.expected
        if let name = firstOfOneSide(observed.globals.map(\.name), expected.globals.map(\.name)) {
            return .found(presence(.global(name: name), isExpected: expected.globals.contains { $0.name == name }))
        }
        var difference = Difference.none
        for (index, global) in observed.globals.enumerated() {
            let value = AllowedValue(runs: states.map { $0.globals[index].value })
            switch value.answer(global.value) {
            case .allowed: break
            case .unknown: difference = .unknown
            case .forbidden:
                return .found(
                    Divergence(
                        observable: .global(name: global.name),
                        expected: value.runs.expected.description,
                        observed: global.value.description
                    )
                )
            }
        }
        return difference
    }

    private func compareMemories(_ observed: InstanceState, _ position: Int) -> Difference {
        let states = states(position)
        let expected = states.expected
        if let name = firstOfOneSide(observed.memories.map(\.name), expected.memories.map(\.name)) {
            let isExpected = expected.memories.contains { $0.name == name }
            return .found(presence(.memory(name: name, byteOffset: 0), isExpected: isExpected))
        }
        var difference = Difference.none
        for (index, memory) in observed.memories.enumerated() {
            let allowed = AllowedMemory(runs: states.map { $0.memories[index].bytes })
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
                        expected: byte(allowed.runs.expected),
                        observed: byte(memory.bytes)
                    )
                )
            }
        }
        return difference
    }

    private func compareTables(_ observed: InstanceState, _ position: Int) -> Difference {
        ObservationComparison.divergence(ofTables: observed.tables, from: expected.instances[position].tables)
            .map(Difference.found)
            ?? Difference.none
    }

    private func compareHostCalls(_ observed: InstanceState, _ position: Int) -> Difference {
        let states = states(position)
        let expected = states.expected
        var difference = Difference.none
        for number in 0..<min(observed.hostCalls.first.count, expected.hostCalls.first.count) {
            let (left, right) = (observed.hostCalls.first[number], expected.hostCalls.first[number])
            guard left.importOrdinal == right.importOrdinal, left.arguments.count == right.arguments.count else {
                return .found(
                    Divergence(
                        observable: .hostCallArgument(call: number, index: 0),
                        expected: "import \(right.importOrdinal) with \(right.arguments.count.counted("argument"))",
                        observed: "import \(left.importOrdinal) with \(left.arguments.count.counted("argument"))"
                    )
                )
            }
            let allowed = states.map { $0.hostCalls.first[number].arguments }
            let part = compare(left.arguments, allowed) { .hostCallArgument(call: number, index: $0) }
            switch part {
            case .none: break
            case .unknown: difference = .unknown
            case .exhausted, .found: return part
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
        let digests = states.map(\.hostCalls.restDigest)
        if !digests.all.contains(observed.hostCalls.restDigest) {
            // Beyond the calls that are kept, only a digest tells whether NaNs alone differ, or anything else.
            if observed.hostCalls.restDigestWithoutNaNs == expected.hostCalls.restDigestWithoutNaNs { return .unknown }
            return .found(
                Divergence(
                    observable: .hostCallArgument(call: expected.hostCalls.first.count, index: 0),
                    expected: "the oracle's arguments in all further host calls",
                    observed: "other arguments in one of them"
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
        case .trapped, .exhausted, .exited, .mismatched, .unseen: []
        }
    }
}
