import Testing
import WasmFormats
import WasmModel

@testable import WasmGenerator

@Suite struct ModuleGeneratorTests {
    @Test func `every case of the sweep is valid`() throws {
        for recipe in Profile.all[0].sweep(maximumArity: 140) {
            let generated = recipe.generate()
            do {
                _ = try Validator.validate(generated.module)
            } catch {
                Issue.record("\(error), for the recipe \(recipe.summary)")
            }
        }
    }

    @Test func `random decisions make valid modules, whatever the bytes are`() throws {
        for seed in 0..<400 as Range<UInt64> {
            var decisions = DecisionSource(seed: seed)
            let recipe = Profile.all[0].recipe(from: &decisions, maximumArity: 120)
            let generated = recipe.generate()
            do {
                _ = try Validator.validate(generated.module)
            } catch {
                Issue.record("\(error), for seed \(seed): \(recipe.summary)")
            }
        }
    }

    @Test func `no bytes at all make the smallest case`() {
        var decisions = DecisionSource([])
        let recipe = Profile.all[0].recipe(from: &decisions, maximumArity: 1000)
        #expect(recipe == CaseRecipe(edges: [], parameters: [], results: []))
    }

    @Test func `scaling a recipe repeats its pattern of types`() {
        let recipe = CaseRecipe(edges: [.export], parameters: [], results: [.i32, .f64])
        #expect(recipe.scaled(parameters: 2, results: 5).results == [.i32, .f64, .i32, .f64, .i32])
        #expect(recipe.scaled(parameters: 2).parameters == [.i32, .i32])
        #expect(recipe.scaled(results: 1).results == [.i32])
    }

    @Test func `tagged arguments of one list all differ`() {
        for type in [.i64, .f32, .f64, .i32] as [ValueType] {
            let values = (0..<10_000).map { TaggedValue.argument($0, type, seed: 3) }
            #expect(Set(values).count == 10_000)
        }
    }

    @Test func `type lists are read as they are written`() throws {
        for text in ["", "i32", "300*i32", "9*f32,v128,2*i64", "funcref"] {
            #expect(TypeList.text(try TypeList.types(text)) == text)
        }
        #expect(throws: TypeList.Malformed(item: "9*", position: 1)) { try TypeList.types("i32,9*") }
    }
}
