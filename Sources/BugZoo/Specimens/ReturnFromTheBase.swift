extension Specimen {
    /// Who returns at the end of the body has nothing below the results.
    static let returnFromTheBase = Specimen(
        "return-from-the-base",
        references: ["LadybirdBrowser/ladybird#9618"],
        trigger: "a return, or a branch to the function's label, with more operands on the stack than results",
        mechanism: "results are taken from the base of the function's operand stack, which nobody has cut down to them",
        limits: .noCount
    ) { pipeline in
        pipeline.changeTranslationStages { $0.returned = { operands, count in operands.prefix(count) } }
    }
}
