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
    /// The sign cleared, also of a NaN.
    var armAbsolute: Self { get }
}

extension Float: FloatFormat {
    @inline(__always) static var defaultNaN: Float { Float(bitPattern: 0x7fc0_0000) }
    @inline(__always) var quieted: Float { Float(bitPattern: bitPattern | 0x0040_0000) }
    @inline(__always) var signInverted: Float { Float(bitPattern: bitPattern ^ 0x8000_0000) }
    @inline(__always) var armAbsolute: Float { Float(bitPattern: bitPattern & 0x7fff_ffff) }
}

extension Double: FloatFormat {
    @inline(__always) static var defaultNaN: Double { Double(bitPattern: 0x7ff8_0000_0000_0000) }
    @inline(__always) var quieted: Double { Double(bitPattern: bitPattern | 0x0008_0000_0000_0000) }
    @inline(__always) var signInverted: Double { Double(bitPattern: bitPattern ^ 0x8000_0000_0000_0000) }
    @inline(__always) var armAbsolute: Double { Double(bitPattern: bitPattern & 0x7fff_ffff_ffff_ffff) }
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

    /// The product, but infinity times zero is two. Arm ARM, FPMulX.
    static func armMultiplyExtended(_ a: Self, _ b: Self) -> Self {
        if (a.isInfinite && b.isZero) || (a.isZero && b.isInfinite) { return a.sign == b.sign ? 2 : -2 }
        return armMultiply(a, b)
    }

    /// `2 - a * b`, rounded once. Arm ARM, FPRecipStepFused.
    static func armReciprocalStep(_ a: Self, _ b: Self) -> Self {
        let negated = a.signInverted
        if let nan = processNaNs(negated, b) { return nan }
        if (a.isInfinite && b.isZero) || (a.isZero && b.isInfinite) { return 2 }
        return Self(2).addingProduct(negated, b)
    }

    /// `(3 - a * b) / 2`, rounded once. Arm ARM, FPRSqrtStepFused.
    static func armReciprocalSquareRootStep(_ a: Self, _ b: Self) -> Self {
        let negated = a.signInverted
        if let nan = processNaNs(negated, b) { return nan }
        if (a.isInfinite && b.isZero) || (a.isZero && b.isInfinite) { return Self(3) / 2 }
        // Half of the greater factor is exact, or else the product does not matter.
        return negated.magnitude > b.magnitude
            ? (Self(3) / 2).addingProduct(negated / 2, b) : (Self(3) / 2).addingProduct(negated, b / 2)
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
    /// The value in half precision as a bit pattern of 16 bits; a NaN keeps its sign and the upper bits of its fraction.
    /// Arm ARM, FPConvert, with the IEEE format of halves.
    var armHalf: UInt64 {
        let sign = bitPattern >> 48 & 0x8000
        if isNaN { return sign | 0x7e00 | bitPattern >> 42 & 0x1ff }
        let size = magnitude
        // The first value that rounds to infinity.
        if size >= 65520 { return sign | 0x7c00 }
        let exponent = size < Double.power(ofTwo: -14) ? -14 : Int(size.bitPattern >> 52) - 1023
        // Exact: the magnitude in units of the last place.
        let units = UInt64((size * Double.power(ofTwo: 10 - exponent)).rounded(.toNearestOrEven))
        // The leading bit of a normal number adds one to the exponent, and so does a carry.
        return sign | UInt64(exponent + 14) << 10 + units
    }

    /// The value in single precision, an inexact one with its last bit set. Arm ARM, FPConvert with FPRounding_ODD.
    var armSingleRoundedToOdd: Float {
        if isNaN || isInfinite { return armSingle }
        let nearest = Float(self)
        if Double(nearest) == self { return nearest }
        // The one of the two neighbours that is nearer to zero; inexact values below infinity never become infinite.
        let truncated =
            Double(nearest).magnitude > magnitude ? Float(bitPattern: nearest.bitPattern - 1) : nearest
        return Float(bitPattern: truncated.bitPattern | 1)
    }

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
    /// The value of the lowest 16 bits as a number in half precision. Arm ARM, FPConvert.
    init(half bits: UInt64) {
        let sign = UInt32(truncatingIfNeeded: bits & 0x8000) << 16
        let exponent = bits >> 10 & 31
        let fraction = UInt32(truncatingIfNeeded: bits & 0x3ff)
        switch exponent {
        case 31 where fraction != 0: self = Float(bitPattern: sign | 0x7fc0_0000 | fraction << 13)
        case 31: self = Float(bitPattern: sign | 0x7f80_0000)
        case 0:
            let value = Float(fraction) * Float(Double.power(ofTwo: -24))
            self = Float(bitPattern: sign | value.bitPattern)
        default: self = Float(bitPattern: sign | (UInt32(exponent) + 112) << 23 | fraction << 13)
        }
    }

    /// The value in double precision; a NaN keeps its sign and fraction and becomes quiet. Arm ARM, FPConvertNaN.
    var armDouble: Double {
        guard isNaN else { return Double(self) }
        let sign = UInt64(bitPattern & 0x8000_0000) << 32
        return Double(bitPattern: sign | 0x7ff8_0000_0000_0000 | UInt64(bitPattern & 0x003f_ffff) << 29)
    }
}
