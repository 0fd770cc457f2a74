import Differential
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Campaign

/// Cases whose first export is called many times.
struct HeatingTests {
    private func heated(_ recipe: CaseRecipe) -> Case? { Case(recipe).heated() }

    private func recipe(parameters: Int, results: Int) -> CaseRecipe {
        CaseRecipe(
            edges: [.directCall],
            parameters: [ValueType](repeating: .i64, count: parameters),
            results: [ValueType](repeating: .i64, count: results),
            constantsSeed: 7
        )
    }

    @Test func `a hot case is one more call, before the one that it is made of`() throws {
        let heated = try #require(self.heated(recipe(parameters: 3, results: 5)))
        #expect(heated.test.invocations.count == 2)
        #expect(heated.test.invocations[0].export == "hot")
        #expect(heated.test.invocations[0].arguments == heated.test.invocations[1].arguments)
    }

    @Test func `all engines in the program agree on hot cases, with something compared`() throws {
        for (parameters, results) in [(0, 1), (3, 5), (20, 1), (9, 60)] {
            let subject = try #require(self.heated(recipe(parameters: parameters, results: results)))
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: subject)
            for engine in TestedEngines.oneCompilerPerTarget {
                #expect(trial.verdict(of: engine) == .agreement, "\(engine.name), \(parameters) to \(results)")
            }
        }
    }

    @Test func `the same recipe makes the same hot case`() throws {
        #expect(heated(recipe(parameters: 3, results: 5))?.test == heated(recipe(parameters: 3, results: 5))?.test)
    }

    @Test func `what has too many values for a hundred rounds, and what has no function, is not heated`() throws {
        #expect(heated(recipe(parameters: 500, results: 500)) == nil)
        let empty = TestCase(wasm: BinaryEncoder.encode(Module()), invocations: [])
        #expect(Case(empty).heated() == nil)
        let malformed = TestCase(wasm: [1, 2, 3], invocations: [Invocation(export: "f", arguments: [])])
        #expect(Case(malformed).heated() == nil)
    }
}
