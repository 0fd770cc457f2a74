import Execution
import Foundation
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Differential

/// Cases that were transformed, and oracles that do the same with them, or not.
struct TransformedCaseTests {
    private static let recipe = CaseRecipe(
        edges: [.directCall],
        parameters: [.i32, .i64],
        results: [.i64, .i32, .f64],
        routing: .reversed,
        constantsSeed: 1
    )

    private static func transformed(_ seed: UInt64) throws -> Case {
        var decisions = SplitMix64(seed: seed)
        return try #require(Case(recipe).transformed(by: &decisions))
    }

    /// An oracle that goes wrong where a module has more functions than the recipe's: its answer depends on the shape.
    private struct ShapeDependentOracle: Oracle {
        let name: EngineName = "interpreter"
        let functionCount: Int

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            let outcome = TestedEngines.oracle.run(test, within: budget)
            guard let module = try? BinaryDecoder.decode(test.wasm), module.functions.count > functionCount,
                case .completed(var observation) = outcome
            else { return outcome }
            observation.invocations = observation.invocations.map { ending in
                guard case .returned(var values) = ending, !values.isEmpty else { return ending }
                values[values.count - 1] = .f64(1)
                return .returned(values)
            }
            return .completed(observation)
        }

        func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
    }

    @Test func `the interpreter does the same with what a case was transformed to, and so do compilers`() throws {
        let judge = Judge(oracle: TestedEngines.oracle)
        for seed in UInt64(0)..<12 {
            let judgement = judge.judge(try Self.transformed(seed), in: TestedEngines.oneCompilerPerTarget)
            for entry in judgement.entries { #expect(entry.verdict == .agreement, "\(entry.engine), seed \(seed)") }
        }
    }

    @Test
    func `an oracle whose answer depends on the shape of a module contradicts itself, and the verdict says after what`()
        throws
    {
        let count = try BinaryDecoder.decode(Case(Self.recipe).test.wasm).functions.count
        let judge = Judge(oracle: ShapeDependentOracle(functionCount: count), confirmationFactor: nil)
        #expect(judge.trial(of: Case(Self.recipe)).verdictOnOracle == .agreement)
        var contradictions = 0
        for seed in UInt64(0)..<30 {
            let subject = try Self.transformed(seed)
            let hasMore = try BinaryDecoder.decode(subject.test.wasm).functions.count > count
            let divergence = judge.trial(of: subject).verdictOnOracle.divergence
            #expect((divergence != nil) == hasMore, "seed \(seed)")
            guard let divergence else { continue }
            contradictions += 1
            #expect(divergence.observable == .result(invocation: 0, index: 2))
            #expect(divergence.pattern == "after \(try #require(subject.origin).account)")
        }
        #expect(contradictions > 5)
    }

    @Test func `a case keeps what it was transformed from when it is stored`() throws {
        let subject = try Self.transformed(3)
        let stored = try JSONDecoder().decode(Case.self, from: try JSONEncoder().encode(subject))
        #expect(stored == subject)
        #expect(stored.original == Case(Self.recipe))
        #expect(stored.summary.contains(" after "))
        let origin = try #require(subject.origin)
        #expect(Case(origin.test, repeating: origin.steps)?.test == subject.test)
    }

    @Test func `a transformed case is not transformed again`() throws {
        var decisions = SplitMix64(seed: 1)
        #expect(try Self.transformed(1).transformed(by: &decisions) == nil)
    }
}
