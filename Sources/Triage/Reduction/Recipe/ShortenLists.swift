import WasmGenerator

/// Shortens the lists of results and parameters at their ends, by bisection to the exact length.
struct ShortenLists: ReductionPass {
    let name = "arity"
    let walk = ReductionWalk.tail

    func listSizes(of recipe: CaseRecipe) -> [Int] { CaseRecipe.lists.map { recipe[keyPath: $0].count } }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler[keyPath: CaseRecipe.lists[list]].removeSubrange(range)
        return simpler
    }
}
