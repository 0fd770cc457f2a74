import WasmGenerator
import WasmModel

/// How recipes are made simpler.
public enum RecipeReduction {
    /// All passes, in the order in which they are tried; arity comes early, as it makes everything after it faster.
    public static let passes: [any ReductionPass<CaseRecipe>] = [
        DropEdges(),
        ShortenLists(),
        TradeParameters(),
        SimplifyChoices(),
        LowerChoices(),
        SimplifyConstants(),
        SimplifyRouting(),
        SimplifyTypes(),
        DropFromLists(),
    ]
}

extension CaseRecipe {
    /// The two lists of a signature, results first, as passes number them.
    static let lists: [WritableKeyPath<CaseRecipe, [ValueType]> & Sendable] = [\.results, \.parameters]
}
