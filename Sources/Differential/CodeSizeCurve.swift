import Execution
import WasmGenerator

/// The size of the code and of the largest frame that a compiler makes of one recipe at several arities, which should grow as the module does.
///
/// Code is the same each time, so that a curve is exact, unlike a ``CompileTimeCurve``.
public struct CodeSizeCurve: Hashable, Sendable, CustomStringConvertible {
    /// One measurement.
    public struct Point: Hashable, Sendable {
        public var arity: Int
        /// The size of the module, in bytes.
        public var module: Int
        public var cost: CompilationCost
    }

    public let points: [Point]

    /// Each is twice the one before, so that quadratic growth doubles what a byte of the module costs from one to the next.
    public static let arities = [125, 250, 500, 1000, 2000]
    /// By which factor the cost of a byte may grow from each doubling of the arity to the next. Where offsets outgrow the short form of an
    /// instruction the cost grows once, and not at every doubling.
    public static let greatestFactor = 1.25

    /// Measures a recipe, the shorter of whose lists stays as it is unless both are long.
    /// - Returns: nil where the engine refuses one of the modules.
    public init?(_ recipe: CaseRecipe, in engine: any CompilingEngine, within budget: Budget) {
        var points: [Point] = []
        for arity in Self.arities {
            let wasm = Case(CompileTimeCurve.scaled(recipe, to: arity)).test.wasm
            guard let cost = engine.cost(ofCompiling: wasm, within: budget) else { return nil }
            points.append(Point(arity: arity, module: wasm.count, cost: cost))
        }
        self.points = points
    }

    /// The recipe at the greatest arity that is measured.
    public static func largest(_ recipe: CaseRecipe) -> CaseRecipe {
        CompileTimeCurve.scaled(recipe, to: greatestArity)
    }

    /// The last of ``arities``.
    public static var greatestArity: Int { arities[arities.count - 1] }

    /// The least factor by which what a byte of the module costs grows from one doubling of the arity to the next; zero where it costs nothing.
    private func leastFactor(_ size: (CompilationCost) -> Int) -> Double {
        let costs = zip(points, points.dropFirst()).map { smaller, larger in
            Double(size(larger.cost) - size(smaller.cost)) / Double(max(larger.module - smaller.module, 1))
        }
        return zip(costs, costs.dropFirst()).map { $0 > 0 ? $1 / $0 : 0 }.min() ?? 0
    }

    /// What grows faster than the module; nil where nothing does.
    private var steepPart: (name: String, size: (CompilationCost) -> Int)? {
        let parts: [(String, (CompilationCost) -> Int)] = [("code", \.bytes), ("the largest frame", \.frameBytes)]
        return parts.first { leastFactor($0.1) > Self.greatestFactor }
    }

    /// The curve as a difference from what is expected; nil where nothing grows faster than the module.
    public var divergence: Divergence? {
        guard let part = steepPart else { return nil }
        let sizes = points.map { "\(part.size($0.cost)) bytes at \($0.arity)" }.joined(separator: ", ")
        return Divergence(
            observable: .codeSize,
            expected: "\(part.name) that grows as the module does",
            observed: "\(part.name): \(sizes)"
        )
    }

    /// `26000 bytes of code and a frame of 8000 at 125, …`.
    public var description: String {
        points.map { "\($0.cost.bytes) bytes of code and a frame of \($0.cost.frameBytes) at \($0.arity)" }
            .joined(separator: ", ")
    }
}
