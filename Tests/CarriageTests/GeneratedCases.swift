import Execution
import WasmFormats
import WasmGenerator
import WasmModel

/// Cases of the generator for carriages.
enum GeneratedCases {
    private static let mixes: [TypeMix] = [
        .uniform(.i32), .alternating([.f32, .i32, .f64, .i64]), .uniform(.v128),
        .alternating([.v128, .i32, .functionReference, .f64, .externalReference, .exceptionReference]),
        .random(seed: 5), .uniform(.externalReference), .uniform(.exceptionReference), .uniform(.f32),
    ]

    /// Each edge at some arities, in mixes of types that change.
    static func recipes(arities: [Int]) -> [CaseRecipe] {
        var recipes: [CaseRecipe] = []
        for (edgeNumber, edge) in Edge.allCases.enumerated() {
            for (arityNumber, arity) in arities.enumerated() {
                let mix = mixes[(edgeNumber * 3 + arityNumber) % mixes.count]
                let other = mixes[(edgeNumber + arityNumber * 5 + 1) % mixes.count]
                var recipe = CaseRecipe(
                    edges: [edge],
                    parameters: mix.list(count: min(arity, 9)),
                    results: other.list(count: arity),
                    routing: RoutingPattern.allCases[(edgeNumber + arityNumber) % RoutingPattern.allCases.count],
                    constantsSeed: UInt64(edgeNumber * 7 + arityNumber),
                    storesResults: arityNumber % 2 == 1
                )
                recipe.invocationCount = 1 + edgeNumber % 2
                recipe.condition = arityNumber % 2 == 0
                recipe.throwsInCallee = arityNumber % 2 == 1
                recipe.throwsAgain = edgeNumber % 2 == 1
                recipe.keepsCallee = arityNumber % 2 == 1
                recipes.append(recipe)
            }
        }
        return recipes
    }

    static func test(_ recipe: CaseRecipe) -> TestCase {
        let generated = recipe.generate()
        return TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
    }

    /// Programs of the generator.
    static func programs(count: Int) -> [TestCase] {
        guard let profile = Profile(named: "programs")?.portable else { return [] }
        return (0..<count).compactMap { number in
            var random = SplitMix64(seed: UInt64(number))
            var decisions = DecisionSource((0..<300).map { _ in UInt8.random(in: 0...255, using: &random) })
            guard case .program(let program) = profile.decidedCase(from: &decisions, maximumArity: 20) else {
                return nil
            }
            return TestCase(
                wasm: BinaryEncoder.encode(program.module),
                invocations: program.invocations,
                usesFreshInstances: number % 3 == 0
            )
        }
    }
}
