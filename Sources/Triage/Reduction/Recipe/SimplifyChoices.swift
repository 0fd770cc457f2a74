import WasmGenerator

/// Takes the smallest of each choice, all of them first.
struct SimplifyChoices: ReductionPass {
    let name = "choices"
    let walk = ReductionWalk.anywhere

    private func larger(_ recipe: CaseRecipe) -> [RecipeChoice] { RecipeChoice.all.filter { $0.rank(recipe) > 0 } }

    func listSizes(of recipe: CaseRecipe) -> [Int] { [larger(recipe).count] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        for choice in larger(recipe)[range] { choice.choose(&simpler, 0) }
        return simpler
    }
}
