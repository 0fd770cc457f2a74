import Testing
import WasmGenerator

@testable import DecisionMutation

/// Changes of inputs as libFuzzer asks for them.
struct DecisionMutationTests {
    private static let greatestSize = 600
    private static let mutation = DecisionMutation(greatestSize: greatestSize, of: TracedPrograms.make)

    @Test func `any bytes are changed or left to libFuzzer, the same way each time, and never become too long`() {
        var random = SplitMix64(seed: 3)
        var pool = (0..<40).map { size in (0..<size * size).map { _ in UInt8.random(in: 0...255, using: &random) } }
        var changes = 0
        for seed in 0..<600 as Range<UInt64> {
            let index = Int.random(in: pool.indices, using: &random)
            let other = pool[Int.random(in: pool.indices, using: &random)]
            let changed = { () -> [UInt8]? in
                seed % 2 == 0
                    ? Self.mutation.mutated(pool[index], seed: seed)
                    : Self.mutation.crossed(pool[index], with: other, seed: seed)
            }
            guard let result = changed() else { continue }
            changes += 1
            #expect(result.count <= Self.greatestSize && !result.isEmpty && result != pool[index])
            if seed % 50 == 0 { #expect(changed() == result) }
            pool[index] = result
        }
        #expect(changes > 300, "\(changes) of 600")
    }

    @Test func `inputs without a part of the same name are not crossed`() {
        let program = TracedPrograms.inputs(1, arePrograms: true)[0]
        let recipe = TracedPrograms.inputs(1, arePrograms: false)[0]
        #expect(Self.mutation.crossed(program, with: recipe, seed: 1) == nil)
        #expect(Self.mutation.mutated([], seed: 1) != [])
    }
}
