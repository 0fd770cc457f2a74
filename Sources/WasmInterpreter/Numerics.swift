import WasmModel

/// The numeric operations that are not an operator of Swift.
///
/// Spec: core 3.0, section 4.3 "Numerics".
enum Numerics {
    // MARK: Minimum and maximum

    /// The lesser operand; a NaN where there is one, and negative zero is less than zero.
    @inline(__always)
    static func minimum<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Number {
        if left < right { return left }
        if right < left { return right }
        if left == right { return left.sign == .minus ? left : right }
        return .nan
    }

    /// The greater operand; a NaN where there is one, and zero is greater than negative zero.
    @inline(__always)
    static func maximum<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Number {
        if left > right { return left }
        if right > left { return right }
        if left == right { return left.sign == .plus ? left : right }
        return .nan
    }

    // MARK: Truncation

    /// Why a number has no integer part in a range.
    @inline(__always)
    static func truncationTrap(_ value: Double) -> Trap {
        value.isNaN ? .invalidConversionToInteger : .integerOverflow
    }

    /// The integer part as a signed number of 32 bits; nil where it has none.
    @inline(__always)
    static func truncateSigned32(_ value: Double) -> Int32? {
        value > -2147483649.0 && value < 2147483648.0 ? Int32(value) : nil
    }

    /// The integer part as an unsigned number of 32 bits; nil where it has none.
    @inline(__always)
    static func truncateUnsigned32(_ value: Double) -> UInt32? {
        value > -1 && value < 4294967296.0 ? UInt32(value) : nil
    }

    /// The integer part as a signed number of 64 bits; nil where it has none.
    @inline(__always)
    static func truncateSigned64(_ value: Double) -> Int64? {
        value >= -9223372036854775808.0 && value < 9223372036854775808.0 ? Int64(value) : nil
    }

    /// The integer part as an unsigned number of 64 bits; nil where it has none.
    @inline(__always)
    static func truncateUnsigned64(_ value: Double) -> UInt64? {
        value > -1 && value < 18446744073709551616.0 ? UInt64(value) : nil
    }

    /// What a number becomes that has no integer part in a range: the bound on its side, or zero for a NaN.
    @inline(__always)
    static func saturate<Integer: FixedWidthInteger>(_ value: Double, to: Integer.Type) -> Integer {
        value.isNaN ? 0 : value < 0 ? .min : .max
    }

    // MARK: Integers

    @inline(__always)
    static func rotateLeft(_ value: UInt32, _ count: UInt32) -> UInt32 {
        value &<< count | value &>> (0 &- count)
    }

    @inline(__always)
    static func rotateLeft(_ value: UInt64, _ count: UInt64) -> UInt64 {
        value &<< count | value &>> (0 &- count)
    }
}
