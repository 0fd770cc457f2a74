import WasmGenerator

/// Takes results and parameters out of the middle of their lists.
struct DropFromLists: ReductionPass {
    let name = "positions"
    let walk = ReductionWalk.anywhere

    func listSizes(of recipe: CaseRecipe) -> [Int] { CaseRecipe.lists.map { recipe[keyPath: $0].count } }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler[keyPath: CaseRecipe.lists[list]].removeSubrange(range)
        return simpler
    }
}
