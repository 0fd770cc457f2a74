import Execution
import WasmFormats
import WasmModel

/// Runs scripts in engines that run modules and calls, but no scripts: part by part, see ``ScriptSplitting``.
///
/// What an engine does not say, as which trap it was, passes. A module that has to be rejected may be for any reason.
public struct ScriptCaseRunner {
    private let engine: any Engine
    private let budget: Budget
    private(set) var report = ScriptReport()

    /// Runs a script from its first part to its last.
    /// - Parameters:
    ///   - budget: of each part.
    ///   - undecided: the numbers of the commands that are left out, see ``ScriptRunner``.
    ///   - progress: is told the number of the part that begins, from 1, and of how many; the rest is left out where it answers false.
    public static func run(
        _ script: Script,
        on engine: any Engine,
        within budget: Budget,
        leavingOut undecided: Set<Int> = [],
        progress: (_ number: Int, _ count: Int) -> Bool = { _, _ in true }
    ) -> ScriptReport {
        var runner = ScriptCaseRunner(engine: engine, budget: budget)
        let cases = ScriptSplitting(script, leavingOut: undecided).cases
        for (number, part) in cases.enumerated() {
            guard progress(number + 1, cases.count) else { break }
            runner.run(part)
        }
        return runner.report
    }

    private init(engine: any Engine, budget: Budget) {
        self.engine = engine
        self.budget = budget
    }

    // MARK: Counting

    private mutating func skip(_ reason: String, count: Int = 1) {
        guard count > 0 else { return }
        let reason = Self.general(reason)
        report.skipped += count
        report.refused.insert(reason)
        report.skippedFor[reason, default: 0] += count
    }

    /// A reason without the place and the numbers of one module.
    private static func general(_ reason: String) -> String {
        var reason = reason[...]
        for part in [", in function ", ", instruction ", ", at byte offset "] {
            if let range = reason.firstRange(of: part) { reason = reason[..<range.lowerBound] }
        }
        var text = ""
        for character in reason.prefix(longestReason) {
            if character.isASCII, character.isNumber {
                if text.last != "N" { text.append("N") }
            } else {
                text.append(character.isNewline ? " " : character)
            }
        }
        return text
    }

    private static let longestReason = 160

    private mutating func fail(_ place: ScriptCase.Place, _ expected: String, _ got: String) {
        report.failures.append(
            ScriptReport.Failure(file: place.file, line: place.line, expected: expected, got: got)
        )
    }

    // MARK: Parts

    private mutating func run(_ part: ScriptCase) {
        switch part.kind {
        case .instance(let module, let calls): run(part.place, module, calls)
        case .trapsAtStart(let module, let text): runStart(part.place, module, text)
        case .rejected(let wasm, let text): reject(part.place, wasm, text)
        case .skipped(let reason): skip(reason)
        case .failed(let expected, let got): fail(part.place, expected, got)
        case .undecided:
            report.undecided.append(
                ScriptReport.Undecided(
                    number: part.place.number,
                    file: part.place.file,
                    line: part.place.line,
                    reason: "the oracle has no fuel for it"
                )
            )
        }
        for call in part.skippedCalls { skip(call.reason) }
    }

    private func outcome(_ module: ScriptCase.TestedModule, _ calls: [ScriptCase.Call]) -> Outcome {
        engine.run(TestCase(wasm: module.wasm, invocations: calls.map(\.invocation)), within: budget)
    }

    private mutating func reject(_ place: ScriptCase.Place, _ wasm: [UInt8], _ text: String) {
        switch engine.run(TestCase(wasm: wasm, invocations: []), within: budget) {
        case .rejected: report.passed += 1
        case .completed: fail(place, text, "a module")
        case .refused(let reason), .notRun(let reason): skip(reason)
        case let outcome: fail(place, text, outcome.summary)
        }
    }

    private mutating func runStart(_ place: ScriptCase.Place, _ module: ScriptCase.TestedModule, _ text: String) {
        switch outcome(module, []) {
        case .completed(let observation):
            switch observation.instantiation {
            case .trapped(let trap) where trap == .unnamed || isReason(trap.rawValue, text): report.passed += 1
            case nil: fail(place, "trap: \(text)", "an instance")
            case let ending?: fail(place, "trap: \(text)", ScriptRunner.text(of: ending))
            }
        case .refused(let reason), .notRun(let reason): skip(reason)
        case let outcome: fail(place, "trap: \(text)", outcome.summary)
        }
    }

    private mutating func run(_ place: ScriptCase.Place, _ module: ScriptCase.TestedModule, _ calls: [ScriptCase.Call])
    {
        let asking = calls.filter { !$0.expectation.exhausts }
        let outcome = outcome(module, asking)
        switch outcome {
        case .completed(let observation):
            report.passed += observation.instantiation == nil ? 1 : 0
            judge(observation, asking, place, module)
        case .refused(let reason):
            if asking.isEmpty {
                skip(reason, count: 1 + calls.count)
                return
            }
            runWhatIsCarried(place, module, asking, reason)
        case .notRun(let reason): skip(reason, count: 1 + asking.count)
        case .rejected, .crashed, .timedOut, .memoryExhausted:
            fail(place, "an instance and \(asking.count.counted("call"))", outcome.summary)
            skip("the engine did not come to it", count: asking.count)
        }
        // Who uses up the stack may leave the instance in any state.
        for call in calls where call.expectation.exhausts { exhaust(call, module) }
    }

    /// Runs the calls that the engine can be given by themselves, where it cannot be given all of them.
    private mutating func runWhatIsCarried(
        _ place: ScriptCase.Place,
        _ module: ScriptCase.TestedModule,
        _ calls: [ScriptCase.Call],
        _ reason: String
    ) {
        if case .refused(let reason) = outcome(module, []) {
            skip(reason, count: 1 + calls.count)
            return
        }
        var carried: [ScriptCase.Call] = []
        var isAnyLeftOut = false
        for call in calls {
            if case .refused(let reason) = outcome(module, [call]) {
                skip(reason)
                isAnyLeftOut = true
            } else if isAnyLeftOut, !module.validated.isStateless {
                // It may see what the call before would have done.
                skip("a call before is not carried")
            } else {
                carried.append(call)
            }
        }
        var outcome = outcome(module, carried)
        if case .refused = outcome { outcome = whatIsCarriedTogether(module, &carried) }
        switch outcome {
        case .completed(let observation):
            report.passed += observation.instantiation == nil ? 1 : 0
            judge(observation, carried, place, module)
        case .refused(let reason), .notRun(let reason): skip(reason, count: 1 + carried.count)
        case let outcome:
            fail(place, "an instance and \(carried.count.counted("call"))", outcome.summary)
            skip("the engine did not come to it", count: carried.count)
        }
    }

    /// Leaves the calls that the engine can be given one after the other: not all of them may be carried in the same way.
    private mutating func whatIsCarriedTogether(
        _ module: ScriptCase.TestedModule,
        _ calls: inout [ScriptCase.Call]
    ) -> Outcome {
        var together: [ScriptCase.Call] = []
        var last = outcome(module, [])
        for (position, call) in calls.enumerated() {
            let next = outcome(module, together + [call])
            if case .refused(let reason) = next {
                skip(reason)
                guard module.validated.isStateless else {
                    skip("a call before is not carried", count: calls.count - position - 1)
                    break
                }
            } else {
                together.append(call)
                last = next
            }
        }
        calls = together
        return last
    }

    private mutating func exhaust(_ call: ScriptCase.Call, _ module: ScriptCase.TestedModule) {
        let outcome = outcome(module, [call])
        switch outcome {
        case .completed(let observation) where observation.invocations.first?.isExhausted == true: report.passed += 1
        case .completed(let observation) where observation.invocations.first == .unseen:
            skip("the engine does not show how the call ends")
        case .refused(let reason), .notRun(let reason): skip(reason)
        case .completed(let observation):
            fail(call.place, call.expectation.text, observation.invocations.first.map(ScriptRunner.text) ?? "nothing")
        case .rejected, .crashed, .timedOut, .memoryExhausted:
            fail(call.place, call.expectation.text, outcome.summary)
        }
    }

    // MARK: Calls

    private mutating func judge(
        _ observed: Observation,
        _ calls: [ScriptCase.Call],
        _ place: ScriptCase.Place,
        _ module: ScriptCase.TestedModule
    ) {
        if let ending = observed.instantiation {
            fail(place, "an instance", ScriptRunner.text(of: ending))
            skip("there is no instance", count: calls.count)
            return
        }
        if module.validated.isStateless, let end = Self.end(of: observed), end < calls.count {
            for (ending, call) in zip(observed.invocations, calls[..<end]) { judge(ending, call) }
            let rest = Array(calls[end...])
            if case .completed(let observation) = outcome(module, rest) {
                judge(observation, rest, place, module)
            } else {
                skip("a call before ended the engine's run", count: rest.count)
            }
            return
        }
        for (position, call) in calls.enumerated() {
            guard position < observed.invocations.count else {
                skip("a call before has no end that can be seen")
                continue
            }
            judge(observed.invocations[position], call)
        }
    }

    /// How many calls are seen of a run that ended early: some engines end with the first difference, and some hosts with the first trap, after
    /// which they say that resources ran out.
    private static func end(of observed: Observation) -> Int? {
        let last = observed.invocations.firstIndex { ending in
            switch ending {
            case .mismatched, .exhausted: true
            case .returned, .trapped, .threw, .exited, .unseen: false
            }
        }
        guard let last, observed.invocations[(last + 1)...].allSatisfy({ $0 == .unseen }) else { return nil }
        return last > 0 && observed.invocations[last].isExhausted ? last : last + 1
    }

    private mutating func judge(_ ending: InvocationOutcome, _ call: ScriptCase.Call) {
        let passes: Bool
        switch (ending, call.expectation) {
        case (.unseen, _):
            skip("the engine does not show how the call ends")
            return
        case (.mismatched, .returns(let patterns?)) where patterns.contains(where: \.isOpen):
            skip("the engine was asked for one of several allowed values")
            return
        case (.exhausted(let reason), _):
            skip("resources ran out: \(reason)")
            return
        case (.returned, .returns(nil)), (.threw, .throwsException): passes = true
        case (.returned(let values), .returns(let patterns?)):
            passes = values.count == patterns.count && zip(patterns, values).allSatisfy { $0.matchesShown($1) }
        case (.trapped(let trap), .traps(let text)): passes = trap == .unnamed || isReason(trap.rawValue, text)
        case (.returned, _), (.trapped, _), (.threw, _), (.exited, _), (.mismatched, _): passes = false
        }
        if passes {
            report.passed += 1
        } else {
            fail(call.place, call.expectation.text, ScriptRunner.text(of: ending))
        }
    }

    private mutating func isReason(_ message: String, _ text: String) -> Bool {
        if message.hasPrefix(text) { return true }
        guard let position = ReasonDifference.position(suite: text, message: message) else { return false }
        report.differences[position, default: 0] += 1
        return true
    }
}

extension ScriptCase.Expectation {
    fileprivate var exhausts: Bool { if case .exhausts = self { true } else { false } }
}

extension ResultPattern {
    /// Whether more than one value is right.
    fileprivate var isOpen: Bool {
        switch self {
        case .exactly: false
        case .f32(let pattern), .f64(let pattern): pattern.isOpen
        case .vector(_, let lanes): lanes.contains(where: \.isOpen)
        case .reference, .either: true
        }
    }

    /// Whether a value is one of those that the pattern describes, as far as the engine shows which one it is.
    fileprivate func matchesShown(_ value: WasmValue) -> Bool {
        switch (self, value) {
        case (.exactly(.reference(.external)), .reference(.opaque(let kind))): kind.hasPrefix("extern")
        case (.exactly(.reference(.function)), .reference(.opaque(let kind))): kind.hasPrefix("func")
        case (.either(let patterns), _): patterns.contains { $0.matchesShown(value) }
        default: matches(value)
        }
    }
}

extension FloatPattern {
    fileprivate var isOpen: Bool {
        switch self {
        case .bits: false
        case .canonicalNaN, .arithmeticNaN: true
        }
    }
}
