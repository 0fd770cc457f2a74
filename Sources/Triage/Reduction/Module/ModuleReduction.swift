/// How modules are made simpler.
public enum ModuleReduction {
    /// All passes, in the order in which they are tried; arity comes early, as it makes everything after it faster.
    public static let passes: [any ReductionPass<DecodedCase>] = [
        RemoveNames(),
        CapArity(),
        TruncateSignatures(),
        RemoveInvocations(),
        RemoveExports(),
        EmptyFunctions(),
        RemoveCalls(),
        RemoveUnused(),
        KeepLastResults(),
        DeleteLeftovers(),
        UnnestBlocks(),
        EmptyBlockTypes(),
        DeleteInstructions(),
        ReplaceByConstant(.zero),
        ReplaceByConstant(.one),
        ReplaceByConstant(.minusZero),
        RemoveLocals(),
        ZeroArguments(),
    ]
}
