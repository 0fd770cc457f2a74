/// The operations on lanes that are not an operation of the standard library's vectors.
///
/// Spec: core 3.0, section 4.3.2 "Integer Operations" and 4.3.3 "Floating-Point Operations".
enum VectorLanes {
    // MARK: Lane by lane

    @inline(__always)
    static func map<Operand: SIMD, Result: SIMD>(
        _ operand: Operand,
        _ body: (Operand.Scalar) -> Result.Scalar
    ) -> Result {
        var result = Result()
        for lane in 0..<result.scalarCount { result[lane] = body(operand[lane]) }
        return result
    }

    @inline(__always)
    static func map<Operand: SIMD, Result: SIMD>(
        _ left: Operand,
        _ right: Operand,
        _ body: (Operand.Scalar, Operand.Scalar) -> Result.Scalar
    ) -> Result {
        var result = Result()
        for lane in 0..<result.scalarCount { result[lane] = body(left[lane], right[lane]) }
        return result
    }

    // MARK: Tests

    /// A bit for every lane, lane 0 lowest: whether it is negative.
    @inline(__always)
    static func bitmask<Lanes: SIMD>(_ lanes: Lanes) -> UInt32 where Lanes.Scalar: SignedInteger {
        var bits: UInt32 = 0
        for lane in 0..<lanes.scalarCount where lanes[lane] < 0 { bits |= 1 &<< UInt32(truncatingIfNeeded: lane) }
        return bits
    }

    /// Whether no lane is zero.
    @inline(__always)
    static func allTrue<Lanes: SIMD>(_ lanes: Lanes) -> Bool where Lanes.Scalar: UnsignedInteger & FixedWidthInteger {
        lanes.min() != 0
    }

    // MARK: Integers

    /// The magnitude of signed lanes; the least number is its own.
    @inline(__always)
    static func magnitude<Lanes: SIMD>(_ lanes: Lanes) -> Lanes where Lanes.Scalar: FixedWidthInteger & SignedInteger {
        lanes.replacing(with: 0 &- lanes, where: lanes .< 0)
    }

    /// `(left * right + 2^14) / 2^15` of signed fractions, rounded down and not yet reduced to 16 bits.
    @inline(__always)
    static func roundedProduct15(_ left: SIMD8<Int16>, _ right: SIMD8<Int16>) -> SIMD8<Int32> {
        let product = SIMD8<Int32>(truncatingIfNeeded: left) &* SIMD8<Int32>(truncatingIfNeeded: right)
        return (product &+ 0x4000) &>> SIMD8<Int32>(repeating: 15)
    }

    /// The bytes that indices name; zero where an index is beyond 15.
    @inline(__always)
    static func swizzle(_ bytes: SIMD16<UInt8>, _ indices: SIMD16<UInt8>) -> SIMD16<UInt8> {
        map(indices) { index in index < 16 ? bytes[Int(index)] : 0 }
    }

    /// The bits of one operand where the mask has ones, those of the other where it has zeros.
    @inline(__always)
    static func select(_ ones: SIMD2<UInt64>, _ zeros: SIMD2<UInt64>, _ mask: SIMD2<UInt64>) -> SIMD2<UInt64> {
        ones & mask | zeros & ~mask
    }

    // MARK: Floats

    /// The lanes with the other sign, zeros as well, which `-lanes` leaves positive: it is `0 - lanes`.
    ///
    /// Spec: core 3.0, section 4.3.3, `fneg`.
    @inline(__always)
    static func negated<Lanes: SIMD>(_ lanes: Lanes) -> Lanes where Lanes.Scalar: FloatingPoint { lanes * -1 }

    // MARK: Conversions

    @inline(__always)
    static func saturatedSigned(_ value: Double) -> Int32 {
        Numerics.truncateSigned32(value) ?? Numerics.saturate(value, to: Int32.self)
    }

    @inline(__always)
    static func saturatedUnsigned(_ value: Double) -> UInt32 {
        Numerics.truncateUnsigned32(value) ?? Numerics.saturate(value, to: UInt32.self)
    }
}
