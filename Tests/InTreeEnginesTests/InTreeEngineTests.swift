import Differential
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import InTreeEngines

@Suite struct InTreeEngineTests {
    static let recipes: [CaseRecipe] = {
        var recipes: [CaseRecipe] = []
        let mixed: [ValueType] = [.f32, .i32, .f64, .i64]
        for edge in Edge.allCases where Profile.usualFeatures.contains(edge.features) {
            for arity in [0, 1, 2, 7, 17, 40] {
                let types = (0..<arity).map { mixed[$0 % 4] }
                recipes.append(
                    CaseRecipe(
                        edges: [edge],
                        parameters: types,
                        results: types.reversed(),
                        routing: .random,
                        seed: UInt64(arity),
                        storesResults: arity % 2 == 1
                    )
                )
            }
            let types = (0..<17).map { mixed[$0 % 4] }
            recipes.append(CaseRecipe(edges: [edge, .loop, .directCall], parameters: types, results: types, seed: 7))
        }
        return recipes
    }()

    @Test(arguments: TestedEngines.names)
    func `an engine gives the results that the recipe has in closed form`(name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        for recipe in Self.recipes {
            let generated = recipe.generate()
            let test = TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
            let outcome = engine.run(test, within: Budget())
            guard case .completed(let observation) = outcome else {
                Issue.record("\(outcome) for \(recipe.summary)")
                continue
            }
            #expect(
                observation.invocations == generated.expectedEndings.map(InvocationOutcome.init),
                "\(recipe.summary)"
            )
        }
    }

    @Test(arguments: TestedEngines.compilerNames)
    func `an engine computes what the interpreter computes`(name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        for seed in 0..<60 as Range<UInt64> {
            let types: [ValueType] = [.i32, .f64, .i64, .f32, .i32, .i64]
            let recipe = CaseRecipe(
                edges: [.directCall],
                parameters: types,
                results: types + types,
                routing: .arithmetic,
                seed: seed
            )
            var trial = Judge(oracle: TestedEngines.oracle).trial(of: Case(recipe))
            #expect(trial.verdict(of: engine) == .agreement, "\(recipe.summary)")
        }
    }
}
