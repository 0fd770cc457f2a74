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

    @Test(arguments: TestedEngines.names)
    func `a memory of gigabytes that nobody outside sees is there to its last byte, and grows by nothing`(
        name: EngineName
    ) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        let text = """
            (module
              (memory $narrow 65536 65536)
              (memory $wide i64 65537 65537)
              (func (export "f") (result i64 i32 i32 i32)
                (i64.store $narrow offset=0x7ffffff0 (i32.const 0x80000000) (i64.const 0x1122334455667788))
                (i64.store $wide offset=0x100000000 (i64.const 0xfff8) (i64.const 77))
                (i64.add
                  (i64.load $narrow (i32.const 0xfffffff0))
                  (i64.load $wide (i64.const 0x10000fff8)))
                (memory.size $narrow)
                (memory.grow $narrow (i32.const 0))
                (memory.grow $narrow (i32.const 1)))
              (func (export "beyond") (result i64)
                (i64.load $narrow offset=0x80000000 (i32.const 0x7ffffff9))))
            """
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(text)),
            invocations: [Invocation(export: "f", arguments: []), Invocation(export: "beyond", arguments: [])]
        )
        let values: [WasmValue] = [.i64(0x1122_3344_5566_7788 + 77), .i32(65_536), .i32(65_536), .i32(.max)]
        guard case .completed(let observation) = engine.run(test, within: Budget()) else {
            Issue.record("\(engine.run(test, within: Budget()))")
            return
        }
        #expect(observation.invocations == [.returned(values), .trapped(.outOfBoundsMemoryAccess)])
    }

    @Test(arguments: TestedEngines.names)
    func `a memory that is compared may not be larger than the budget has it`(name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(#"(module (memory (export "m") 32768 32768))"#)),
            invocations: []
        )
        guard case .completed(let observation) = engine.run(test, within: Budget()) else {
            Issue.record("\(engine.run(test, within: Budget()))")
            return
        }
        #expect(observation.instantiation == .exhausted(reason: "memory exhausted"))
    }
}
