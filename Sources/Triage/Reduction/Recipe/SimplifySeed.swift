import WasmGenerator

/// Clears bits of the seed, all of them first.
struct SimplifySeed: ReductionPass {
    let name = "seed"
    let walk = ReductionWalk.anywhere

    private func bits(_ seed: UInt64) -> [UInt64] { (0..<64).filter { seed >> $0 & 1 == 1 } }

    func listSizes(of recipe: CaseRecipe) -> [Int] { [recipe.seed.nonzeroBitCount] }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var simpler = recipe
        for bit in bits(recipe.seed)[range] { simpler.seed &= ~(1 << bit) }
        return simpler
    }
}
