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
    }
}

extension GrowthSchedule {
    fileprivate func isIdle(_ judgement: Judgement) -> Bool {
        var schedule = self
        return schedule.due(judgement).isEmpty
    }
}
