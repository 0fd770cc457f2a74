import WasmGenerator

/// Clears bits of the seed that determines constants, all of them first.
struct SimplifyConstants: ReductionPass {
    let name = "constants"
    let walk = ReductionWalk.anywhere

    private func bits(_ seed: UInt64) -> [UInt64] { (0..<64).filter { seed >> $0 & 1 == 1 } }

    func listSizes(of recipe: CaseRecipe) -> [Int] { [recipe.constantsSeed.nonzeroBitCount] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        for bit in bits(recipe.constantsSeed)[range] { simpler.constantsSeed &= ~(1 << bit) }
        return simpler
    }
}
