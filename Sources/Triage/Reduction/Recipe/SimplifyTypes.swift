import WasmGenerator
import WasmModel

/// Makes types `i32`.
struct SimplifyTypes: ReductionPass {
    let name = "types"
    let walk = ReductionWalk.anywhere

    private func positions(_ types: [ValueType]) -> [Int] { types.indices.filter { types[$0] != .i32 } }

    func listSizes(of recipe: CaseRecipe) -> [Int] { CaseRecipe.lists.map { positions(recipe[keyPath: $0]).count } }

    func proposal(for recipe: CaseRecipe, list: Int, removing range: Range<Int>) -> CaseRecipe? {
        var types = recipe[keyPath: CaseRecipe.lists[list]]
        for position in positions(types)[range] { types[position] = .i32 }
        var simpler = recipe
        simpler[keyPath: CaseRecipe.lists[list]] = types
        return simpler
    }
}
