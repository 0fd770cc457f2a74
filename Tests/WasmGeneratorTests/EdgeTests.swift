import Differential
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@Suite struct EdgeTests {
    private static let types: [ValueType] = [
        .i32, .v128, .functionReference, .f64, .externalReference, .i64, .exceptionReference, .f32, .v128, .i64,
    ]

    /// Every edge before every other, each pair with another seed, so that kinds of calls, of clauses and of throws change.
    private static let pairs: [CaseRecipe] = Edge.allCases.enumerated().flatMap { number, outer in
        Edge.allCases.enumerated().map { other, inner in
            let position = number * Edge.allCases.count + other
            var recipe = CaseRecipe(
                edges: [outer, inner],
                parameters: Array(types[..<(position % 11)]),
                results: Array(types.reversed()[..<(position % 7)]),
                routing: [.inOrder, .reversed, .random][position % 3],
                seed: UInt64(position % 64) | UInt64(position % 16) << 6,
                storesResults: position % 4 == 0
            )
            recipe.keepsCallee = position % 2 == 0
            recipe.castKind = CastKind.allCases[position % 4]
            recipe.escapes = position / 2 % 2 == 0
            recipe.allocations = [1, 1, 3][position % 3]
            return recipe
        }
    }

    /// What is wrong with the outcome of a recipe in an engine; nil where it is what the closed form says.
    private static func mistake(of engine: any Engine, _ recipe: CaseRecipe) -> String? {
        let generated = recipe.generate()
        let test = TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
        let outcome = engine.run(test, within: Budget())
        guard case .completed(let observation) = outcome else { return "\(outcome) for \(recipe.summary)" }
        let expected = generated.expectedEndings.map(InvocationOutcome.init)
        if observation.invocations == expected { return nil }
        return "\(observation.invocations) and not \(expected) for \(recipe.summary)"
    }

    @Test func `every pair of edges gives what it has in closed form`() {
        for recipe in Self.pairs {
            if let mistake = Self.mistake(of: TestedEngines.oracle, recipe) { Issue.record("\(mistake)") }
        }
    }

    /// Each pair in half of the compilers; both halves have every target, level and strategy.
    @Test(arguments: TestedEngines.compilerNames.enumerated().map { ($0.offset, $0.element) })
    func `a compiler gives what pairs of edges have in closed form`(number: Int, name: EngineName) throws {
        let engine = try TestedEngines.registry.engine(named: name)
        let part = (number + (number >> 1) + (number >> 2)) & 1
        for (position, recipe) in Self.pairs.enumerated()
        where position & 1 == part && recipe.edges.allSatisfy({ Profile.usualFeatures.contains($0.features) }) {
            if let mistake = Self.mistake(of: engine, recipe) { Issue.record("\(mistake)") }
        }
    }

    @Test func `chains of three random edges give what they have in closed form`() {
        for seed in 0..<150 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            var recipe = Profile.all[0].recipe(from: &decisions, maximumArity: 24)
            if recipe.routing == .arithmetic { recipe.routing = .random }
            if let mistake = Self.mistake(of: TestedEngines.oracle, recipe) { Issue.record("\(mistake)") }
        }
    }

    @Test(arguments: [Edge.structNew, .arrayNewFixed, .structCast, .objectChain])
    func `thousands of values in objects give what they have in closed form`(edge: Edge) {
        for variant in 0..<8 {
            let mix: [ValueType] = [.i32, .i32, .v128, .i64, .i32, .f32, .exceptionReference, .i32, .f64]
            var recipe = CaseRecipe(
                edges: [edge],
                parameters: (0..<2_000).map { mix[$0 % mix.count] },
                results: (0..<50).map { mix[$0 * 7 % mix.count] },
                routing: .random,
                constantsSeed: UInt64(variant)
            )
            recipe.castKind = CastKind.allCases[variant % 4]
            recipe.escapes = variant / 4 == 1
            recipe.allocations = 1 + variant
            if let mistake = Self.mistake(of: TestedEngines.oracle, recipe) { Issue.record("\(mistake)") }
        }
    }

    @Test func `chains of three edges with objects give what they have in closed form`() {
        let profile = Profile.all[0].adapted(to: .wasm3)
        for seed in 0..<400 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            var recipe = profile.recipe(from: &decisions, maximumArity: 24)
            guard recipe.edges.contains(where: { $0.features.contains(.garbageCollection) }) else { continue }
            if recipe.routing == .arithmetic { recipe.routing = .random }
            if let mistake = Self.mistake(of: TestedEngines.oracle, recipe) { Issue.record("\(mistake)") }
        }
    }

    @Test(arguments: [Edge.throwCatch, .throwCatchRef, .throwCatchAll, .throwCatchAllRef, .tryBlock, .tryCall])
    func `every kind of throw and of clause gives what it has in closed form`(edge: Edge) {
        for variant in 0..<16 {
            for inner in [[], [Edge.throwOut]] {
                var recipe = CaseRecipe(
                    edges: [edge] + inner,
                    parameters: Self.types,
                    results: Self.types.reversed()
                )
                recipe.catchKind = CatchKind.allCases[variant % 4]
                recipe.throwsInCallee = variant / 4 % 2 == 1
                recipe.throwsAgain = variant / 8 == 1
                if let mistake = Self.mistake(of: TestedEngines.oracle, recipe) { Issue.record("\(mistake)") }
            }
        }
    }

    @Test func `an exception that nothing catches leaves the export with the results`() {
        let recipe = CaseRecipe(edges: [.tailCall, .throwOut], parameters: [.i64, .v128], results: [.v128, .i64])
        let generated = recipe.generate()
        let arguments = generated.invocations[0].arguments
        #expect(generated.expectedEndings == [.threw(tag: 0, payload: [arguments[1], arguments[0]])])
    }

    @Test func `a tail call leaves the handlers of its function`() {
        let types: [ValueType] = [.i32]
        let caught = CaseRecipe(edges: [.tryBlock, .directCall, .throwOut], parameters: types, results: types)
        let left = CaseRecipe(edges: [.tryBlock, .tailCall, .throwOut], parameters: types, results: types)
        guard case .returned = caught.generate().expectedEndings.first else {
            Issue.record("\(caught.generate().expectedEndings)")
            return
        }
        #expect(left.generate().expectedEndings == [.threw(tag: 0, payload: left.generate().invocations[0].arguments)])
    }
}
