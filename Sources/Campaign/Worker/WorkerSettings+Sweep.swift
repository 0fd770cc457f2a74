import Differential
import WasmGenerator

extension WorkerSettings {
    /// The same cases in the order in which they are among those of the random stream: what finds most comes first, for each edge one with a few
    /// more results, and one with a few more parameters, than a byte counts, and then the combinations of edges. The others come in an order in
    /// which the largest are met as soon as the smallest, and between them those with very many of one thing.
    func mixedSweep() -> [SweptCase] {
        let recipes = recipeSweep()
        let first = Self.telling(recipes)
        var isFirst = [Bool](repeating: false, count: recipes.count)
        for position in first { isFirst[position] = true }
        let rest = recipes.indices.filter { !isFirst[$0] }
        let others = combinations() + Self.spread(rest).map { recipes[$0] }
        return first.map { .recipe(recipes[$0]) }
            + Self.mixed(others.map { .recipe($0) }, with: sizedSweep())
    }

    /// So many other cases are between two with very many of one thing, which take long: fewer where it is the greatest number of it, by which
    /// most limits show.
    private static let (betweenGreatest, betweenSized) = (2, 8)

    /// Two lists in one, as far as there are cases of both.
    private static func mixed(_ cases: [SweptCase], with sized: [SizedProgram]) -> [SweptCase] {
        var mixed: [SweptCase] = []
        var next = 0
        var distance = 0
        for subject in cases {
            if distance == 0, next < sized.count {
                mixed.append(.sized(sized[next]))
                distance = sized[next].isGreatest ? betweenGreatest : betweenSized
                next += 1
            }
            mixed.append(subject)
            distance -= 1
        }
        return mixed + sized[next...].map { .sized($0) }
    }

    /// Those with very many of one thing, once for all profiles.
    private func sizedSweep() -> [SizedProgram] {
        adaptedProfiles.lazy.map { $0.sizedSweep(maximumArity: maximumArity) }.first { !$0.isEmpty } ?? []
    }

    private func combinations() -> [CaseRecipe] {
        adaptedProfiles.flatMap { $0.combinations(maximumArity: maximumArity) }
    }

    /// All cases of the sweep, of all workers: those with very many of one thing come last.
    func sweep() -> [SweptCase] {
        (recipeSweep() + combinations()).map { .recipe($0) } + sizedSweep().map { .sized($0) }
    }

    /// The case at a place in ``mixedSweep()``; nil behind the last.
    func subject(ofSweptCase index: Int) -> Case? {
        let cases = mixedSweep()
        return cases.indices.contains(index) ? cases[index].subject : nil
    }

    /// Beyond what a byte counts: of the mistakes of compilers that depend on a number, most are below.
    private static let tellingArity = 257

    /// The positions of those that find most: of each edge and kind of list the smallest beyond ``tellingArity``, or else the largest.
    private static func telling(_ recipes: [CaseRecipe]) -> [Int] {
        struct Kind: Hashable {
            var edges: [Edge]
            var isOfParameters: Bool
        }
        var chosen: [Kind: Int] = [:]
        var kinds: [Kind] = []
        for (position, recipe) in recipes.enumerated() {
            let kind = Kind(edges: recipe.edges, isOfParameters: recipe.parameters.count > recipe.results.count)
            guard let other = chosen[kind].map({ recipes[$0].greatestArity }) else {
                chosen[kind] = position
                kinds.append(kind)
                continue
            }
            let arity = recipe.greatestArity
            if arity >= tellingArity ? other < tellingArity || arity < other : other < tellingArity && arity > other {
                chosen[kind] = position
            }
        }
        return kinds.compactMap { chosen[$0] }
    }

    /// Some positions in an order in which those from all parts of a list come soon.
    private static func spread(_ positions: [Int]) -> [Int] {
        guard !positions.isEmpty else { return [] }
        // A step without a common divisor visits each once.
        var step = positions.count * 2 / 3 | 1
        while Int.greatestCommonDivisor(step, positions.count) != 1 { step += 2 }
        return positions.indices.map { positions[($0 * step + positions.count / 2) % positions.count] }
    }

    /// The recipes of the sweep: cheap ones first, and those beyond the usual arities between them, so that some are run even where there is no
    /// time for all.
    private func recipeSweep() -> [CaseRecipe] {
        let recipes = adaptedProfiles.flatMap { $0.sweep(maximumArity: maximumArity) }
            .enumerated()
            .sorted { left, right in
                let (leftSize, rightSize) = (left.element.totalArity, right.element.totalArity)
                return (leftSize, left.offset) < (rightSize, right.offset)
            }
            .map(\.element)
        // In any order, as the largest are to be met as soon as the smallest.
        var random = SplitMix64(seed: 0)
        let large = recipes.filter { $0.greatestArity > ArityBoundary.usual }.shuffled(using: &random)
        if large.isEmpty { return recipes }
        var sweep: [CaseRecipe] = []
        var next = 0
        let usual = recipes.filter { $0.greatestArity <= ArityBoundary.usual }
        for (position, recipe) in usual.enumerated() {
            sweep.append(recipe)
            while next < large.count, (position + 1) * large.count > (next + 1) * usual.count / 2 {
                sweep.append(large[next])
                next += 1
            }
        }
        return sweep + large[next...]
    }
}

extension CaseRecipe {
    fileprivate var totalArity: Int { parameters.count + results.count }
    fileprivate var greatestArity: Int { max(parameters.count, results.count) }
}
