import WasmGenerator

/// Takes a simpler routing: constants before parameters in order, reversed, at random, and arithmetic.
struct SimplifyRouting: ReductionPass {
    let name = "routing"
    let walk = ReductionWalk.tail
    private static let order: [RoutingPattern] = [.constants, .inOrder, .reversed, .random, .arithmetic]

    func listSizes(of recipe: CaseRecipe) -> [Int] { [Self.order.firstIndex(of: recipe.routing) ?? 0] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler.routing = Self.order[range.lowerBound]
        return simpler
    }
}
