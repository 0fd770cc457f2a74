import WasmModel

/// Checks modules against the validation rules.
///
/// Spec: core 3.0, chapter 3 "Validation".
public enum Validator {
    /// Validates a module.
    /// - Parameters:
    ///   - module: the module.
    ///   - features: what the module may use; anything beyond is an error that names the feature.
    /// - Returns: the module with what is known about it.
    /// - Throws: the first violation that is found.
    public static func validate(
        _ module: Module,
        features: FeatureSet = .wasm3
    ) throws(ValidationError) -> ValidatedModule {
        throw ValidationError("unsupported: the validator is being written")
    }
}
