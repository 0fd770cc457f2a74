import Engines
import WasmGenerator
import WasmModel

extension RegressionCase {
    /// The cases just below, at and just above a boundary, with the results in closed form.
    public static func atBoundary(_ boundary: Boundary, of recipe: CaseRecipe) -> [RegressionCase] {
        let arities = [boundary.firstBad - 1, boundary.firstBad, boundary.firstBad + 1].filter { $0 >= 0 }
        return arities.map { arity in
            let scaled: CaseRecipe
            switch boundary.variable {
            case .results: scaled = recipe.scaled(results: arity)
            case .parameters: scaled = recipe.scaled(parameters: arity)
            }
            let generated = scaled.generate()
            return RegressionCase(
                title: "\(arity) \(boundary.variable.rawValue)",
                module: generated.module,
                invocations: generated.invocations,
                expected: generated.expectedResults.map { .returned($0) }
            )
        }
    }
}
