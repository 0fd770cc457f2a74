import WasmGenerator

/// Finds the exact arity at which a failing recipe begins to fail.
public enum BoundarySearch {
    /// The boundary of a recipe in one of its lists, by bisection between a passing and the failing arity.
    ///
    /// The failure need not be monotonic: what is returned is a place where one arity passes and the next fails, both having been run.
    /// - Parameters:
    ///   - recipe: fails as it is, or at some greater arity up to `maximum`.
    ///   - maximum: the greatest arity that is tried.
    ///   - fails: runs a recipe, and says whether it fails in the way that is searched for.
    /// - Returns: nil where nothing fails up to the maximum.
    public static func search(
        _ recipe: CaseRecipe,
        variable: Boundary.Variable,
        maximum: Int = 10_000,
        fails: (CaseRecipe) throws -> Bool
    ) rethrows -> Boundary? {
        func scaled(_ arity: Int) -> CaseRecipe {
            switch variable {
            case .results: recipe.scaled(results: arity)
            case .parameters: recipe.scaled(parameters: arity)
            }
        }
        let current = variable == .results ? recipe.results.count : recipe.parameters.count
        var firstBad = current
        if try !fails(scaled(current)) {
            // Gallop upwards to a failing arity.
            var arity = max(1, current)
            while true {
                guard arity < maximum else { return nil }
                arity = min(arity * 2, maximum)
                if try fails(scaled(arity)) { break }
            }
            firstBad = arity
        }
        if firstBad == 0 { return Boundary(variable: variable, lastGood: nil, firstBad: 0) }
        guard try !fails(scaled(0)) else { return Boundary(variable: variable, lastGood: nil, firstBad: 0) }
        var lastGood = 0
        while firstBad - lastGood > 1 {
            let middle = lastGood + (firstBad - lastGood) / 2
            if try fails(scaled(middle)) { firstBad = middle } else { lastGood = middle }
        }
        return Boundary(variable: variable, lastGood: lastGood, firstBad: firstBad)
    }
}
