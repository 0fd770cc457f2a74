import WasmModel

/// Relaxed operations on numbers and lanes.
///
/// Spec: core 3.0, section 4.3.6 "Relaxed Operations".
extension RelaxedParameters {
    @inline(__always)
    func minimum<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Number {
        if left < right || right < left || (left == right && left.sign == right.sign) {
            return right < left ? right : left
        }
        switch minimum {
        case .standard: return Numerics.minimum(left, right)
        case .left: return left
        case .right: return right
        case .number: return left.isNaN ? right : right.isNaN ? left : Numerics.minimum(left, right)
        }
    }

    @inline(__always)
    func maximum<Number: BinaryFloatingPoint>(_ left: Number, _ right: Number) -> Number {
        if left < right || right < left || (left == right && left.sign == right.sign) {
            return left < right ? right : left
        }
        switch maximum {
        case .standard: return Numerics.maximum(left, right)
        case .left: return left
        case .right: return right
        case .number: return left.isNaN ? right : right.isNaN ? left : Numerics.maximum(left, right)
        }
    }

    @inline(__always)
    func truncateUnsigned(_ value: Double) -> UInt32 {
        if let integer = Numerics.truncateUnsigned32(value) { return integer }
        switch unsignedTruncation {
        case .saturated: return Numerics.saturate(value, to: UInt32.self)
        case .greatest: return .max
        case .greatestLessOne: return .max - 1
        case .signBit: return 0x8000_0000
        }
    }

    @inline(__always)
    func truncateSigned(_ value: Double) -> Int32 {
        if let integer = Numerics.truncateSigned32(value) { return integer }
        switch signedTruncation {
        case .saturated: return Numerics.saturate(value, to: Int32.self)
        case .least: return .min
        }
    }

    @inline(__always)
    func swizzle(_ bytes: SIMD16<UInt8>, _ indices: SIMD16<UInt8>) -> SIMD16<UInt8> {
        switch swizzle {
        case .zero: VectorLanes.swizzle(bytes, indices)
        case .modulo: VectorLanes.map(indices) { index in index < 128 ? bytes[Int(index & 15)] : 0 }
        }
    }

    @inline(__always)
    func roundedProduct15(_ left: SIMD8<Int16>, _ right: SIMD8<Int16>) -> SIMD8<Int16> {
        let product = VectorLanes.roundedProduct15(left, right)
        switch fraction {
        case .saturated: return SIMD8<Int16>(clamping: product)
        case .wrapped: return SIMD8<Int16>(truncatingIfNeeded: product)
        }
    }

    /// The sums of the products of neighbouring lanes.
    @inline(__always)
    func dot(_ left: SIMD16<Int8>, _ right: SIMD16<Int8>) -> SIMD8<Int16> {
        let wideLeft = SIMD16<Int32>(truncatingIfNeeded: left)
        let wideRight: SIMD16<Int32>
        switch dot {
        case .signed: wideRight = SIMD16<Int32>(truncatingIfNeeded: right)
        case .unsigned:
            wideRight = SIMD16<Int32>(truncatingIfNeeded: SIMD16<UInt8>(truncatingIfNeeded: right))
        }
        let product = wideLeft &* wideRight
        return SIMD8<Int16>(clamping: product.evenHalf &+ product.oddHalf)
    }

    /// The mask by whose bits the lanes are selected.
    @inline(__always)
    func mask<Lanes: SIMD>(_ lanes: Lanes) -> Lanes where Lanes.Scalar: FixedWidthInteger & SignedInteger {
        switch laneSelection {
        case .everyBit: lanes
        case .highestBit: Lanes(repeating: 0).replacing(with: -1, where: lanes .< 0)
        }
    }

    @inline(__always)
    func multiplyAdd(_ left: SIMD4<Float>, _ right: SIMD4<Float>, _ addend: SIMD4<Float>) -> SIMD4<Float> {
        switch multiplyAdd {
        case .unfused: left * right + addend
        case .fused: addend.addingProduct(left, right)
        }
    }

    @inline(__always)
    func multiplyAdd(_ left: SIMD2<Double>, _ right: SIMD2<Double>, _ addend: SIMD2<Double>) -> SIMD2<Double> {
        switch multiplyAdd {
        case .unfused: left * right + addend
        case .fused: addend.addingProduct(left, right)
        }
    }
}
