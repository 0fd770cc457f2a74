import WasmGenerator

/// Takes edges away.
struct DropEdges: ReductionPass {
    let name = "edges"
    let walk = ReductionWalk.anywhere

    func listSizes(of recipe: CaseRecipe) -> [Int] { [recipe.effectiveEdges.count] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler.edges = recipe.effectiveEdges
        simpler.edges.removeSubrange(range)
        return simpler
    }
}
