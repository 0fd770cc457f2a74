import WasmModel

/// Vectors of lanes at the corners of every shape, and random ones.
public struct VectorSamples {
    private var state: UInt64

    /// Starts a sequence.
    public init(seed: UInt64) { state = seed &* 0x1234_5678_9ABC_DEF1 }

    /// SplitMix64.
    public mutating func bits() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    private mutating func pick(_ values: [UInt64]) -> UInt64 { values[Int(bits() % UInt64(values.count))] }

    /// The next vector.
    public mutating func next() -> V128 { V128(low: half(), high: half()) }

    private mutating func half() -> UInt64 {
        let (values, width): ([UInt64], UInt64)
        switch bits() % 8 {
        case 0: return bits()
        case 1: (values, width) = (Self.bytes, 8)
        case 2: (values, width) = (Self.halfwords, 16)
        case 3: (values, width) = (Self.integers32, 32)
        case 4: return pick(Self.integers64)
        case 5, 6: (values, width) = (Self.floats32, 32)
        default: return pick(Self.floats64)
        }
        return stride(from: 0, to: 64, by: UInt64.Stride(width)).reduce(0) { $0 | pick(values) << UInt64($1) }
    }

    private static let bytes: [UInt64] = [0, 1, 7, 8, 15, 16, 31, 0x70, 0x7F, 0x80, 0x81, 0xF0, 0xFE, 0xFF]
    private static let halfwords: [UInt64] = [
        0, 1, 15, 16, 0x7F, 0x80, 0xFF, 0x100, 0x7FFE, 0x7FFF, 0x8000, 0x8001, 0xFF7F, 0xFF80, 0xFFFE, 0xFFFF,
    ]
    private static let integers32: [UInt64] = [
        0, 1, 31, 32, 33, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0x7FFF_FFFF, 0x8000_0000, 0x8000_0001, 0xFFFF_7FFF,
        0xFFFF_8000, 0xFFFF_FFFE, 0xFFFF_FFFF, 0x1_0001, 0xFFFF_0000, 16_777_217, 0x8000_0080, 0xFF_FFFF,
    ]
    private static let integers64: [UInt64] = [
        0, 1, 63, 64, 65, 0xFFFF_FFFF, 1 << 32, (1 << 63) - 1, 1 << 63, (1 << 63) + 1, .max - 1, .max,
        0x8000_0000_0000_00FF, 0x7FFF_FFFF_8000_0000,
    ]
    private static let numbers: [Double] = [
        0, 0.25, 0.5, 0.75, 1, 1.5, 2.5, 3.5, 100.7, 2_147_483_520, 2_147_483_647, 2_147_483_648, 2_147_483_649.5,
        4_294_967_040, 4_294_967_295, 4_294_967_295.5, 4_294_967_296, 0x1p52, 0x1p63, 1e30, 1e-30, .infinity,
        8_388_609,
    ]
    private static let floats64: [UInt64] =
        numbers.flatMap { [$0.bitPattern, (-$0).bitPattern] } + [
            1, Double.greatestFiniteMagnitude.bitPattern, 0x7FF8_0000_0000_0000, 0xFFF8_0000_0000_0000,
            0x7FF4_0000_0000_0001, 0xFFFF_1234_5678_9ABC, 0x8000_0000_0000_0000, 0,
        ]
    private static let floats32: [UInt64] =
        numbers.flatMap { [UInt64(Float($0).bitPattern), UInt64(Float(-$0).bitPattern)] } + [
            1, 0x7F7F_FFFF, 0x7FC0_0000, 0xFFC0_0000, 0x7FA0_0001, 0xFFFF_1234, 0x8000_0000, 0,
        ]
}

extension V128 {
    /// The 16 bytes, highest first.
    public var hexadecimal: String {
        "0x" + bytes.reversed().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// The lowest first.
    public var bytes: [UInt8] {
        (0..<16).map { UInt8(truncatingIfNeeded: ($0 < 8 ? low : high) >> UInt64(8 * ($0 & 7))) }
    }

    /// The four words, the lowest first.
    public var words: [UInt32] {
        [low, low >> 32, high, high >> 32].map { UInt32(truncatingIfNeeded: $0) }
    }
}
