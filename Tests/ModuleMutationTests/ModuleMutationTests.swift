import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import ModuleMutation

struct ModuleMutationTests {
    /// Modules of several origins: recipes, programs, and some by hand.
    private static func module(_ seed: UInt64) throws -> Module {
        let hand = [
            "(module (func (export \"f\") (param i32) (result i32) local.get 0 i32.const 5 i32.add))",
            """
            (module (memory 1) (func $g (param i64 f32) (result f32 i64) local.get 1 local.get 0)
              (func (export "f") (result f32 i64) i64.const 1 f32.const 2 call $g))
            """,
            """
            (module (import "e" "h" (func $h (param i32) (result i32))) (table 2 funcref) (elem (i32.const 0) $k $k)
              (func $k (export "k") (param i32) (result i32) local.get 0 call $h)
              (func (export "f") (result i32) i32.const 3 i32.const 1 call_indirect (param i32) (result i32)))
            """,
        ]
        if seed < UInt64(hand.count) {
            return try BinaryDecoder.decode(BinaryEncoder.encode(try TextParser.module(hand[Int(seed)])))
        }
        var decisions = DecisionSource(seed: seed)
        switch Profile.all[0].decidedCase(from: &decisions, maximumArity: 12) {
        case .recipe(let recipe): return recipe.generate().module
        case .program(let program): return program.module
        }
    }

    @Test func `a changed module is valid, and differs from what it was made from`() throws {
        var changed = 0
        for seed in 0..<400 as Range<UInt64> {
            let module = try Self.module(seed % 60)
            var random = SplitMix64(seed: seed)
            guard let mutated = ModuleMutation.mutated(module, by: &random, maximumArity: 60) else { continue }
            changed += 1
            let before = BinaryEncoder.encode(module)
            let after = BinaryEncoder.encode(mutated)
            #expect(before != after, "seed \(seed)")
            #expect(throws: Never.self, "seed \(seed)") { try Validator.validate(try BinaryDecoder.decode(after)) }
        }
        #expect(changed > 300, "\(changed) of 400 were changed")
    }

    @Test func `the same seed makes the same change, and others make others`() throws {
        let module = try Self.module(1)
        func mutated(_ seed: UInt64) -> [UInt8]? {
            var random = SplitMix64(seed: seed)
            return ModuleMutation.mutated(module, by: &random, maximumArity: 60).map(BinaryEncoder.encode)
        }
        for seed in 0..<50 as Range<UInt64> { #expect(mutated(seed) == mutated(seed), "seed \(seed)") }
        #expect(Set((0..<100).compactMap(mutated)).count > 50)
    }

    @Test func `a change stays within the features`() throws {
        let features = FeatureSet.wasm2.subtracting(.simd)
        var changed = 0
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            guard
                let mutated = ModuleMutation.mutated(
                    try Self.module(seed % 3),
                    by: &random,
                    features: features,
                    maximumArity: 60
                )
            else { continue }
            changed += 1
            #expect(throws: Never.self, "seed \(seed)") { try Validator.validate(mutated, features: features) }
        }
        #expect(changed > 100, "\(changed)")
    }

    @Test func `lists become as long as the greatest arity, and no longer`() throws {
        var greatest = 0
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let mutated = ModuleMutation.mutated(try Self.module(0), by: &random, maximumArity: 300)
            for type in mutated?.types.compactMap(\.functionType) ?? [] {
                greatest = max(greatest, type.parameters.count, type.results.count)
            }
        }
        #expect((200...300).contains(greatest), "\(greatest)")
    }

    @Test func `a module without functions is left alone`() throws {
        var random = SplitMix64(seed: 1)
        #expect(ModuleMutation.mutated(Module(), by: &random) == nil)
        let imports = try TextParser.module("(module (import \"e\" \"f\" (func)) (memory 1))")
        #expect(ModuleMutation.mutated(imports, by: &random) == nil)
    }
}
