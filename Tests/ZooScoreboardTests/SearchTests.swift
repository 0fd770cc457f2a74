import Testing
import Triage
import WasmGenerator

@testable import ZooScoreboard

@Suite struct SearchTests {
    @Test(arguments: Search.allCases)
    func `a search makes the same cases in every run`(search: Search) {
        var first = search.cases(seed: 1, maximumArity: 20)
        var second = search.cases(seed: 1, maximumArity: 20)
        for _ in 0..<600 { #expect(first.next() == second.next()) }
    }

    @Test func `the capped search never goes beyond 20 values`() {
        var cases = Search.cappedAt20.cases(seed: 1, maximumArity: 1000)
        for _ in 0..<2000 {
            guard case .recipe(let recipe) = cases.next() else {
                Issue.record("not a recipe")
                return
            }
            #expect(recipe.parameters.count <= 20 && recipe.results.count <= 20)
        }
    }
}
