import WasmModel

/// What is swept beside each edge by itself.
extension Profile {
    /// Some more values than there are registers for.
    private static let valuesOfCombinations = 17

    /// Recipes of edges whose conventions meet: each edge between a handler and what throws, and each tail call with a function of the host behind it.
    public func combinations(maximumArity: Int) -> [CaseRecipe] {
        guard maximumDepth > 2, programShare != 1 else { return [] }
        let count = min(Self.valuesOfCombinations, maximumArity, arityCap ?? maximumArity)
        let types: [ValueType] = [.i64, .i32, .i64, .f64]
        return edgesOfCombinations.enumerated().map { number, edges in
            var recipe = CaseRecipe(
                edges: edges,
                parameters: [ValueType](repeating: types[number % types.count], count: count),
                results: [.i64, .i32, .f64],
                routing: RoutingPattern.allCases[number % RoutingPattern.allCases.count],
                constantsSeed: UInt64(number)
            )
            Self.sweepChoices(of: &recipe, number, number / 2)
            if recipe.tailCallKind == .reference, !features.contains(.typedFunctionReferences) {
                recipe.tailCallKind = .direct
            }
            leaveOutExpressions(of: &recipe)
            return recipe
        }
    }

    private var edgesOfCombinations: [[Edge]] {
        var chosen: [[Edge]] = []
        let tails: [Edge] = [.tailCallGrow, .tailCallShrink, .tailCall, .tailCallRef]
        if edges.contains(.hostImport) { chosen += tails.filter(edges.contains).map { [$0, .hostImport] } }
        let between = edges.filter { ![.export, .hostImport, .throwOut].contains($0) && !$0.usesObjects }
        for handler in [Edge.tryBlock, .tryCall] where edges.contains(handler) && edges.contains(.throwOut) {
            chosen += between.map { [handler, $0, .throwOut] }
        }
        return chosen
    }

    /// Programs that have very many of one thing, where cases may be programs, and lists as long as the public limit.
    public func sizedSweep(maximumArity: Int) -> [SizedProgram] {
        let isLarge = greatestArity(upTo: maximumArity) >= ArityBoundary.usual
        return programShare != nil && isLarge ? SizedProgram.all(features) : []
    }
}
