/// What the manual's floating-point pseudocode needs of a format, computed exactly for the default FPCR:
/// round to nearest even, no flushing of subnormals, no default NaN mode.
///
/// Arm ARM section A1.5 and the shared pseudocode FPProcessNaNs, FPAdd, FPMulAdd, FPMax, FPRoundInt, FPToFixed.
protocol FloatFormat: BinaryFloatingPoint {
    /// The quiet NaN that invalid operations give: positive, only the quiet bit set in the fraction.
    static var defaultNaN: Self { get }
    /// The NaN itself with its quiet bit set.
    var quieted: Self { get }
    /// The sign inverted, also of a NaN.
    var signInverted: Self { get }
}

extension Float: FloatFormat {
    @inline(__always) static var defaultNaN: Float { Float(bitPattern: 0x7fc0_0000) }
    @inline(__always) var quieted: Float { Float(bitPattern: bitPattern | 0x0040_0000) }
    @inline(__always) var signInverted: Float { Float(bitPattern: bitPattern ^ 0x8000_0000) }
}

extension Double: FloatFormat {
    @inline(__always) static var defaultNaN: Double { Double(bitPattern: 0x7ff8_0000_0000_0000) }
    @inline(__always) var quieted: Double { Double(bitPattern: bitPattern | 0x0008_0000_0000_0000) }
    @inline(__always) var signInverted: Double { Double(bitPattern: bitPattern ^ 0x8000_0000_0000_0000) }
}

extension FloatFormat {
    /// The NaN that an operation on these operands gives: the first signalling one, quieted, else the first quiet one.
    /// Arm ARM, FPProcessNaNs.
    static func processNaNs(_ a: Self, _ b: Self) -> Self? {
        if a.isSignalingNaN { return a.quieted }
        if b.isSignalingNaN { return b.quieted }
        if a.isNaN { return a }
        return b.isNaN ? b : nil
    }

    /// What an operation on numbers gave: where it is a NaN the operation was invalid.
    @inline(__always) var orDefaultNaN: Self { isNaN ? Self.defaultNaN : self }

    @inline(__always) static func armAdd(_ a: Self, _ b: Self) -> Self {
        let result = a + b
        return result.isNaN ? processNaNs(a, b) ?? defaultNaN : result
    }

    @inline(__always) static func armSubtract(_ a: Self, _ b: Self) -> Self {
        let result = a - b
        return result.isNaN ? processNaNs(a, b) ?? defaultNaN : result
    }

    @inline(__always) static func armMultiply(_ a: Self, _ b: Self) -> Self {
        let result = a * b
        return result.isNaN ? processNaNs(a, b) ?? defaultNaN : result
    }

    @inline(__always) static func armDivide(_ a: Self, _ b: Self) -> Self {
        let result = a / b
        return result.isNaN ? processNaNs(a, b) ?? defaultNaN : result
    }

    @inline(__always) var armSquareRoot: Self {
        isNaN ? quieted : squareRoot().orDefaultNaN
    }

    /// The greater operand; +0 is greater than -0, a NaN wins.
    static func armMaximum(_ a: Self, _ b: Self) -> Self {
        if let nan = processNaNs(a, b) { return nan }
        if a.isZero && b.isZero { return a.sign == .plus ? a : b }
        return a > b ? a : b
    }

    /// The lesser operand; -0 is less than +0, a NaN wins.
    static func armMinimum(_ a: Self, _ b: Self) -> Self {
        if let nan = processNaNs(a, b) { return nan }
        if a.isZero && b.isZero { return a.sign == .minus ? a : b }
        return a < b ? a : b
    }

    /// The greater operand; a number wins over a quiet NaN.
    static func armMaximumNumber(_ a: Self, _ b: Self) -> Self {
        let aIsQuiet = a.isNaN && !a.isSignalingNaN
        let bIsQuiet = b.isNaN && !b.isSignalingNaN
        if aIsQuiet && !bIsQuiet { return armMaximum(-.infinity, b) }
        if bIsQuiet && !aIsQuiet { return armMaximum(a, -.infinity) }
        return armMaximum(a, b)
    }

    /// The lesser operand; a number wins over a quiet NaN.
    static func armMinimumNumber(_ a: Self, _ b: Self) -> Self {
        let aIsQuiet = a.isNaN && !a.isSignalingNaN
        let bIsQuiet = b.isNaN && !b.isSignalingNaN
        if aIsQuiet && !bIsQuiet { return armMinimum(.infinity, b) }
        if bIsQuiet && !aIsQuiet { return armMinimum(a, .infinity) }
        return armMinimum(a, b)
    }

    /// `addend + a * b`, rounded once. Arm ARM, FPMulAdd.
    static func armMultiplyAdd(_ addend: Self, _ a: Self, _ b: Self) -> Self {
        if addend.isNaN || a.isNaN || b.isNaN {
            let isInvalidProduct = (a.isInfinite && b.isZero) || (a.isZero && b.isInfinite)
            if isInvalidProduct && !addend.isSignalingNaN { return defaultNaN }
            if addend.isSignalingNaN { return addend.quieted }
            if a.isSignalingNaN { return a.quieted }
            if b.isSignalingNaN { return b.quieted }
            if addend.isNaN { return addend }
            return a.isNaN ? a : b
        }
        return addend.addingProduct(a, b).orDefaultNaN
    }

    /// The value rounded to an integral one in the same format, the sign of a zero result being the operand's.
    func armRounded(_ rounding: FloatRounding) -> Self {
        if isNaN { return quieted }
        switch rounding {
        case .nearestEven: return rounded(.toNearestOrEven)
        case .up: return rounded(.up)
        case .down: return rounded(.down)
        case .towardZero: return rounded(.towardZero)
        case .nearestAway: return rounded(.toNearestOrAwayFromZero)
        }
    }

    /// The flags N, Z, C, V (bits 3 to 0) of a comparison. Arm ARM, FPCompare.
    @inline(__always) static func armCompare(_ a: Self, _ b: Self) -> UInt64 {
        if a == b { return 0b0110 }
        if a < b { return 0b1000 }
        return a > b ? 0b0010 : 0b0011
    }
}

extension Double {
    /// The value in single precision; a NaN keeps its sign and the upper bits of its fraction. Arm ARM, FPConvertNaN.
    var armSingle: Float {
        guard isNaN else { return Float(self) }
        let sign = UInt32(truncatingIfNeeded: bitPattern >> 32) & 0x8000_0000
        return Float(bitPattern: sign | 0x7fc0_0000 | UInt32(truncatingIfNeeded: bitPattern >> 29) & 0x003f_ffff)
    }

    /// The value times two to the power of `fractionBits`, rounded and saturated to an integer; 0 for a NaN.
    /// Arm ARM, FPToFixed.
    func armInteger<Integer: FixedWidthInteger>(_: Integer.Type, _ rounding: FloatRounding, _ fractionBits: UInt64)
        -> Integer
    {
        if isNaN { return 0 }
        let scaled = fractionBits == 0 ? self : self * Double.power(ofTwo: Int(fractionBits))
        let integral = scaled.armRounded(rounding)
        // Both bounds are powers of two or zero, so that they are exact; `upper` is the first value too large.
        let upper = Double.power(ofTwo: Integer.isSigned ? Integer.bitWidth - 1 : Integer.bitWidth)
        let lower = Integer.isSigned ? -upper : 0
        if integral >= upper { return .max }
        return integral <= lower ? .min : Integer(integral)
    }

    /// Two to the power of `exponent`, which is between -1022 and 1023.
    @inline(__always) static func power(ofTwo exponent: Int) -> Double {
        Double(bitPattern: UInt64(exponent + 1023) << 52)
    }
}

extension Float {
    /// The value in double precision; a NaN keeps its sign and fraction and becomes quiet. Arm ARM, FPConvertNaN.
    var armDouble: Double {
        guard isNaN else { return Double(self) }
        let sign = UInt64(bitPattern & 0x8000_0000) << 32
        return Double(bitPattern: sign | 0x7ff8_0000_0000_0000 | UInt64(bitPattern & 0x003f_ffff) << 29)
    }
}
