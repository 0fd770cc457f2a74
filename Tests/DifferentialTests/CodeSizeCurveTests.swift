import Execution
import Foundation
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Differential

/// Curves of compilers whose code is a function of the arity.
struct CodeSizeCurveTests {
    /// Makes code of the size that functions of the greatest arity of a module's types say.
    private struct SizedEngine: CompilingEngine {
        let name: EngineName = "sized"
        var bytes: @Sendable (Double) -> Double?
        var frameBytes: @Sendable (Double) -> Double = { 16 * $0 }

        func run(_ test: TestCase, within budget: Budget) -> Outcome { .completed(Observation()) }

        func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
            guard let module = try? BinaryDecoder.decode(wasm) else { return nil }
            let arities = module.types.compactMap(\.functionType).map { max($0.parameters.count, $0.results.count) }
            let arity = Double(arities.max() ?? 0)
            return bytes(arity).map { CompilationCost(bytes: Int($0), frameBytes: Int(frameBytes(arity)), seconds: 0) }
        }
    }

    private static func recipe(_ edge: Edge, parameters: Int = 1, results: Int = 40) -> CaseRecipe {
        CaseRecipe(
            edges: [edge],
            parameters: [ValueType](repeating: .i64, count: parameters),
            results: (0..<results).map { [ValueType.i32, .f64][$0 % 2] },
            routing: .inOrder,
            constantsSeed: 1
        )
    }

    private func divergence(_ engine: SizedEngine) -> Divergence? {
        CodeSizeCurve(Self.recipe(.export), in: engine, within: Budget())?.divergence
    }

    @Test func `code that grows as the module does is no finding, nor is a little more`() {
        #expect(divergence(SizedEngine { 500 + 40 * $0 }) == nil)
        #expect(divergence(SizedEngine { 10 * $0 * log2($0 + 1) }) == nil)
        #expect(divergence(SizedEngine { _ in 900 }) == nil)
    }

    @Test func `instructions that become longer where an offset does are no finding`() {
        for boundary in [128.0, 300, 512, 1024] {
            #expect(
                divergence(SizedEngine { 8 * min($0, boundary) + 24 * max($0 - boundary, 0) }) == nil,
                "\(boundary)"
            )
        }
    }

    @Test func `code that grows as the square of the arity is a finding, with the figures`() throws {
        let found = try #require(divergence(SizedEngine { 100 + 20 * $0 + $0 * $0 / 10 }))
        #expect(found.observable == .codeSize)
        #expect(
            found.observed == "code: 4162 bytes at 125, 11350 bytes at 250, 35100 bytes at 500, "
                + "120100 bytes at 1000, 440100 bytes at 2000"
        )
    }

    @Test func `frames that grow as the square of the arity are a finding`() throws {
        let found = try #require(divergence(SizedEngine(bytes: { 40 * $0 }, frameBytes: { $0 * $0 })))
        #expect(found.expected == "the largest frame that grows as the module does")
    }

    @Test func `a compiler that refuses one of the modules has no curve`() {
        #expect(CodeSizeCurve(Self.recipe(.export), in: SizedEngine { $0 > 1500 ? nil : $0 }, within: Budget()) == nil)
    }

    @Test(arguments: [Edge.export, .directCall, .loop, .tryCall])
    func `the code of the compilers in the tree grows as the module does`(edge: Edge) throws {
        for engine in TestedEngines.oneCompilerPerTarget {
            let measured = try #require(engine as? any CompilingEngine)
            let curve = try #require(CodeSizeCurve(Self.recipe(edge, parameters: 40), in: measured, within: Budget()))
            #expect(curve.divergence == nil, "\(engine.name): \(curve)")
        }
    }
}
