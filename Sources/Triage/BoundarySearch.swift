import Differential
import WasmGenerator

/// Finds the exact arity at which a failing case begins to fail.
public enum BoundarySearch {
    /// The boundary of a case in one of its lists, by bisection between a passing and the failing arity, with what around it is not as it says.
    ///
    /// The failure need not be monotonic: what is returned is a place where one arity passes and the next fails, both having been run, and without
    /// the exceptions it is a coincidence as well as a boundary. A case of a recipe is scaled; of any other one the signatures are cut.
    /// - Parameters:
    ///   - subject: fails as it is, or, where it has a recipe, at some greater arity up to `maximum`.
    ///   - maximum: the greatest arity that is tried; nil for that of the case, beyond which then only exceptions are looked for.
    ///   - found: called when the two arities are known, before those around them are tried.
    ///   - fails: runs a case, and says whether it fails in the way that is searched for.
    /// - Returns: nil where nothing fails up to the maximum.
    public static func search(
        _ subject: Case,
        variable: Boundary.Variable,
        maximum: Int? = greatestArity,
        found: () -> Void = {},
        fails: (Case) throws -> Bool
    ) throws -> Boundary? {
        guard var boundary = try flip(subject, variable, maximum, fails) else { return nil }
        found()
        boundary.exceptions = try exceptions(to: boundary, of: subject, maximum ?? greatestArity, fails)
        return boundary
    }

    /// The greatest arity that is tried where none is named.
    public static let greatestArity = 10_000

    private static func flip(
        _ subject: Case,
        _ variable: Boundary.Variable,
        _ maximum: Int?,
        _ fails: (Case) throws -> Bool
    ) throws -> Boundary? {
        guard let recipe = subject.recipe else {
            return try ArityLimit.search(subject.test, variable: variable) { try fails(Case($0)) }
        }
        let current = variable == .results ? recipe.results.count : recipe.parameters.count
        return try search(variable, from: current, maximum: maximum ?? current) { arity in
            try fails(Case(recipe.scaled(variable, to: arity)))
        }
    }

    /// The arities on both sides that are not as a boundary says; those above it only of a case of a recipe, which can be made longer.
    private static func exceptions(
        to boundary: Boundary,
        of subject: Case,
        _ maximum: Int,
        _ fails: (Case) throws -> Bool
    ) throws -> [Int] {
        let below = boundary.lastGood.map { last in distances.map { last - $0 }.filter { $0 >= 0 } } ?? []
        let above = distances.map { boundary.firstBad + $0 }.filter { $0 <= maximum }
        let decoded = subject.recipe == nil ? try? DecodedCase(subject.test) : nil
        func candidate(_ arity: Int) -> Case? {
            if let recipe = subject.recipe { return Case(recipe.scaled(boundary.variable, to: arity)) }
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

extension CaseRecipe {
    /// The same case with one of its lists of another length; recipes have those of signatures alone.
    func scaled(_ variable: Boundary.Variable, to arity: Int) -> CaseRecipe {
        switch variable {
        case .results: scaled(results: arity)
        case .parameters: scaled(parameters: arity)
        case .locals, .labels, .handlers: self
        }
    }
}
