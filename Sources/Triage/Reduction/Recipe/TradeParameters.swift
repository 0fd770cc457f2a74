import WasmGenerator

/// Makes parameters at the end of their list into results.
///
/// Some failures need so many values and do not care where. Without parameters a case is simpler than with, and of two such cases found
/// separately the same is left. The sum of the lists stays, so that only recipes with both lists are touched.
struct TradeParameters: ReductionPass {
    let name = "trade"
    let walk = ReductionWalk.tail

    func listSizes(of recipe: CaseRecipe) -> [Int] { [recipe.results.isEmpty ? 0 : recipe.parameters.count] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        simpler.results += recipe.parameters[range]
        simpler.parameters.removeSubrange(range)
        return simpler
    }
}
