/// The estimates of reciprocals and reciprocal square roots, which the architecture defines bit for bit.
/// Arm ARM, shared pseudocode RecipEstimate, RecipSqrtEstimate and the functions over them.
enum ReciprocalEstimate {
    /// The estimate for a number of 9 bits between one half and one; 256 to 511 both ways.
    private static func reciprocal(_ value: UInt64) -> UInt64 {
        ((1 << 19) / (2 * value + 1) + 1) / 2
    }

    /// The estimate for a number between one quarter and one, 128 to 511; gives 256 to 511.
    private static func squareRoot(_ value: UInt64) -> UInt64 {
        let scaled = value < 256 ? 2 * value + 1 : 2 * ((value & ~1) + 1)
        var result: UInt64 = 512
        while scaled * (result + 1) * (result + 1) < 1 << 28 { result += 1 }
        return (result + 1) / 2
    }

    /// Arm ARM, UnsignedRecipEstimate.
    static func unsigned(_ operand: UInt64) -> UInt64 {
        operand >> 31 & 1 == 0 ? 0xffff_ffff : reciprocal(operand >> 23 & 0x1ff) << 23
    }

    /// Arm ARM, UnsignedRSqrtEstimate.
    static func unsignedSquareRoot(_ operand: UInt64) -> UInt64 {
        operand >> 30 & 3 == 0 ? 0xffff_ffff : squareRoot(operand >> 23 & 0x1ff) << 23
    }

    /// The estimate of a finite number that is not zero, given its biased exponent and 52 bits of fraction.
    ///
    /// The result is nil where it overflows.
    /// Arm ARM, FPRecipEstimate.
    static func reciprocal(exponent: Int, fraction: UInt64, greatestExponent: Int) -> (
        exponent: UInt64, fraction: UInt64
    )? {
        let fractionMask: UInt64 = (1 << 52) - 1
        var (exponent, fraction) = (exponent, fraction)
        if exponent == 0 {
            // Below a quarter of the least normal number the reciprocal is too great.
            if fraction >> 50 == 0 { return nil }
            if fraction >> 51 == 0 {
                exponent = -1
                fraction = fraction << 2 & fractionMask
            } else {
                fraction = fraction << 1 & fractionMask
            }
        }
        let estimate = reciprocal(256 | fraction >> 44)
        let resultFraction = (estimate & 255) << 44
        // 253 for single, 2045 for double precision.
        let resultExponent = greatestExponent - 2 - exponent
        if resultExponent > 0 { return (UInt64(resultExponent), resultFraction) }
        return (0, resultExponent == 0 ? 1 << 51 | resultFraction >> 1 : 1 << 50 | resultFraction >> 2)
    }

    /// The estimate of a positive finite number, given its biased exponent and 52 bits of fraction.
    /// Arm ARM, FPRSqrtEstimate.
    static func squareRoot(exponent: Int, fraction: UInt64, bias: Int) -> (exponent: UInt64, fraction: UInt64) {
        let fractionMask: UInt64 = (1 << 52) - 1
        var (exponent, fraction) = (exponent, fraction)
        if exponent == 0 {
            while fraction >> 51 == 0 {
                fraction <<= 1
                exponent -= 1
            }
            fraction = fraction << 1 & fractionMask
        }
        let scaled = exponent & 1 == 0 ? 256 | fraction >> 44 : 128 | fraction >> 45
        // 380 for single, 3068 for double precision.
        return (UInt64((3 * bias - 1 - exponent) / 2), (squareRoot(scaled) & 255) << 44)
    }
}

extension FloatLane {
    /// Sign, biased exponent and the fraction's upper 52 bits put together.
    private static func assemble(isNegative: Bool, exponent: UInt64, fraction: UInt64) -> Self {
        let bits = exponent << UInt64(significandBitCount) | fraction >> UInt64(52 - significandBitCount)
        let sign: UInt64 = isNegative ? 1 << UInt64(Bits.bitWidth - 1) : 0
        return Self(bits: Bits(low: bits | sign))
    }

    private var fraction52: UInt64 {
        bits.extended << UInt64(52 - Self.significandBitCount) & ((1 << 52) - 1)
    }

    private var biasedExponent: Int {
        Int(bits.extended >> UInt64(Self.significandBitCount)) & Self.greatestExponent
    }

    private static var greatestExponent: Int { 1 << exponentBitCount - 1 }
    private var isNegative: Bool { sign == .minus }

    /// Arm ARM, FPRecipEstimate.
    var armReciprocalEstimate: Self {
        if isNaN { return quieted }
        if isInfinite { return isNegative ? -0.0 : 0.0 }
        let result = ReciprocalEstimate.reciprocal(
            exponent: biasedExponent,
            fraction: fraction52,
            greatestExponent: Self.greatestExponent
        )
        guard let fields = result else { return isNegative ? -.infinity : .infinity }
        return Self.assemble(isNegative: isNegative, exponent: fields.exponent, fraction: fields.fraction)
    }

    /// Arm ARM, FPRSqrtEstimate.
    var armReciprocalSquareRootEstimate: Self {
        if isNaN { return quieted }
        if isZero { return isNegative ? -.infinity : .infinity }
        if isNegative { return Self.defaultNaN }
        if isInfinite { return 0 }
        let fields = ReciprocalEstimate.squareRoot(
            exponent: biasedExponent,
            fraction: fraction52,
            bias: Self.greatestExponent / 2
        )
        return Self.assemble(isNegative: false, exponent: fields.exponent, fraction: fields.fraction)
    }

    /// Arm ARM, FPRecpX.
    var armReciprocalExponent: Self {
        if isNaN { return quieted }
        let exponent = biasedExponent == 0 ? Self.greatestExponent - 1 : ~biasedExponent & Self.greatestExponent
        return Self.assemble(isNegative: isNegative, exponent: UInt64(exponent), fraction: 0)
    }
}
