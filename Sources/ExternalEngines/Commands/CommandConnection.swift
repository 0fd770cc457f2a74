import Carriage
import Execution
import Foundation
import Synchronization
import WasmFormats
import WasmModel
import WorkerIsolation

/// An engine that is a command for each case: a module that checks itself, or a script.
///
/// The oracle says what is to be expected. What the command says is no values: where nothing differs, the outcome is what was expected of the
/// calls that are checked.
final class CommandConnection: EngineConnection {
    let probe: EngineProbe
    private let command: CommandRunner
    private let oracle: any Oracle
    private let ways: [Carriage]

    /// Finds out what the engine takes, unless that is known of the same files already.
    /// - Throws: what is missing.
    init(
        _ definition: EngineDefinition,
        _ command: Command,
        _ place: EngineDefinition.FilePlace,
        _ settings: HostSettings
    ) throws(WorkerError) {
        let runner = CommandRunner(command, place, settings)
        self.command = runner
        oracle = settings.oracle
        ways = definition.ways
        let invocation = try runner.invocation(file: "")
        let key = ProbeKey(invocation, definition).text
        if let known = settings.cache.stored(EngineProbe.self, key) {
            probe = known
            return
        }
        let budget = Budget(seconds: settings.secondsOfTrial)
        let host = HostDescription(
            name: URL(fileURLWithPath: command.program).lastPathComponent,
            release: try runner.release(within: budget)
        ).completed(invocation)
        var trial = EngineTrial(seconds: budget.seconds) {
            runner.outcome(instantiating: ProbeModule.startable($0), within: budget)
        }
        let probe = try EngineProbe(host, &trial)
        try Self.expectDifferences(runner, within: budget)
        self.probe = probe
        settings.store(probe, trial, key)
    }

    /// Finds out whether the command tells what is not as it has to be: one that never does would agree with everything.
    private static func expectDifferences(_ runner: CommandRunner, within budget: Budget) throws(WorkerError) {
        func expect(_ subject: String, _ wrong: CommandCase) throws(WorkerError) {
            switch runner.answer(to: wrong, within: budget) {
            case .agreement: throw WorkerError("it does not tell \(subject): it ends as if all were well")
            case .other(.notRun(let reason)): throw WorkerError(reason)
            case .difference, .exhausted, .other: break
            }
        }
        try expect("a trap", CommandCase(instantiating: ProbeModule.trapping, runner.place))
        if runner.place != .wasm { try expect("a wrong result", .wrongResult(runner.place)) }
    }

    var lastProcessorSeconds: Double { command.lastProcessorSeconds }

    func run(_ test: TestCase, within budget: Budget, by carriage: Carriage?) -> (Outcome, Carriage?) {
        switch probe.read(test.wasm) {
        case .refused(let outcome): return (outcome, nil)
        case .invalid:
            let outcome = command.outcome(instantiating: test.wasm, within: budget)
            // Whatever reason it says, it does not take what is invalid.
            guard case .refused(let reason) = outcome else { return (outcome, ways.first) }
            return (.rejected(reason: reason), ways.first)
        case .valid(let module): return run(test, module, within: budget, by: carriage)
        }
    }

    private func run(
        _ test: TestCase,
        _ module: ValidatedModule,
        within budget: Budget,
        by carriage: Carriage?
    ) -> (Outcome, Carriage?) {
        let expected: Observation
        switch oracle.run(test, within: budget) {
        case .completed(let observation): expected = observation
        case let outcome: return (.refused(reason: "the oracle: \(outcome.summary)"), nil)
        }
        guard expected.instantiation == nil else {
            return (.refused(reason: "a module without an instance cannot be told from one that is not taken"), nil)
        }
        var obstacles: [String] = []
        for way in carriage.map({ [$0] }) ?? order(expected) {
            let cases: [CommandCase]
            do throws(CarriageObstacle) {
                cases = try self.cases(test, module, expected, way)
            } catch {
                obstacles.append("\(way.rawValue): \(error.description)")
                continue
            }
            return (outcome(of: cases, test, module, expected, within: budget), way)
        }
        return (.refused(reason: obstacles.joined(separator: "; ")), nil)
    }

    /// The ways in the order in which they are tried: a script asserts the calls as they are, and a module that checks itself all that the
    /// instance shows and what exceptions carry.
    private func order(_ expected: Observation) -> [Carriage] {
        let showsMore =
            expected.instances.contains { !$0.isEmpty }
            || expected.invocations.contains {
                if case .threw(_, let payload) = $0 { !payload.isEmpty } else { false }
            }
        return showsMore ? ways.reversed() : ways
    }

    private func cases(
        _ test: TestCase,
        _ module: ValidatedModule,
        _ expected: Observation,
        _ way: Carriage
    ) throws(CarriageObstacle) -> [CommandCase] {
        let cases: [CommandCase]
        switch way {
        case .script:
            let script = try CarriedScript(
                module.module,
                source: .binary(test.wasm),
                form: .binary,
                invocations: test.invocations,
                expected: expected.invocations,
                usesFreshInstances: test.usesFreshInstances
            )
            cases = [try CommandCase(script, way, command.place)]
        case .selfCheck:
            let check = try SelfCheck(test, module: module, expected: expected, features: probe.featureSet)
            switch command.place {
            case .wasm: cases = CommandCase.modules(check)
            case .wast, .json: cases = [try CommandCase(CarriedScript(check), way, command.place)]
            }
        case .direct, .memory, .globals: throw CarriageObstacle("a command shows no values")
        }
        guard cases.contains(where: { !$0.calls.isEmpty || $0.checksState }) || test.invocations.isEmpty else {
            throw CarriageObstacle("there is nothing that can be checked")
        }
        return cases
    }

    /// Runs the files of a case one after the other, to the first that is not as it has to be.
    private func outcome(
        of cases: [CommandCase],
        _ test: TestCase,
        _ module: ValidatedModule,
        _ expected: Observation,
        within budget: Budget
    ) -> Outcome {
        var observed = Observation(invocations: expected.invocations.map { _ in .unseen })
        for part in cases {
            switch command.answer(to: part, within: budget) {
            case .agreement:
                for call in part.calls where call < observed.invocations.count {
                    observed.invocations[call] = expected.invocations[call]
                }
                if part.checksState, cases.count == 1 { observed.instances = expected.instances }
            case .difference(var difference):
                if difference.parts[0].subject == nil {
                    difference.parts[0].subject = call(in: part, of: test, module, within: budget).map { .call($0) }
                }
                return .completed(CommandFinding(part, expected, observed).difference(difference))
            case .exhausted(let text):
                return .completed(CommandFinding(part, expected, observed).exhaustion(text))
            case .other(let outcome): return outcome
            }
        }
        return .completed(observed)
    }

    /// Finds the call at which a module that checks several finds a difference, by checking fewer; nil where that finds none.
    private func call(
        in part: CommandCase,
        of test: TestCase,
        _ module: ValidatedModule,
        within budget: Budget
    ) -> Int? {
        guard part.way == .selfCheck, part.calls.count + (part.checksState ? 1 : 0) > 1 else { return part.calls.first }
        // A part with one call is of an instance of its own.
        if part.calls.count == 1 { return part.calls.first }
        /// Whether the first calls show the difference; nil where that is not known.
        func differs(_ count: Int) -> Bool? {
            var shorter = test
            shorter.invocations = Array(test.invocations.prefix(count))
            guard case .completed(let expected) = oracle.run(shorter, within: budget),
                let check = try? SelfCheck(shorter, module: module, expected: expected, features: probe.featureSet)
            else { return nil }
            for part in CommandCase.modules(check) {
                switch command.answer(to: part, within: budget) {
                case .agreement: break
                case .difference: return true
                case .exhausted, .other: return nil
                }
            }
            return false
        }
        var (good, bad) = (0, test.invocations.count)
        while bad - good > 1 {
            let middle = (good + bad) / 2
            guard let differs = differs(middle) else { return nil }
            if differs { bad = middle } else { good = middle }
        }
        return bad - 1
    }
}
