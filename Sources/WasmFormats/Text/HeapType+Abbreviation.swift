import WasmModel

extension HeapType {
    /// The name of the reference type that points to the heap type and may be null; nil for a defined type.
    ///
    /// Spec: core 3.0, section 6.4.4 "Reference Types", "Abbreviations".
    var nullableAbbreviation: String? {
        switch self {
        case .function: "funcref"
        case .noFunction: "nullfuncref"
        case .external: "externref"
        case .noExternal: "nullexternref"
        case .any: "anyref"
        case .equatable: "eqref"
        case .i31: "i31ref"
        case .structure: "structref"
        case .array: "arrayref"
        case .none: "nullref"
        case .exception: "exnref"
        case .noException: "nullexnref"
        case .defined: nil
        }
    }
}
