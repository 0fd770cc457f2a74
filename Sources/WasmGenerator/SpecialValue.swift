import WasmModel

/// Operands that compilers treat in a way of their own, or where a number of bits ends.
enum SpecialValue {
    /// Neutral and absorbing elements, powers of two and their neighbours, widths of registers, and the ends of immediates.
    static let integers: [Int64] = [
        -1, 0, 1, 2, 3, 4, 5, 7, 8, 10, 16, 24, 31, 32, 33, 48, 63, 64, 65, 127, 128, -128, -129, 255, 256, 4095, 4096,
        -4096, 0x7FFF, 0x8000, 0xFFFF, 0x1_0000, 0xFF_F000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, .min,
        .max,
    ]

    /// Zeros of both signs, more often than the others, infinities, NaNs, ends of the range, and what conversions to whole numbers cut off.
    static let floats: [Double] = [
        0, -0.0, 1, .infinity, 0, -0.0, .nan, -.infinity, -1, 0.5, 1.5, -2, .greatestFiniteMagnitude,
        .leastNonzeroMagnitude, -.leastNormalMagnitude, 0x1p31, -0x1p31 - 1, 0x1p32, 0x1p63, -0x1p63, 0x1p64,
        0x1.fffffep23,
    ]

    /// The same as bits of the narrower type.
    static let narrowFloats: [UInt32] = floats.map { value in
        switch value {
        case .greatestFiniteMagnitude: Float.greatestFiniteMagnitude.bitPattern
        case .leastNonzeroMagnitude: Float.leastNonzeroMagnitude.bitPattern
        case -.leastNormalMagnitude: (-Float.leastNormalMagnitude).bitPattern
        default: Float(value).bitPattern
        }
    }

    /// The special argument at a position; nil for types that have none.
    static func argument(_ position: Int, _ type: ValueType) -> WasmValue? {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: integers[position * 5 % integers.count]))
        case .i64: .i64(UInt64(bitPattern: integers[position * 5 % integers.count]))
        case .f32: .f32(narrowFloats[(position * 3 + 7) % narrowFloats.count])
        case .f64: .f64(floats[(position * 3 + 7) % floats.count].bitPattern)
        case .v128, .reference: nil
        }
    }
}
