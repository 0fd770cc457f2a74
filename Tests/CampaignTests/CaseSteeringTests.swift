import Differential
import Execution
import Testing
import WasmGenerator
import WasmModel

@testable import Campaign

struct CaseSteeringTests {
    private func recipe(_ edges: [Edge], _ count: Int) -> CaseRecipe {
        CaseRecipe(edges: edges, parameters: [], results: [ValueType](repeating: .i32, count: count))
    }

    private func learn(_ recipe: CaseRecipe, _ steering: inout CaseSteering) {
        let judgement = Judge(oracle: SilentOracle()).judge(Case(recipe), in: [])
        steering.learn(judgement, in: DomainCell.cells(of: recipe), failures: 0)
    }

    @Test func `what was tried least is chosen, and of equals what costs least`() {
        var steering = CaseSteering()
        let candidates = [recipe([], 2), recipe([.loop], 300), recipe([.loop], 9)].map { DecidedCase.recipe($0) }
        #expect(steering.choose(among: candidates) == 0)
        for _ in 0..<50 { learn(recipe([], 2), &steering) }
        #expect(steering.choose(among: candidates) == 2, "300 results cost more than nine")
        for _ in 0..<50 { learn(recipe([.loop], 9), &steering) }
        #expect(steering.choose(among: candidates) == 1)
    }

    @Test func `what was met, or not met by several cases, is not aimed at again`() throws {
        var settings = WorkerSettings()
        settings.maximumArity = 8
        let possible = settings.domain.possiblePlaces.filter { $0.cell.edge == .loop && $0.cell.arity == .inRegisters }
        #expect(!possible.isEmpty)
        var steering = CaseSteering(possible: possible)
        var random = SplitMix64(seed: 5)
        var aims: [DomainPlace: Int] = [:]
        while let place = steering.aim(by: &random) { aims[place, default: 0] += 1 }
        #expect(Set(aims.keys) == possible)
        #expect(Set(aims.values).count == 1)

        steering = CaseSteering(possible: possible)
        let aim = steering.aim(by: &random)
        let place = try #require(aim)
        #expect(settings.subject(at: place, ofRandomCase: 4, attempt: 1)?.cells.contains(place.cell) == true)
        #expect(
            settings.subject(at: place, ofRandomCase: 4, attempt: 1)
                == settings.subject(at: place, ofRandomCase: 4, attempt: 1)
        )
    }

    @Test func `a chosen case is made again from its seed`() throws {
        var settings = WorkerSettings()
        settings.maximumArity = 40
        settings.count = 3
        settings.number = 2
        let position = try #require((0..<9).first { settings.steers(randomCase: $0 * 3 + 2) })
        let candidates = settings.candidates(ofRandomCase: position * 3 + 2)
        #expect(Set(candidates.map(\.seed)).count == candidates.count && candidates.count > 1)
        for candidate in candidates {
            let origin = CurrentCase.Origin.chosen(position, seed: candidate.seed)
            #expect(CurrentCase.Origin(text: origin.text) == origin)
            #expect(origin.subject(settings) == settings.subject(candidate.decided))
        }
        #expect(settings.subject(candidates[0].decided) == settings.subject(ofRandomCase: position * 3 + 2))
    }

    @Test func `random bytes are not chosen, and some cases are as they come`() {
        var settings = WorkerSettings()
        let steered = (0..<96).count { settings.steers(randomCase: $0) }
        // Three of four that have no fault.
        #expect((44...64).contains(steered), "\(steered)")
        settings.mixesSweep = true
        settings.takesRawBytes = true
        #expect((0..<96).count { settings.steers(randomCase: $0) } == 0)
        #expect(!settings.sweeps(at: 0))
    }
}

/// An oracle that returns nothing.
private struct SilentOracle: Oracle {
    let name: EngineName = "silent"

    func run(_ test: TestCase, within budget: Budget) -> Outcome { .completed(Observation()) }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
}
