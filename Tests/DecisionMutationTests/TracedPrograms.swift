import WasmGenerator
import WasmModel

@testable import DecisionMutation

/// Inputs that decide cases of the profile `everything`.
enum TracedPrograms {
    static func make(_ decisions: inout DecisionSource) { _ = decided(by: &decisions) }

    private static func decided(by decisions: inout DecisionSource) -> DecidedCase {
        Profile.all[0].decidedCase(from: &decisions, maximumArity: 300)
    }

    static func decided(by input: [UInt8]) -> DecidedCase {
        var decisions = DecisionSource(input)
        return decided(by: &decisions)
    }

    static func recipe(of input: [UInt8]) -> CaseRecipe? {
        if case .recipe(let recipe) = decided(by: input) { recipe } else { nil }
    }

    static func module(of input: [UInt8]) -> Module? {
        if case .program(let program) = decided(by: input) { program.module } else { nil }
    }

    static func trace(_ input: [UInt8]) -> DecisionTrace { DecisionTrace(of: input, make) }

    static func edit(_ trace: DecisionTrace, seed: UInt64) -> DecisionEdit { DecisionEdit(trace, seed, make) }

    /// Inputs of random bytes, as many as wanted of which the first decides for a program or a recipe.
    static func inputs(_ count: Int, arePrograms: Bool, size: Int = 24) -> [[UInt8]] {
        var random = SplitMix64(seed: 7)
        return (0..<count).map { _ in
            // One case in four is a program.
            [arePrograms ? 3 : 0] + (1..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
        }
    }

    /// The bytes of the spans of a name that are in no other one of it.
    static func parts(_ trace: DecisionTrace, named name: DecisionSpan.Name) -> [[UInt8]] {
        trace.spans.filter { $0.name == name }.map { Array(trace.bytes[$0.range]) }
    }
}
