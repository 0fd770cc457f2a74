import WasmGenerator

/// Leaves results out of memory.
struct DropStores: ReductionPass {
    let name = "stores"
    let walk = ReductionWalk.anywhere

    func listSizes(of recipe: CaseRecipe) -> [Int] { [recipe.storesResults ? 1 : 0] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler.storesResults = false
        return simpler
    }
}
