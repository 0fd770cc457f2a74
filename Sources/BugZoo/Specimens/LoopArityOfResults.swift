extension Specimen {
    /// Branches to all other blocks carry results.
    static let loopArityOfResults = Specimen(
        "loop-arity-of-results",
        references: ["bytecodealliance/wasmtime@cc8630d9b4"],
        trigger: "a branch to a loop that has another number of parameters than of results",
        mechanism: "a branch to a loop carries as many operands as the loop has results",
        limits: .noCount
    ) { pipeline in
        pipeline.changeTranslationStages { $0.loopArity = { type in type.results.count } }
    }
}
