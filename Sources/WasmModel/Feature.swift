/// A set of features beyond the first release of WebAssembly.
///
/// Spec: core 3.0, appendix "Change History".
public struct FeatureSet: OptionSet, Hashable, Sendable {
    public var rawValue: UInt32

    /// Makes a set from its bits.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let multiValue = FeatureSet(rawValue: 1 << 0)
    public static let signExtension = FeatureSet(rawValue: 1 << 1)
    public static let saturatingTruncation = FeatureSet(rawValue: 1 << 2)
    public static let bulkMemory = FeatureSet(rawValue: 1 << 3)
    public static let referenceTypes = FeatureSet(rawValue: 1 << 4)
    public static let simd = FeatureSet(rawValue: 1 << 5)
    public static let relaxedSIMD = FeatureSet(rawValue: 1 << 6)
    public static let tailCalls = FeatureSet(rawValue: 1 << 7)
    public static let exceptions = FeatureSet(rawValue: 1 << 8)
    public static let typedFunctionReferences = FeatureSet(rawValue: 1 << 9)
    public static let garbageCollection = FeatureSet(rawValue: 1 << 10)
    public static let extendedConstants = FeatureSet(rawValue: 1 << 11)
    public static let multiMemory = FeatureSet(rawValue: 1 << 12)
    public static let memory64 = FeatureSet(rawValue: 1 << 13)

    /// The first release: nothing beyond it.
    public static let mvp: FeatureSet = []
    /// WebAssembly 2.0.
    public static let wasm2: FeatureSet = [
        .multiValue, .signExtension, .saturatingTruncation, .bulkMemory, .referenceTypes, .simd,
    ]
    /// WebAssembly 3.0.
    public static let wasm3: FeatureSet = [
        .wasm2, .relaxedSIMD, .tailCalls, .exceptions, .typedFunctionReferences, .garbageCollection, .extendedConstants,
        .multiMemory, .memory64,
    ]

    /// The features by the names that options and opcode rows use.
    public static let named: [(name: String, feature: FeatureSet)] = [
        ("multi-value", .multiValue), ("sign-extension", .signExtension),
        ("saturating-truncation", .saturatingTruncation),
        ("bulk-memory", .bulkMemory), ("reference-types", .referenceTypes), ("simd", .simd),
        ("relaxed-simd", .relaxedSIMD),
        ("tail-calls", .tailCalls), ("exceptions", .exceptions), ("function-references", .typedFunctionReferences),
        ("gc", .garbageCollection), ("extended-const", .extendedConstants), ("multi-memory", .multiMemory),
        ("memory64", .memory64),
    ]
}

extension FeatureSet {
    /// The sets by the names that options use.
    public static let releases: [(name: String, features: FeatureSet)] = [
        ("mvp", .mvp), ("2.0", .wasm2), ("3.0", .wasm3),
    ]
}
