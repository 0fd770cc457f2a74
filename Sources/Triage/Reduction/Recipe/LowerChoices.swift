import WasmGenerator

/// Takes a smaller choice where the smallest one does not fail.
struct LowerChoices: ReductionPass {
    let name = "lower-choices"
    let walk = ReductionWalk.tail

    func listSizes(of recipe: CaseRecipe) -> [Int] { RecipeChoice.all.map { $0.rank(recipe) } }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        RecipeChoice.all[list].choose(&simpler, range.lowerBound)
        return simpler
    }
}
