import Execution
import WasmGenerator

/// How what an engine needs for a recipe grows with the arity.
public struct Growth: Sendable {
    /// What grows faster than the module does; nil where nothing does.
    public let divergence: Divergence?
    /// The figures.
    public let description: String
    /// How long the compilations took that were measured, whether for their time or for what they made.
    public let times: [CompileTimeCurve.Point]

    /// Measures again what was found, with ten times the time and memory: each case is much larger than most, and the build may be a slower one.
    public init?(
        _ observable: Observable,
        of recipe: CaseRecipe,
        in engine: any Engine,
        confirmingWithin budget: Budget
    ) {
        self.init(observable, of: recipe, in: engine, within: budget.extended(by: Budget.confirmationFactor))
    }

    /// Measures it.
    /// - Parameter observable: ``Observable/compileTime`` or ``Observable/codeSize``.
    /// - Returns: nil where the engine cannot be measured, or does not complete one of the cases.
    public init?(_ observable: Observable, of recipe: CaseRecipe, in engine: any Engine, within budget: Budget) {
        switch (observable, engine) {
        case (.compileTime, let engine as any MeasuredEngine):
            guard let curve = CompileTimeCurve(recipe, in: engine, within: budget) else { return nil }
            (divergence, description) = (curve.divergence, curve.description)
            times = curve.points
        case (.compileTime, let engine as any CompilingEngine):
            guard let curve = CompileTimeCurve(recipe, compiledBy: engine, within: budget) else { return nil }
            (divergence, description) = (curve.divergence, curve.description)
            times = curve.points
        case (.codeSize, let engine as any CompilingEngine):
            guard let curve = CodeSizeCurve(recipe, in: engine, within: budget) else { return nil }
            (divergence, description) = (curve.divergence, curve.description)
            times = curve.points.map { CompileTimeCurve.Point(arity: $0.arity, seconds: $0.cost.seconds) }
        default: return nil
        }
    }
}

extension Observable {
    /// Whether it is no difference of one case, but of how an engine does with several.
    public var isGrowth: Bool { self == .compileTime || self == .codeSize }
}
