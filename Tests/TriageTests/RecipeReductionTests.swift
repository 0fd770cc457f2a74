import Differential
import Execution
import Foundation
import Testing
import WasmFormats
import WasmGenerator
import WasmInterpreter
import WasmModel

@testable import Triage

struct RecipeReductionTests {
    private let signature = CrashSignature(text: "fake compile: too many")

    /// Reduces a recipe under an engine that fails where the predicate holds.
    private func reduce(
        _ recipe: CaseRecipe,
        fails: @escaping (Module, [Invocation]) throws -> Bool
    ) throws -> Reduction {
        let reducer = Reducer { subject in
            try fails(try BinaryDecoder.decode(subject.test.wasm), subject.test.invocations) ? signature : nil
        }
        return try #require(try reducer.reduce(Case(recipe), signature: signature, includingModule: false))
    }

    /// The type of the exported function.
    private func exportedType(_ module: Module) -> FunctionType? {
        guard let function = module.exportedFunctions["main"] else { return nil }
        return module.functionType(at: module.functionTypeIndices[function.position])
    }

    @Test func `a failure from 254 exported results on is reduced to 254 results and nothing else`() throws {
        let recipe = CaseRecipe(
            edges: [.loop, .indirectCall, .branchTable],
            parameters: TypeMix.runs(maximumLength: 5, seed: 3).list(count: 40),
            results: TypeMix.random(seed: 4).list(count: 600),
            routing: .random,
            seed: 0xBEEF,
            storesResults: true
        )
        let reduction = try reduce(recipe) { module, _ in (exportedType(module)?.results.count ?? 0) >= 254 }
        let results = [ValueType](repeating: .i32, count: 254)
        #expect(
            reduction.recipe == CaseRecipe(edges: [], parameters: [], results: results, routing: .constants)
        )
        #expect(reduction.isMinimal)
        #expect(reduction.test == reduction.recipe.map { Case($0).test })
    }

    @Test
    func `a failure of an f32 parameter from position 9 on that is routed keeps ten parameters of which one is f32`()
        throws
    {
        let recipe = CaseRecipe(
            edges: [.directCall, .block],
            parameters: TypeMix.alternating([.f32, .i32, .f64, .i64]).list(count: 64),
            results: TypeMix.alternating([.f32, .i32]).list(count: 30),
            routing: .inOrder,
            seed: 77
        )
        let reduction = try reduce(recipe) { module, _ in
            guard let type = exportedType(module) else { return false }
            return module.functions.contains { function in
                function.body.contains { instruction in
                    guard case .local(let index) = instruction.immediate, instruction.opcode == .localGet else {
                        return false
                    }
                    return index.position >= 9 && index.position < type.parameters.count
                        && type.parameters[index.position] == .f32
                }
            }
        }
        let reduced = try #require(reduction.recipe)
        #expect(reduced.edges == [])
        #expect(reduced.parameters == [ValueType](repeating: .i32, count: 9) + [.f32])
        #expect(reduced.results == [.f32])
        #expect(reduced.routing == .inOrder)
    }

    @Test func `a failure that needs 255 values anywhere is left with 255 results and no parameter`() throws {
        let recipe = CaseRecipe(
            edges: [.directCall],
            parameters: TypeMix.random(seed: 1).list(count: 200),
            results: TypeMix.random(seed: 2).list(count: 190),
            routing: .random,
            seed: 9
        )
        let reduction = try reduce(recipe) { module, _ in
            guard let type = exportedType(module) else { return false }
            return type.parameters.count + type.results.count >= 255
        }
        #expect(
            reduction.recipe
                == CaseRecipe(
                    edges: [],
                    parameters: [],
                    results: [ValueType](repeating: .i32, count: 255),
                    routing: .constants
                )
        )
        #expect(reduction.isMinimal)
    }

    @Test func `a finding of the oracle against the closed form is reduced by the closed form`() throws {
        /// The interpreter, which forgets the last of more than ten results.
        struct ForgetfulOracle: Oracle {
            let name: EngineName = "interpreter"

            func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }

            func run(_ test: TestCase, within budget: Budget) -> Outcome {
                let outcome = InterpreterEngine().run(test, within: budget)
                guard case .completed(var observation) = outcome else { return outcome }
                observation.invocations = observation.invocations.map { invocation in
                    guard case .returned(var values) = invocation, values.count > 10 else { return invocation }
                    values.swapAt(values.count - 1, 0)
                    return .returned(values)
                }
                return .completed(observation)
            }
        }
        let oracle = ForgetfulOracle()
        let recipe = CaseRecipe(
            edges: [.block, .directCall],
            parameters: TypeMix.uniform(.i32).list(count: 30),
            results: TypeMix.uniform(.i32).list(count: 40),
            routing: .inOrder,
            seed: 3
        )
        let analysis = CrashAnalysis(engine: oracle, judge: Judge(oracle: oracle))
        let divergence = try #require(analysis.divergence(Case(recipe)))
        let finding = Finding(Case(recipe), engine: oracle.name, divergence: divergence)
        let record = try analysis.record(for: finding)
        let reduced = try #require(record.report.recipe)
        #expect(reduced.results.count == 11)
        #expect(reduced.parameters.isEmpty)
        #expect(reduced.edges.isEmpty)
        #expect(record.report.boundary == Boundary(variable: .results, lastGood: 10, firstBad: 11))
        #expect(!record.report.title.contains("did not happen again"))
        #expect(record.report.title.count < 200)
    }

    @Test func `an edge that the failure needs stays and the others go`() throws {
        let recipe = CaseRecipe(edges: [.block, .indirectCall, .if], parameters: [.i64], results: [.f64, .i32])
        let reduction = try reduce(recipe) { module, _ in !module.tables.isEmpty }
        #expect(
            reduction.recipe == CaseRecipe(edges: [.indirectCall], parameters: [], results: [], routing: .constants)
        )
    }

    @Test func `a choice that the failure needs becomes as small as it can be, and the others the smallest`() throws {
        var recipe = CaseRecipe(edges: [.loop, .tryBlock], parameters: [.i32], results: [.i32], constantsSeed: 77)
        recipe.condition = false
        recipe.iterations = 9
        recipe.catchKind = .allWithReference
        recipe.tailCallKind = .reference
        recipe.invocationCount = 2
        recipe.storesResults = true
        let reduction = try reduce(recipe) { module, invocations in
            guard case .i32(let iterations) = module.globals[0].initializer[0].immediate else { return false }
            return iterations >= 4 && invocations.count == 2
        }
        var expected = CaseRecipe(edges: [], parameters: [], results: [], routing: .constants)
        expected.iterations = 4
        expected.invocationCount = 2
        #expect(reduction.recipe == expected)
    }

    @Test func `a recipe that does not fail with the signature is not reduced`() throws {
        let reducer = Reducer { _ in CrashSignature(text: "another one") }
        let recipe = CaseRecipe(edges: [], parameters: [], results: [])
        let reduction = try reducer.reduce(Case(recipe), signature: signature)
        #expect(reduction == nil)
    }

    @Test func `the budget of evaluations is kept and the best case so far is returned`() throws {
        var count = 0
        let reducer = Reducer(budget: Reducer.Budget(evaluations: 3)) { _ in
            count += 1
            return signature
        }
        let recipe = CaseRecipe(edges: [.block, .loop], parameters: [.f64], results: [.f64], seed: 5)
        let reduction = try #require(try reducer.reduce(Case(recipe), signature: signature))
        #expect(count == 3)
        #expect(reduction.cost.evaluations == 3)
        #expect(!reduction.isMinimal)
        #expect(reduction.recipe?.edges == [])
    }

    @Test func `what is not as a boundary says is named, on both sides`() throws {
        let recipe = CaseRecipe(edges: [], parameters: [], results: TypeMix.uniform(.f64).list(count: 300))
        func boundary(_ fails: @escaping (Int) -> Bool) throws -> Boundary? {
            try BoundarySearch.search(Case(recipe), variable: .results) {
                fails($0.recipe?.results.count ?? 0) ? .fails : .passes
            }.boundary
        }
        let sharp = try #require(try boundary { $0 >= 254 })
        #expect(sharp.description == "253 results pass, 254 fail")
        // What fails by chance, with a number that has nothing to do with it.
        let blurred = try #require(try boundary { $0 >= 254 && $0 != 256 && $0 != 259 || $0 == 250 })
        #expect(blurred.exceptions == [250, 256, 259])
        #expect(blurred.description == "253 results pass, 254 fail, but 250 fails, and 256 and 259 pass")
        #expect(try JSONDecoder().decode(Boundary.self, from: JSONEncoder().encode(blurred)) == blurred)
        #expect(try JSONDecoder().decode(Boundary.self, from: JSONEncoder().encode(sharp)) == sharp)
    }

    @Test(arguments: [0, 1])
    func `what fails without values, or with one, has no boundary`(first: Int) throws {
        let recipe = CaseRecipe(edges: [], parameters: [], results: TypeMix.uniform(.f64).list(count: 300))
        let outcome = try BoundarySearch.search(Case(recipe), variable: .results) {
            ($0.recipe?.results.count ?? 0) >= first ? .fails : .passes
        }
        #expect(outcome == .failsAnyway)
    }

    @Test func `where the reduced module has fewer values than the recipe it has the boundary`() throws {
        // What it takes is five constants, whether they are results or not.
        let broken = FakeEngine(name: "fake:none") { module in
            module.functions.contains { $0.body.count { $0.opcode == .i32Const } >= 5 }
        }
        let analysis = CrashAnalysis(engine: broken, judge: Judge(oracle: FakeEngine(name: "oracle")))
        let recipe = CaseRecipe(
            edges: [],
            parameters: [],
            results: TypeMix.uniform(.i32).list(count: 30),
            routing: .constants
        )
        let divergence = try #require(analysis.divergence(Case(recipe)))
        let report = try analysis.record(for: Finding(Case(recipe), engine: broken.name, divergence: divergence)).report
        #expect(report.recipe?.results.count == 5)
        #expect(report.boundary == nil)
    }

    @Test func `an arity that cannot be compared does not pass`() throws {
        let recipe = CaseRecipe(edges: [], parameters: [], results: TypeMix.uniform(.f64).list(count: 300))
        let outcome = try BoundarySearch.search(Case(recipe), variable: .results) {
            ($0.recipe?.results.count ?? 0) >= 254 ? .fails : .unclear
        }
        #expect(outcome == .failsAnyway)
    }

    @Test func `the boundary of a recipe is exact`() throws {
        let recipe = CaseRecipe(edges: [], parameters: [], results: TypeMix.uniform(.f64).list(count: 600))
        let boundary = try BoundarySearch.search(Case(recipe), variable: .results) {
            ($0.recipe?.results.count ?? 0) >= 254 ? .fails : .passes
        }
        #expect(boundary == .found(Boundary(variable: .results, lastGood: 253, firstBad: 254)))
        let none = try BoundarySearch.search(Case(recipe), variable: .parameters, maximum: 90) {
            ($0.recipe?.parameters.count ?? 0) >= 91 ? .fails : .passes
        }
        #expect(none == .nothingFails)
    }
}
