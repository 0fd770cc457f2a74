import WasmGenerator

/// A choice of a recipe that has an order: how far it is from the smallest, and the recipe with a nearer one.
struct RecipeChoice: Sendable {
    /// 0 for the smallest choice.
    let rank: @Sendable (CaseRecipe) -> Int
    let choose: @Sendable (inout CaseRecipe, _ rank: Int) -> Void

    /// Every choice but lists, routing and the seed of constants; add new ones here.
    static let all: [RecipeChoice] = [
        flag(\.condition, smallest: true),
        count(\.iterations, smallest: 0),
        count(\.branchTarget, smallest: 0),
        count(\.invocationCount, smallest: 1),
        kind(\.tailCallKind),
        count(\.keptParameters, smallest: 2),
        flag(\.keepsCallee, smallest: false),
        kind(\.catchKind),
        flag(\.throwsInCallee, smallest: false),
        flag(\.throwsAgain, smallest: false),
        flag(\.usesPartialOperators, smallest: false),
        kind(\.castKind),
        flag(\.escapes, smallest: false),
        count(\.allocations, smallest: 1),
        flag(\.storesResults, smallest: false),
    ]

    private static func flag(_ field: WritableKeyPath<CaseRecipe, Bool> & Sendable, smallest: Bool) -> RecipeChoice {
        RecipeChoice(
            rank: { $0[keyPath: field] == smallest ? 0 : 1 },
            choose: { recipe, rank in recipe[keyPath: field] = (rank == 0) == smallest }
        )
    }

    private static func count(_ field: WritableKeyPath<CaseRecipe, Int> & Sendable, smallest: Int) -> RecipeChoice {
        RecipeChoice(
            rank: { max(0, $0[keyPath: field] - smallest) },
            choose: { recipe, rank in recipe[keyPath: field] = smallest + rank }
        )
    }

    /// A choice whose cases are listed from the smallest on.
    private static func kind<Kind: CaseIterable & Equatable & Sendable>(
        _ field: WritableKeyPath<CaseRecipe, Kind> & Sendable
    ) -> RecipeChoice where Kind.AllCases == [Kind] {
        RecipeChoice(
            rank: { Kind.allCases.firstIndex(of: $0[keyPath: field]) ?? 0 },
            choose: { recipe, rank in recipe[keyPath: field] = Kind.allCases[rank] }
        )
    }
}
