import Differential
import Execution
import Testing
import WasmGenerator
import WasmModel

@testable import Triage

struct StageBisectionTests {
    private static let stages = [
        CompilerStage(option: "without-all", description: "the optimiser", isPart: false),
        CompilerStage(option: "without-a", description: "first part", isPart: true),
        CompilerStage(option: "without-b", description: "second part", isPart: true),
        CompilerStage(option: "without-c", description: "the allocator", isPart: false),
    ]

    /// What is found where the engines with these options behind their names pass.
    private func culprit(passing: Set<String>, otherFails: Bool = false) -> CulpritStage {
        let bisection = StageBisection(stages: Self.stages, counterpart: "other:speed") { FakeEngine(name: $0) }
        return bisection.culprit(
            of: "fake:speed",
            functions: 1..<4,
            passes: { engine in engine.name.options.last.map(passing.contains) ?? false },
            fails: { $0.name == "other:speed" && otherFails }
        )
    }

    @Test func `of a stage and its part the part is named, with the functions that need it`() {
        let culprit = culprit(passing: ["without-all", "without-b", "without-b-in-2"])
        #expect(culprit == CulpritStage(stages: ["second part"], functions: [2], failsOnOtherMachine: false))
        #expect(culprit.description == "wrong since second part in function 2")
    }

    @Test func `a whole stage is named where no part of it alone matters`() {
        let culprit = culprit(passing: ["without-all", "without-all-in-1", "without-all-in-3"], otherFails: true)
        #expect(culprit.description == "wrong since the optimiser in functions 1 and 3, for both machines")
    }

    @Test func `a failure that needs two stages names both`() {
        let culprit = culprit(passing: ["without-a", "without-c"])
        #expect(culprit.description == "wrong since first part and the allocator")
    }

    @Test func `a failure whatever is left out is of the machine, or of what both share`() {
        #expect(culprit(passing: []).description.contains("of the machine"))
        #expect(culprit(passing: [], otherFails: true).description.contains("in what they share"))
    }

    /// Takes no case whose answer has more than ten results.
    private struct PickyEngine: Engine {
        let name: EngineName
        var reason = "too many results"

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            let outcome = FakeEngine(name: name).run(test, within: budget)
            guard case .completed(let observation) = outcome, case .returned(let results) = observation.invocations[0],
                results.count > 10
            else { return outcome }
            return .rejected(reason: reason)
        }
    }

    @Test(arguments: [
        ("too many results", "both machines validate: rejected: too many results"),
        ("no such type", "picky validate: rejected: too many results"),
    ])
    func `what both machines say alike is named after both`(reasonOfOther: String, signature: String) throws {
        let engine = PickyEngine(name: "picky:none")
        let recipe = CaseRecipe(
            edges: [],
            parameters: [],
            results: [ValueType](repeating: .i32, count: 20),
            routing: .constants
        )
        let analysis = CrashAnalysis(
            engine: engine,
            judge: Judge(oracle: FakeEngine(name: "oracle")),
            stages: StageBisection(stages: [], counterpart: "other:none") {
                PickyEngine(name: $0, reason: reasonOfOther)
            }
        )
        let divergence = try #require(analysis.divergence(Case(recipe)))
        let report = try analysis.record(for: Finding(Case(recipe), engine: engine.name, divergence: divergence)).report
        #expect(report.signature.description == signature)
    }

    @Test func `an assertion names no machine`() {
        let signature = CrashSignature(
            text: "compile: assertion failed: operand N is real, MachineCode/Emission.swift:N"
        )
        #expect(signature.ofBothMachines == signature)
    }
}
