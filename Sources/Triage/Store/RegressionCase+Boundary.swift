import Differential
import Execution
import WasmGenerator
import WasmModel

extension RegressionCase {
    /// The cases just below, at and just above a boundary, with the results in closed form, or the oracle's where there is none.
    public static func atBoundary(_ boundary: Boundary, of recipe: CaseRecipe, judge: Judge) -> [RegressionCase] {
        guard boundary.variable.isOfSignatures else { return [] }
        let arities = [boundary.firstBad - 1, boundary.firstBad, boundary.firstBad + 1].filter { $0 >= 0 }
        return arities.compactMap { arity in
            let scaled = recipe.scaled(boundary.variable, to: arity)
            let generated = scaled.generate()
            var expected = generated.expectedEndings.map(InvocationOutcome.init)
            if expected.isEmpty {
                guard case .completed(let observation) = judge.trial(of: Case(scaled)).expected else {
                    return nil
                }
                expected = observation.invocations
            }
            return RegressionCase(
                title: "\(arity) \(boundary.variable.rawValue)",
                module: generated.module,
                invocations: generated.invocations,
                expected: expected
            )
        }
    }
}
