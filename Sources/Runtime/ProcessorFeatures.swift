import NativeEntry

/// The extensions of the x86_64 instruction set that matter to the in-tree compiler.
///
/// Source: Intel SDM vol. 2, instruction CPUID.
public struct ProcessorFeatures: OptionSet, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: UInt32

    /// Makes a set from its bits, those of `native_entry.h`.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    public static let sse42 = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_SSE42))
    public static let popcnt = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_POPCNT))
    public static let lzcnt = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_LZCNT))
    public static let bmi1 = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_BMI1))
    public static let avx = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_AVX))
    public static let avx2 = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_AVX2))
    public static let fma = ProcessorFeatures(rawValue: UInt32(NATIVE_ENTRY_FMA))

    /// What compiled code takes for granted. AVX and FMA are not used, so that code is the same on every processor.
    public static let required: ProcessorFeatures = [.sse42, .popcnt, .lzcnt, .bmi1]

    /// What the processor of this host has; nothing on a processor of another kind.
    public static let ofHost = ProcessorFeatures(rawValue: native_entry_processor_features())

    /// What compiled code needs and this host lacks.
    public static var missing: ProcessorFeatures { required.subtracting(ofHost) }

    private static let names: [(ProcessorFeatures, String)] = [
        (.sse42, "SSE4.2"), (.popcnt, "POPCNT"), (.lzcnt, "LZCNT"), (.bmi1, "BMI1"), (.avx, "AVX"), (.avx2, "AVX2"),
        (.fma, "FMA"),
    ]

    /// The names in the manuals, as in `SSE4.2, POPCNT`.
    public var description: String {
        Self.names.filter { contains($0.0) }.map { $0.1 }.joined(separator: ", ")
    }
}
