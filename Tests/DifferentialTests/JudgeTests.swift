import Execution
import Foundation
import Synchronization
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Differential

/// An engine that does one thing after the other, and notes what it was asked for.
private final class ScriptedEngine: Oracle {
    struct Run: Sendable {
        var test: TestCase
        var budget: Budget
    }

    let name: EngineName
    private let answer: @Sendable (_ number: Int, TestCase, Budget) -> Outcome
    private let noted = Mutex<[Run]>([])

    init(_ name: EngineName, _ answer: @escaping @Sendable (_ number: Int, TestCase, Budget) -> Outcome) {
        self.name = name
        self.answer = answer
    }

    /// Shows outcomes in turn, the last one for ever.
    convenience init(_ name: EngineName, _ outcomes: Outcome...) {
        self.init(name) { number, _, _ in outcomes[min(number, outcomes.count - 1)] }
    }

    var runs: [Run] { noted.withLock { $0 } }

    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        let number = noted.withLock { noted in
            noted.append(Run(test: test, budget: budget))
            return noted.count - 1
        }
        return answer(number, test, budget)
    }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
}

struct JudgeTests {
    private static let returned = Outcome.completed(Observation(invocations: [.returned([.i32(1)])]))
    private static let outOfFuel = Outcome.completed(
        Observation(invocations: [.exhausted(reason: InvocationOutcome.fuelExhaustion)])
    )

    private static func test(_ body: String, calls: [String] = ["f"], fresh: Bool = false) throws -> TestCase {
        TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module("(module \(body))")),
            invocations: calls.map { Invocation(export: $0, arguments: []) },
            usesFreshInstances: fresh
        )
    }

    private static let anything = Case(TestCase(wasm: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], invocations: []))

    /// An export that never ends, and one that counts its calls.
    private static let endlessAndCounter = """
        (global $calls (mut i32) (i32.const 0))
        (func (export "endless") (loop $again (br $again)))
        (func (export "count") (result i32)
          (global.set $calls (i32.add (global.get $calls) (i32.const 1))) (global.get $calls))
        """

    // MARK: Instances

    @Test func `calls on instances of their own do not see each other`() throws {
        let judge = Judge(oracle: TestedEngines.oracle)
        for (fresh, expected) in [(false, [1, 2]), (true, [1, 1])] as [(Bool, [UInt32])] {
            let test = try Self.test(Self.endlessAndCounter, calls: ["count", "count"], fresh: fresh)
            let judgement = judge.judge(Case(test), in: TestedEngines.oneCompilerPerTarget)
            guard case .completed(let observation)? = judgement.oracle.outcome else {
                Issue.record("\(judgement.oracle.verdict)")
                return
            }
            #expect(observation.invocations == expected.map { .returned([.i32($0)]) })
            #expect(observation.instances.count == (fresh ? 2 : 1))
            #expect(judgement.others.allSatisfy { $0.verdict == .agreement })
        }
    }

    @Test func `a call without end hides no other on an instance of its own, and is given to no engine`() throws {
        let test = try Self.test(Self.endlessAndCounter, calls: ["endless", "count"], fresh: true)
        let engine = ScriptedEngine("engine") { _, test, budget in TestedEngines.oracle.run(test, within: budget) }
        let judgement = Judge(oracle: TestedEngines.oracle, budget: Budget(fuel: 10_000)).judge(
            Case(test),
            in: [engine]
        )
        #expect(engine.runs.map { $0.test.invocations.map(\.export) } == [["count"]])
        #expect(judgement.others.first?.verdict == .agreement)
        #expect(judgement.hasComparison)
    }

    // MARK: Budgets

    @Test func `where the oracle is out of fuel, no engine is run, and nothing is compared`() throws {
        let test = try Self.test(Self.endlessAndCounter, calls: ["endless"])
        let engine = ScriptedEngine("engine", Self.returned)
        let judgement = Judge(oracle: TestedEngines.oracle, budget: Budget(fuel: 10_000)).judge(
            Case(test),
            in: [engine]
        )
        #expect(engine.runs.isEmpty)
        #expect(judgement.others.first?.outcome == nil)
        #expect(judgement.others.first?.verdict.inconclusiveness == .exhausted)
        #expect(judgement.oracle.verdict.inconclusiveness == .exhausted)
        #expect(!judgement.hasComparison && !judgement.differs)
    }

    @Test func `a call that ends in the oracle and with ten times the fuel in the engine is compared`() throws {
        let oracle = FixedEngine(name: "oracle", outcome: Self.returned)
        let engine = ScriptedEngine("engine", Self.outOfFuel, Self.returned)
        var trial = Judge(oracle: oracle, budget: Budget(fuel: 100, seconds: 2)).trial(of: Self.anything)
        #expect(trial.verdict(of: engine) == .agreement)
        #expect(engine.runs.map(\.budget.fuel) == [100, 1_000])
        #expect(engine.runs.first?.budget.seconds == 2 && (engine.runs.last?.budget.seconds ?? 0) >= 20)
    }

    @Test func `a call that ends in the oracle and nowhere in the engine is a hang`() throws {
        let oracle = FixedEngine(name: "oracle", outcome: Self.returned)
        let engine = ScriptedEngine("engine", Self.outOfFuel)
        var trial = Judge(oracle: oracle).trial(of: Self.anything)
        let divergence = trial.verdict(of: engine).divergence
        #expect(divergence?.observable == .hang(.execute))
        #expect(divergence?.expected == "returned 1 value" && divergence?.observed == "fuel exhausted")
        #expect(engine.runs.count == 2)
        // Whoever had it confirmed takes the first word.
        trial = Judge(oracle: oracle, confirmationFactor: nil).trial(of: Self.anything)
        #expect(trial.verdict(of: engine).isDivergence && engine.runs.count == 3)
        // Nested calls are another matter: how deep they go is left to engines.
        let deep = Outcome.completed(Observation(invocations: [.exhausted(reason: "call stack exhausted")]))
        #expect(trial.verdict(of: FixedEngine(name: "deep", outcome: deep)).inconclusiveness == .exhausted)
    }

    @Test(arguments: [Outcome.timedOut(.compile), .memoryExhausted(.compile)])
    func `what is out of time or memory once, and not with ten times as much, is no difference`(outcome: Outcome) {
        let engine = ScriptedEngine("engine", outcome, Self.returned)
        let budget = Budget(seconds: 2, processBytes: 1 << 20)
        var trial = Judge(oracle: FixedEngine(name: "oracle", outcome: Self.returned), budget: budget)
            .trial(of: Self.anything)
        #expect(trial.verdict(of: engine) == .agreement)
        #expect(engine.runs.first?.budget.seconds == 2 && (engine.runs.last?.budget.seconds ?? 0) >= 20)
        #expect(engine.runs.map(\.budget.processBytes) == [1 << 20, 10 << 20])
        #expect(engine.runs.map(\.budget.fuel) == [budget.fuel, budget.fuel])
    }

    @Test(arguments: [
        (Outcome.timedOut(.compile), Observable.hang(.compile)),
        (.memoryExhausted(.execute), .memoryExhaustion(.execute)),
    ])
    func `what is out of time or memory with ten times as much is a difference`(
        outcome: Outcome,
        observable: Observable
    ) {
        let engine = ScriptedEngine("engine", outcome)
        let judge = Judge(oracle: FixedEngine(name: "oracle", outcome: Self.returned))
        var trial = judge.trial(of: Self.anything)
        #expect(trial.verdict(of: engine).divergence?.observable == observable)
        #expect(engine.runs.count == 2)
        // What was confirmed once needs not be so for every smaller case.
        var again = judge.withoutConfirmation.trial(of: Self.anything)
        #expect(again.verdict(of: engine).divergence?.observable == observable)
        #expect(engine.runs.count == 3)
    }

    @Test func `an engine that is many times slower than the oracle has no hang, whoever has it confirmed`() {
        let oracle = ScriptedEngine("oracle") { _, _, _ in
            Thread.sleep(forTimeInterval: 0.1)
            return Self.returned
        }
        let engine = ScriptedEngine("engine") { _, _, budget in
            budget.seconds < 20 ? .timedOut(.execute) : Self.returned
        }
        var trial = Judge(oracle: oracle, budget: Budget(seconds: 1)).trial(of: Self.anything)
        #expect(trial.verdict(of: engine) == .agreement)
        #expect(engine.runs.count == 2, "with little time first")
        trial = Judge(oracle: oracle, budget: Budget(seconds: 1), confirmationFactor: nil).trial(of: Self.anything)
        #expect(trial.verdict(of: engine) == .agreement)
        #expect(engine.runs.count == 4)
        // What the code does says nothing of how long it takes to compile.
        let compiler = ScriptedEngine("compiler", .timedOut(.compile))
        #expect(trial.verdict(of: compiler).divergence?.observable == .hang(.compile))
        #expect(compiler.runs.map(\.budget.seconds) == [1])
    }

    @Test func `an oracle that is out of time is at fault only if it is so with ten times as much`() {
        let slow = ScriptedEngine("oracle", .timedOut(.execute), Self.returned)
        #expect(Judge(oracle: slow).trial(of: Self.anything).verdictOnOracle.inconclusiveness == .unconfirmed)
        let endless = ScriptedEngine("oracle", .timedOut(.execute))
        let verdict = Judge(oracle: endless).trial(of: Self.anything).verdictOnOracle
        #expect(verdict.divergence?.observable == .hang(.execute))
    }

    @Test func `what is not run is nobody's fault`() {
        let reason = Outcome.notRun(reason: "no process")
        let engine = ScriptedEngine("engine", reason)
        let judgement = Judge(oracle: FixedEngine(name: "oracle", outcome: Self.returned))
            .judge(Self.anything, in: [engine])
        #expect(judgement.others.first?.verdict.inconclusiveness == .worker)
        let other = ScriptedEngine("engine", Self.returned)
        let withoutOracle = Judge(oracle: FixedEngine(name: "oracle", outcome: reason)).judge(
            Self.anything,
            in: [other]
        )
        #expect(withoutOracle.entries.allSatisfy { $0.verdict.inconclusiveness == .worker })
        #expect(other.runs.isEmpty)
    }

    // MARK: What is compared

    @Test func `a case that shows nothing is no agreement`() throws {
        let judge = Judge(oracle: TestedEngines.oracle)
        let silent = judge.judge(Case(try Self.test("(func)", calls: [])), in: TestedEngines.oneCompilerPerTarget)
        #expect(silent.others.allSatisfy { $0.verdict.inconclusiveness == .nothing })
        #expect(!silent.hasComparison)
        let state = judge.judge(
            Case(try Self.test("(global (export \"g\") i32 (i32.const 3))", calls: [])),
            in: TestedEngines.oneCompilerPerTarget
        )
        #expect(state.others.allSatisfy { $0.verdict == .agreement })
    }

    @Test func `judging by the oracle alone compares nothing`() throws {
        let test = try Self.test("(func (export \"f\") (result i32) (i32.const 1))")
        let judgement = Judge(oracle: TestedEngines.oracle).judge(Case(test), in: [TestedEngines.oracle])
        #expect(judgement.entries.count == 1)
        #expect(!judgement.hasComparison && !judgement.differs)
    }

    // MARK: What is left open

    private static let nan = "(func (export \"f\") (result f32) (f32.div (f32.const 0) (f32.const 0)))"

    @Test func `what else is allowed is asked for when an engine differs, and then kept`() throws {
        let oracle = ScriptedEngine("oracle") { _, test, budget in TestedEngines.oracle.run(test, within: budget) }
        var trial = Judge(oracle: oracle).trial(of: Case(try Self.test(Self.nan)))
        #expect(oracle.runs.count == 1)
        #expect(trial.verdict(of: TestedEngines.oracle) == .agreement)
        #expect(oracle.runs.count == 1)
        let negative = Outcome.completed(
            Observation(invocations: [.returned([.f32(0xFFC0_0000)])], instances: [InstanceState()])
        )
        #expect(trial.verdict(of: FixedEngine(name: "a", outcome: negative)) == .agreement)
        let count = oracle.runs.count
        #expect(count > 1)
        #expect(trial.verdict(of: FixedEngine(name: "b", outcome: negative)) == .agreement)
        #expect(oracle.runs.count == count)
    }

    @Test func `an oracle that takes rewritten code for something else judges nobody`() throws {
        let test = try Self.test(Self.nan)
        let oracle = ScriptedEngine("oracle") { _, given, budget in
            let outcome = TestedEngines.oracle.run(given, within: budget)
            guard given != test, case .completed(var observation) = outcome else { return outcome }
            observation.invocations = [.returned([.f32(0x3F80_0000)])]
            return .completed(observation)
        }
        let wrong = Outcome.completed(
            Observation(invocations: [.returned([.f32(0x4000_0000)])], instances: [InstanceState()])
        )
        var trial = Judge(oracle: oracle).trial(of: Case(test))
        #expect(trial.verdict(of: FixedEngine(name: "engine", outcome: wrong)).inconclusiveness == .oracle)
    }

    // MARK: The oracle

    @Test func `the oracle is judged by the closed form, and by nothing where there is none`() {
        let recipe = CaseRecipe(edges: [.block], parameters: [.i32], results: [.i32, .i32], routing: .inOrder)
        let mistaken = FixedEngine(
            name: "oracle",
            outcome: .completed(Observation(invocations: [.returned([.i32(1), .i32(2)])]))
        )
        let verdict = Judge(oracle: mistaken).trial(of: Case(recipe)).verdictOnOracle
        #expect(verdict.divergence?.observable == .result(invocation: 0, index: 0))
        #expect(Judge(oracle: TestedEngines.oracle).trial(of: Case(recipe)).verdictOnOracle == .agreement)
        #expect(!Judge(oracle: mistaken).trial(of: Case(Case(recipe).test)).verdictOnOracle.isDivergence)
        let rejecting = FixedEngine(name: "oracle", outcome: .rejected(reason: "no"))
        let rejection = Judge(oracle: rejecting).trial(of: Case(recipe)).verdictOnOracle
        #expect(rejection.divergence?.observable == .rejection)
    }

    @Test func `a program of the generator has to be valid, also when it is read from where it was kept`() throws {
        let rejecting = Judge(oracle: FixedEngine(name: "oracle", outcome: .rejected(reason: "no")))
        let profile = try #require(Profile(named: "programs"))
        var decisions = DecisionSource(seed: 3)
        let program = Case(profile.decidedCase(from: &decisions, maximumArity: 20))
        #expect(program.recipe == nil)
        let kept = try JSONDecoder().decode(Case.self, from: try JSONEncoder().encode(program))
        #expect(kept == program)
        for subject in [program, kept] {
            #expect(rejecting.trial(of: subject).verdictOnOracle.divergence?.observable == .rejection)
        }
        #expect(!rejecting.trial(of: Case(program.test)).verdictOnOracle.isDivergence)
    }
}
