/// How modules are made simpler.
public enum ModuleReduction {
    /// All passes, in the order in which they are tried: what takes most away for a run of the engine comes first. Of a large module that is
    /// whole functions with what they alone use, so that everything after them runs on a small one.
    public static let passes: [any ReductionPass<DecodedCase>] = [
        RemoveNames(),
        EmptyFunctions(.trap),
        RemoveInvocations(),
        RemoveExports(),
        CallOtherExport(),
        RemoveStart(),
        RemoveUnused(),
        ShortenSegments(.back),
        ShortenSegments(.front),
        CapArity(),
        TruncateSignatures(),
        CutBodies(),
        EmptyFunctions(.zeros),
        ReplaceExpressions(),
        RemoveCalls(),
        KeepLastResults(),
        DeleteLeftovers(),
        UnnestBlocks(),
        EmptyBlockTypes(),
        ShortenLabelLists(),
        DeleteInstructions(),
        HoistOperands(),
        ReplaceByConstant(.zero),
        ReplaceByConstant(.one),
        ReplaceByConstant(.minusZero),
        MergeLocals(),
        RemoveLocals(),
        MergeItems(),
        LowerLimits(),
        RemoveMaxima(),
        ZeroArguments(),
        ShortenExportNames(),
    ]
}
