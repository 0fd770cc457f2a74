import Execution
import WasmFormats
import WasmModel

/// A case whose module knows what has to come out of it: enough for any command that can run a module.
///
/// The module imports nothing. For each call K it exports `check-K`, without parameters, which makes the call, compares in wasm, and
/// gives -1 where all is right, the first wrong position (of a result, or of a value of an exception), or -2 where the call did not
/// end as it had to. A call that has to trap (``callsThatTrap``) traps as it is made, for nothing in wasm catches that. `check-state`
/// does the same for what the instance shows: the position counts ``StatePart``. `_start` makes the checks in their order and traps
/// where one fails; it ends before the first call that has to trap, which would leave no way to go on, and goes past it only where
/// calls leave nothing behind.
///
/// Bits of NaNs are compared as they are. Of references to functions it is compared that they are null, or are not.
public struct SelfCheck: Sendable {
    /// Something that an instance shows, by its name where it has one.
    public enum StatePart: Hashable, Sendable {
        case global(String)
        case memory(String)
        case table(String)
        case hostCalls
    }

    /// What is not as it has to be.
    public enum Difference: Hashable, Sendable {
        /// The result of a call, or the value of an exception, at a position.
        case value(call: Int, position: Int)
        /// How a call ended; nil where it is not known.
        case ending(call: Int, InvocationOutcome?)
        /// What an instance shows after a call, or after all of them where that is nil.
        case state(StatePart, afterCall: Int?)
        /// The module was not instantiated.
        case instantiation(InvocationOutcome)
    }

    /// What the outcomes of the tests say.
    public enum Answer: Hashable, Sendable {
        case agreement
        case difference(Difference)
        /// The first outcome that is not completed, or has reached the budget.
        case undecided(Outcome)
    }

    /// A module with what its exports check.
    struct Part: Sendable {
        let test: TestCase
        /// The numbers of the calls that are checked.
        let calls: Range<Int>
        /// What `check-state` compares, by position; empty where there is no such export.
        let state: [StatePart]
        /// Whether there is more than one part.
        let isOneOfMany: Bool
        /// The numbers of the calls that `_start` checks.
        let startedCalls: Set<Int>
        /// Whether `_start` checks what the instance shows.
        let startChecksState: Bool
    }

    /// A module with what its `_start` checks.
    public struct StartedPart: Sendable {
        public let wasm: [UInt8]
        /// The numbers of the calls.
        public let calls: Set<Int>
        /// Whether it is checked what the instance shows after them.
        public let checksState: Bool
    }

    let parts: [Part]
    private let expected: [InvocationOutcome]

    /// What is to be run, one after the other: several where each call is made on an instance of its own.
    public var tests: [TestCase] { parts.map(\.test) }
    /// The modules whose `_start` checks something, for who can do no more than start a module.
    public var startedParts: [StartedPart] {
        parts.filter { !$0.startedCalls.isEmpty || $0.startChecksState }.map {
            StartedPart(wasm: $0.test.wasm, calls: $0.startedCalls, checksState: $0.startChecksState)
        }
    }
    /// The calls that have to trap.
    public var callsThatTrap: [Int] {
        expected.indices.filter { if case .trapped = expected[$0] { true } else { false } }
    }

    /// The trap that a call has to end with; nil for another ending.
    func trap(ofCall number: Int) -> Trap? {
        if case .trapped(let trap) = expected[number] { trap } else { nil }
    }

    /// Makes the modules of a case.
    /// - Parameters:
    ///   - test: the case.
    ///   - module: its module.
    ///   - expected: what has to come out of it.
    ///   - features: what the rewritten module may use beyond what the module uses.
    /// - Throws: where a value cannot be made in wasm, or what is expected cannot be checked there.
    public init(
        _ test: TestCase,
        module: ValidatedModule,
        expected: Observation,
        features: FeatureSet = .wasm3
    ) throws(CarriageObstacle) {
        let calls = try test.carriedCalls(module)
        guard expected.instantiation == nil else {
            throw CarriageObstacle("the module is expected to have no instance")
        }
        guard expected.invocations.count == calls.count, let last = expected.instances.last else {
            throw CarriageObstacle("not all calls are expected to end")
        }
        self.expected = expected.invocations
        var parts: [Part] = []
        if test.usesFreshInstances, !module.isStateless, calls.count > 1 {
            guard expected.instances.count == calls.count else {
                throw CarriageObstacle("the expected state of an instance is not known")
            }
            for call in calls.indices {
                var writer = try SelfCheckWriter(module, features)
                parts.append(try writer.part(calls, expected, call..<call + 1, expected.instances[call]))
            }
        } else {
            var writer = try SelfCheckWriter(module, features)
            parts = [try writer.part(calls, expected, calls.indices, last)]
        }
        self.parts = parts
    }

    /// What the outcomes of ``tests`` say; those after one that is not completed may be absent.
    public func answer(of observed: [Outcome]) -> Answer {
        for (part, outcome) in zip(parts, observed) {
            guard case .completed(let observation) = outcome else { return .undecided(outcome) }
            if let difference = difference(of: observation, part) { return .difference(difference) }
            if observation.isExhausted { return .undecided(outcome) }
        }
        return observed.count < parts.count ? .undecided(.notRun(reason: "not all modules were run")) : .agreement
    }

    private func difference(of observed: Observation, _ part: Part) -> Difference? {
        if let ending = observed.instantiation { return ending.isExhausted ? nil : .instantiation(ending) }
        for (position, ending) in observed.invocations.enumerated() {
            if ending.isExhausted { return nil }
            let call = part.calls.lowerBound + position
            if part.calls.contains(call) {
                if let difference = difference(of: ending, call) { return difference }
            } else if case .returned(let values) = ending, case .i32(let wrong)? = values.first {
                if wrong == SelfCheckWriter.right { continue }
                guard let item = part.state.indices.contains(Int(wrong)) ? part.state[Int(wrong)] : nil else {
                    continue
                }
                return .state(item, afterCall: part.isOneOfMany ? part.calls.lowerBound : nil)
            } else {
                return .ending(call: part.calls.upperBound - 1, ending)
            }
        }
        let count = part.test.invocations.count
        if observed.invocations.count < count {
            let call = min(part.calls.lowerBound + observed.invocations.count, part.calls.upperBound - 1)
            return .ending(call: max(call, 0), nil)
        }
        return nil
    }

    private func difference(of ending: InvocationOutcome, _ call: Int) -> Difference? {
        switch (ending, expected[call]) {
        case (.trapped(let trap), .trapped(let wanted)):
            // The trap of a host that has no value is an instruction in the module.
            let isRight = trap == wanted || trap == .unnamed || (wanted == .noHostValue && trap == .unreachable)
            return isRight ? nil : .ending(call: call, ending)
        case (.returned(let values), _):
            guard case .i32(let position)? = values.first else { return .ending(call: call, ending) }
            if position == SelfCheckWriter.right { return nil }
            if position == SelfCheckWriter.otherEnding { return .ending(call: call, nil) }
            return .value(call: call, position: Int(position))
        case (.trapped, _), (.threw, _), (.exited, _), (.exhausted, _), (.mismatched, _), (.unseen, _):
            return .ending(call: call, ending)
        }
    }
}
