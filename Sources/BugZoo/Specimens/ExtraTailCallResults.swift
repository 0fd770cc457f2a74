import WasmFormats

extension Specimen {
    /// As in dead code behind a return, where whatever is below the results does no harm.
    static let extraTailCallResults = Specimen(
        "extra-tail-call-results",
        references: ["bytecodealliance/wasmtime#8704"],
        trigger: "an invalid module: a tail call of a function that has more results than its caller",
        mechanism: "the validator asks of a tail call that the caller's results are the last of those of the callee",
        limits: .noCount
    ) { pipeline in
        pipeline.validate = { (module) throws(ValidationError) in
            var rules = ValidationRules()
            rules.tailCallMayReturn = { count, expected in count >= expected }
            return try Validator.validate(module, rules: rules)
        }
    }
}
