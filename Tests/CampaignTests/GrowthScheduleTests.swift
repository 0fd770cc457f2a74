import Execution
import TestedEngines
import Testing
import WasmGenerator

@testable import Campaign
@testable import Differential

/// When it is measured how what compilers need grows.
struct GrowthScheduleTests {
    private let engine = TestedEngines.compilers[0]
    private let recipe = CaseRecipe(edges: [.block], parameters: [.i32], results: [.f64], routing: .inOrder)

    private func judgement(_ recipe: CaseRecipe, taking duration: Duration) -> Judgement {
        let entry = Judgement.Entry(engine: engine.name, outcome: nil, verdict: .agreement, duration: duration)
        let oracle = Judgement.Entry(
            engine: TestedEngines.oracle.name,
            outcome: nil,
            verdict: .agreement,
            duration: .zero
        )
        return Judgement(subject: Case(recipe), entries: [oracle, entry])
    }

    @Test func `code and time are measured in one case of many, each once for a list of edges`() {
        var schedule = GrowthSchedule([engine])
        let due = (0..<1_000).flatMap { _ in
            schedule.due(judgement(recipe, taking: .milliseconds(1)))
        }
        #expect(due.map(\.observable) == [.compileTime, .codeSize])
        var other = recipe
        other.edges = [.loop]
        let further = (0..<1_000).flatMap { _ in
            schedule.due(judgement(other, taking: .milliseconds(1)))
        }
        #expect(further.map(\.largest.effectiveEdges) == [[.loop], [.loop]])
    }

    @Test func `time is measured where a case takes long for its size, and nothing of arithmetic is`() {
        var schedule = GrowthSchedule([engine])
        let due = schedule.due(judgement(recipe, taking: .seconds(20)))
        #expect(due.map(\.observable) == [.compileTime])
        #expect(due.map(\.engine.name) == [engine.name])
        #expect(schedule.due(judgement(recipe, taking: .seconds(20))).isEmpty)
        var arithmetic = recipe
        arithmetic.routing = .arithmetic
        #expect(GrowthSchedule([engine]).isIdle(judgement(arithmetic, taking: .seconds(20))))
        #expect(GrowthSchedule([TestedEngines.oracle]).isIdle(judgement(recipe, taking: .seconds(20))))
        #expect(GrowthSchedule([engine], .withoutTime).isIdle(judgement(recipe, taking: .seconds(20))))
        #expect(GrowthSchedule([engine], .none).isIdle(judgement(recipe, taking: .seconds(20))))
        #expect(GrowthSchedule([engine], greatestArity: 300).isIdle(judgement(recipe, taking: .seconds(20))))
    }
}

/// What a measurement says, of a compiler whose costs are a function of the size of the module.
struct GrowthMeasurementTests {
    private struct TimedCompiler: CompilingEngine {
        let name: EngineName = "timed"
        var seconds: @Sendable (Int) -> Double

        func run(_ test: TestCase, within budget: Budget) -> Outcome { .completed(Observation()) }

        func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
            CompilationCost(bytes: wasm.count, frameBytes: 8, seconds: seconds(wasm.count))
        }
    }

    private func result(_ observable: Observable, _ seconds: @escaping @Sendable (Int) -> Double)
        -> GrowthMeasurement.Result
    {
        let recipe = CaseRecipe(edges: [.block], parameters: [.i32], results: [.f64, .f64])
        let engine = TimedCompiler(seconds: seconds)
        return GrowthMeasurement(observable: observable, recipe: recipe, engine: engine)
            .result(within: Budget(), specimen: nil)
    }

    @Test func `the times of all compilations are told, whatever was looked for`() {
        let sizes = result(.codeSize) { Double($0) / 1000 }
        #expect(sizes.finding == nil && sizes.times.map(\.arity) == [125, 250, 500, 1000, 2000])
        #expect(sizes.times.allSatisfy { $0.engine == "timed" && $0.milliseconds > 100 })
        let glance = result(.compileTime) { Double($0) / 1000 }
        #expect(glance.finding == nil && glance.times.map(\.arity) == [1000, 4000])
        let steep = result(.compileTime) { Double($0 * $0) / 1e6 }
        #expect(steep.finding?.divergence.observable == .compileTime)
        #expect(steep.times.map(\.arity) == [1000, 4000, 1000, 2000, 4000, 8000])
    }
}

extension GrowthSchedule {
    fileprivate func isIdle(_ judgement: Judgement) -> Bool {
        var schedule = self
        return schedule.due(judgement).isEmpty
    }
}
