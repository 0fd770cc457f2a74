import Execution
import Foundation
import Synchronization
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Differential

/// Curves of engines whose time is a function of the arity.
struct CompileTimeCurveTests {
    /// Takes so much processor time as a function of the greatest arity of a module's types says.
    private struct TimedEngine: MeasuredEngine {
        let name: EngineName = "timed"
        var seconds: @Sendable (Double) -> Double?

        func run(_ test: TestCase, within budget: Budget) -> Outcome { .completed(Observation()) }

        func processorSeconds(_ test: TestCase, within budget: Budget) -> Double? {
            guard let module = try? BinaryDecoder.decode(test.wasm) else { return nil }
            let arities = module.types.compactMap(\.functionType).map { max($0.parameters.count, $0.results.count) }
            return seconds(Double(arities.max() ?? 0))
        }
    }

    private let recipe = CaseRecipe(
        edges: [.export],
        parameters: [.i32],
        results: [ValueType](repeating: .i32, count: 40),
        routing: .inOrder,
        constantsSeed: 1
    )

    private func curve(_ seconds: @escaping @Sendable (Double) -> Double?) -> CompileTimeCurve? {
        CompileTimeCurve(recipe, in: TimedEngine(seconds: seconds), within: Budget())
    }

    @Test func `time that grows as the module does is no finding, however long it is`() throws {
        let curve = try #require(self.curve { 0.05 + $0 / 100 })
        #expect(abs(curve.exponent - 1) < 0.05)
        #expect(curve.points[3].seconds > CompileTimeCurve.Scale.engines.leastSeconds)
        #expect(!curve.isSteep && curve.divergence == nil)
    }

    @Test func `a little more than linear is no finding either`() throws {
        let curve = try #require(self.curve { $0 * log2($0 + 1) / 1000 })
        #expect(curve.exponent > 1 && !curve.isSteep)
    }

    @Test func `the square and the cube are findings, with the figures`() throws {
        let square = try #require(curve { 0.2 + $0 * $0 / 500_000 })
        #expect(square.isSteep && abs(square.exponent - 2) < 0.05)
        let cube = try #require(curve { 0.2 + $0 * $0 * $0 / 100_000_000 })
        #expect(cube.isSteep && abs(cube.exponent - 3) < 0.05)
        let divergence = try #require(cube.divergence)
        #expect(divergence.observable == .compileTime)
        #expect(divergence.observed.contains(" s at 125, "), "\(divergence.observed)")
        #expect(divergence.observed.contains("power of 3.0"), "\(divergence.observed)")
    }

    @Test func `what is steep and soon over hurts nobody`() throws {
        let curve = try #require(self.curve { $0 * $0 / 10_000_000 })
        #expect(abs(curve.exponent - 2) < 0.05 && !curve.isSteep)
    }

    @Test func `an engine that takes long for everything is not steep`() throws {
        let curve = try #require(self.curve { _ in 30 })
        #expect(curve.exponent == 0 && !curve.isSteep)
        #expect(curve.points.allSatisfy { $0.seconds == 0 })
    }

    @Test func `one measurement in two that a busy machine makes longer changes nothing`() throws {
        let count = Mutex(0)
        let curve = try #require(
            self.curve { arity in
                let isDisturbed = count.withLock { count in
                    count += 1
                    return count % 2 == 0
                }
                return arity / 500 + (isDisturbed ? 40 : 0)
            }
        )
        #expect(abs(curve.exponent - 1) < 0.05 && !curve.isSteep)
    }

    @Test func `an engine that does not complete a case has no curve`() {
        #expect(curve { $0 > 300 ? nil : $0 } == nil)
        #expect(curve { $0 <= 1 ? nil : $0 } == nil)
    }

    @Test func `the longer list is scaled, the other where it is long, too`() {
        func scaled(_ parameters: Int, _ results: Int) -> (Int, Int) {
            var recipe = recipe
            recipe.parameters = [ValueType](repeating: .i64, count: parameters)
            recipe.results = [ValueType](repeating: .i32, count: results)
            let large = CompileTimeCurve.scaled(recipe, to: 500)
            return (large.parameters.count, large.results.count)
        }
        #expect(scaled(1, 40) == (1, 500))
        #expect(scaled(40, 1) == (500, 1))
        #expect(scaled(40, 30) == (500, 500))
        #expect(CompileTimeCurve.Scale.engines.largest(recipe).results.count == 1000)
    }
}
