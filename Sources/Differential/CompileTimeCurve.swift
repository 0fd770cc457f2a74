import Execution
import Foundation
import WasmGenerator

/// The processor time of an engine for one recipe at several arities, which should grow with the size of the module.
public struct CompileTimeCurve: Hashable, Sendable, CustomStringConvertible {
    /// One measurement.
    public struct Point: Hashable, Sendable {
        public var arity: Int
        /// Processor time, without what a case of the least arity takes.
        public var seconds: Double
    }

    /// What is measured, and from when on it counts.
    public struct Scale: Hashable, Sendable {
        /// Ascending.
        public var arities: [Int]
        /// What takes less at the greatest arity hurts nobody.
        public var leastSeconds: Double

        /// For engines that start for a case, up to the public limit.
        public static let engines = Scale(arities: [125, 250, 500, 1000], leastSeconds: 1.0)
        /// For compilers alone, which need fractions of a second for more than the public limit.
        public static let compilers = Scale(arities: [1000, 2000, 4000, 8000], leastSeconds: 0.05)

        /// A recipe at the greatest arity that is measured.
        public func largest(_ recipe: CaseRecipe) -> CaseRecipe {
            CompileTimeCurve.scaled(recipe, to: greatestArity)
        }

        /// The last of ``arities``.
        public var greatestArity: Int { arities[arities.count - 1] }
    }

    public let points: [Point]
    public let scale: Scale

    /// An exponent above this is growth that does not follow from the size of the module.
    public static let greatestExponent = 1.6

    /// Measures a recipe, the shorter of whose lists stays as it is unless both are long.
    /// - Returns: nil where the engine does not complete one of the cases within the budget.
    public init?(_ recipe: CaseRecipe, in engine: any MeasuredEngine, within budget: Budget) {
        self.init(recipe, .engines) { engine.processorSeconds($0, within: budget) }
    }

    /// Measures how long a compiler takes to make code of a recipe.
    /// - Returns: nil where the compiler refuses one of the modules.
    public init?(_ recipe: CaseRecipe, compiledBy engine: any CompilingEngine, within budget: Budget) {
        self.init(recipe, .compilers) { engine.cost(ofCompiling: $0.wasm, within: budget)?.seconds }
    }

    /// Measures two arities, each once; what the compiler refuses is missing.
    public static func glance(at recipe: CaseRecipe, compiledBy engine: any CompilingEngine, within budget: Budget)
        -> [Point]
    {
        let arities = Scale.compilers.arities
        return [arities[0], arities[2]].compactMap { arity in
            let wasm = Case(scaled(recipe, to: arity)).test.wasm
            return engine.cost(ofCompiling: wasm, within: budget).map { Point(arity: arity, seconds: $0.seconds) }
        }
    }

    /// Whether a measurement is worth its time: what a glance saw is far from a line.
    public static func mayBeSteep(_ points: [Point]) -> Bool {
        guard points.count > 1 else { return false }
        return exponent(from: points[0], to: points[points.count - 1]) > exponentOfDoubt
    }

    /// An exponent above this of one measurement is looked into.
    private static let exponentOfDoubt = 1.25

    private init?(_ recipe: CaseRecipe, _ scale: Scale, measuring measure: (TestCase) -> Double?) {
        func seconds(_ arity: Int) -> Double? {
            let test = Case(Self.scaled(recipe, to: arity)).test
            // The least of two, as a busy machine only ever adds.
            guard let first = measure(test), let second = measure(test) else { return nil }
            return min(first, second)
        }
        guard let least = seconds(1) else { return nil }
        var points: [Point] = []
        for arity in scale.arities {
            guard let time = seconds(arity) else { return nil }
            points.append(Point(arity: arity, seconds: max(time - least, 0)))
        }
        self.points = points
        self.scale = scale
    }

    static func scaled(_ recipe: CaseRecipe, to arity: Int) -> CaseRecipe {
        let long = max(recipe.parameters.count, recipe.results.count)
        func count(_ list: Int) -> Int { list * 4 >= long ? arity : min(list, arity) }
        return recipe.scaled(parameters: count(recipe.parameters.count), results: count(recipe.results.count))
    }

    /// By which power of the arity the time grows, from the second measurement to the last: the first is too short to be exact.
    public var exponent: Double {
        Self.exponent(from: points[1], to: points[points.count - 1])
    }

    private static func exponent(from first: Point, to last: Point) -> Double {
        guard first.seconds > 0, last.seconds > 0 else { return 0 }
        return log(last.seconds / first.seconds) / log(Double(last.arity) / Double(first.arity))
    }

    /// Whether the growth is a finding.
    public var isSteep: Bool {
        exponent > Self.greatestExponent && points[points.count - 1].seconds > scale.leastSeconds
    }

    /// The curve as a difference from what is expected; nil where it is not steep.
    public var divergence: Divergence? {
        guard isSteep else { return nil }
        return Divergence(
            observable: .compileTime,
            expected: "processor time that grows as the module does",
            observed: description
        )
    }

    /// `0.02 s at 125, 0.11 s at 250, …: grows as the arity to the power of 2.9`.
    public var description: String {
        let times = points.map { String(format: "%.3g s at %d", $0.seconds, $0.arity) }.joined(separator: ", ")
        return "\(times): grows as the arity to the power of \(String(format: "%.1f", exponent))"
    }
}
