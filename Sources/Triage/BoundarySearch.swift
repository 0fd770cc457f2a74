import Differential
import WasmGenerator

/// Finds the exact arity at which a failing case begins to fail.
public enum BoundarySearch {
    /// The boundary of a case in one of its lists, by bisection between a passing and the failing arity.
    ///
    /// The failure need not be monotonic: what is returned is a place where one arity passes and the next fails, both having been run. A case
    /// of a recipe is scaled; of any other one the signatures are cut.
    /// - Parameters:
    ///   - subject: fails as it is, or, where it has a recipe, at some greater arity up to `maximum`.
    ///   - maximum: the greatest arity that is tried; nil for that of the case.
    ///   - fails: runs a case, and says whether it fails in the way that is searched for.
    /// - Returns: nil where nothing fails up to the maximum.
    public static func search(
        _ subject: Case,
        variable: Boundary.Variable,
        maximum: Int? = 10_000,
        fails: (Case) throws -> Bool
    ) throws -> Boundary? {
        guard let recipe = subject.recipe else {
            return try ArityLimit.search(subject.test, variable: variable) { try fails(Case($0)) }
        }
        let current = variable == .results ? recipe.results.count : recipe.parameters.count
        return try search(variable, from: current, maximum: maximum ?? current) { arity in
            switch variable {
            case .results: try fails(Case(recipe.scaled(results: arity)))
            case .parameters: try fails(Case(recipe.scaled(parameters: arity)))
            }
        }
    }

    /// The arities around a boundary that are not as it says, of some on both sides; those above it only of a case of a recipe, which can be
    /// made longer.
    ///
    /// Without them one flip is a coincidence as well as a boundary.
    /// - Parameters:
    ///   - maximum: the greatest arity that is tried.
    ///   - fails: as in ``search(_:variable:maximum:fails:)``.
    public static func exceptions(
        to boundary: Boundary,
        of subject: Case,
        maximum: Int = 10_000,
        fails: (Case) throws -> Bool
    ) throws -> [Int] {
        let below = boundary.lastGood.map { last in distances.map { last - $0 }.filter { $0 >= 0 } } ?? []
        let above = distances.map { boundary.firstBad + $0 }.filter { $0 <= maximum }
        let decoded = subject.recipe == nil ? try? DecodedCase(subject.test) : nil
        func candidate(_ arity: Int) -> Case? {
            if let recipe = subject.recipe {
                return switch boundary.variable {
                case .results: Case(recipe.scaled(results: arity))
                case .parameters: Case(recipe.scaled(parameters: arity))
                }
            }
            guard let decoded, arity <= ArityLimit.arity(of: decoded, boundary.variable) else { return nil }
            return ArityLimit.truncated(decoded, boundary.variable, to: arity).map { Case($0.testCase) }
        }
        return try (below.reversed() + above).filter { arity in
            guard let candidate = candidate(arity) else { return false }
            return try fails(candidate) != (arity > boundary.firstBad)
        }
    }

    /// How far from a boundary arities are tried.
    private static let distances = [1, 2, 3, 5, 8, 13, 21, 34, 55]

    /// The boundary of anything that has an arity.
    /// - Parameters:
    ///   - current: the arity that is tried first; greater ones up to `maximum` only where it does not fail.
    ///   - fails: whether the case of an arity fails in the way that is searched for.
    /// - Returns: nil where nothing fails up to the maximum.
    static func search(
        _ variable: Boundary.Variable,
        from current: Int,
        maximum: Int,
        fails: (Int) throws -> Bool
    ) rethrows -> Boundary? {
        var firstBad = current
        if try !fails(current) {
            // Gallop upwards to a failing arity.
            var arity = max(1, current)
            while true {
                guard arity < maximum else { return nil }
                arity = min(arity * 2, maximum)
                if try fails(arity) { break }
            }
            firstBad = arity
        }
        if firstBad == 0 { return Boundary(variable: variable, lastGood: nil, firstBad: 0) }
        guard try !fails(0) else { return Boundary(variable: variable, lastGood: nil, firstBad: 0) }
        var lastGood = 0
        while firstBad - lastGood > 1 {
            let middle = lastGood + (firstBad - lastGood) / 2
            if try fails(middle) { firstBad = middle } else { lastGood = middle }
        }
        return Boundary(variable: variable, lastGood: lastGood, firstBad: firstBad)
    }
}
