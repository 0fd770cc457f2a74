extension Specimen {
    /// The operands of an `if` are kept for its `else`: those that dead code was to take stay on the stack.
    static let parametersLeftByIf = Specimen(
        "parameters-left-by-if",
        references: ["bytecodealliance/wasmtime#2120", "bytecodealliance/wasmtime#2197"],
        trigger: "an if with parameters, one of its arms without an end, in an expression with other operands",
        mechanism: "where the end of an if cannot be reached, the operand stack is not cut below the if's parameters",
        limits: .noCount
    ) { pipeline in
        pipeline.changeTranslationStages { stages in
            stages.heightAtEnd = { frame in
                guard frame.isConditional, !frame.isReachable else { return frame.height }
                return min(frame.height + frame.parameterCount, max(frame.height, frame.heightOfBody))
            }
        }
    }
}
