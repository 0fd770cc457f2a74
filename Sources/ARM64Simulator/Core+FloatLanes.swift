/// A lane of floating point, with the integers of its size.
protocol FloatLane: FloatFormat {
    associatedtype Bits: VectorLane

    init(bits: Bits)
    var bits: Bits { get }
    /// The same value, or a NaN with its payload, in double precision.
    var asDouble: Double { get }
    /// Rounded to this format, without regard for the sign of a zero.
    init(signedValue: Bits)
    init(unsignedValue: Bits)
    /// The product with two to the power of `-fractionBits`, exact for converted integers.
    func scaled(down fractionBits: UInt64) -> Self
}

extension Float: FloatLane {
    @inline(__always) init(bits: UInt32) { self.init(bitPattern: bits) }
    @inline(__always) var bits: UInt32 { bitPattern }
    @inline(__always) var asDouble: Double { armDouble }
    @inline(__always) init(signedValue: UInt32) { self = Float(Int32(bitPattern: signedValue)) }
    @inline(__always) init(unsignedValue: UInt32) { self = Float(unsignedValue) }
    @inline(__always) func scaled(down fractionBits: UInt64) -> Float {
        fractionBits == 0 ? self : self * Float(Double.power(ofTwo: -Int(fractionBits)))
    }
}

extension Double: FloatLane {
    @inline(__always) init(bits: UInt64) { self.init(bitPattern: bits) }
    @inline(__always) var bits: UInt64 { bitPattern }
    @inline(__always) var asDouble: Double { self }
    @inline(__always) init(signedValue: UInt64) { self = Double(Int64(bitPattern: signedValue)) }
    @inline(__always) init(unsignedValue: UInt64) { self = Double(unsignedValue) }
    @inline(__always) func scaled(down fractionBits: UInt64) -> Double {
        fractionBits == 0 ? self : self * Double.power(ofTwo: -Int(fractionBits))
    }
}

/// Advanced SIMD on lanes of floating point.
extension Core {
    @inline(never) private func one<Lane: FloatLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane) -> Lane.Bits
    ) {
        let a = v[Int(d.rn)].lanes(Lane.Bits.self)
        var result = a
        for index in laneIndices(d, Lane.self) { result[index] = body(Lane(bits: a[index])) }
        finish(d, Vector128(result, of: Lane.Bits.self))
    }

    @inline(never) private func two<Lane: FloatLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane.Bits
    ) {
        let a = v[Int(d.rn)].lanes(Lane.Bits.self)
        let b = secondOperand(d).lanes(Lane.Bits.self)
        var result = a
        for index in laneIndices(d, Lane.self) { result[index] = body(Lane(bits: a[index]), Lane(bits: b[index])) }
        finish(d, Vector128(result, of: Lane.Bits.self))
    }

    /// The destination's lane, then the operands'.
    @inline(never) private func three<Lane: FloatLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane, Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.Bits.self)
        let b = secondOperand(d).lanes(Lane.Bits.self)
        var result = v[Int(d.rd)].lanes(Lane.Bits.self)
        for index in laneIndices(d, Lane.self) {
            result[index] = body(Lane(bits: result[index]), Lane(bits: a[index]), Lane(bits: b[index])).bits
        }
        finish(d, Vector128(result, of: Lane.Bits.self))
    }

    /// The lanes that the arrangement has; others are not worth a computation.
    @inline(__always) private func laneIndices<Lane: FloatLane>(_ d: InstructionReference, _: Lane.Type) -> Range<Int> {
        let arrangement = Arrangement(packed: d.ra)
        let count = Lane.Bits.Lanes.scalarCount
        return 0..<(arrangement.is128 ? count : arrangement.isScalar ? 1 : count / 2)
    }

    @inline(never) private func pairwise<Lane: FloatLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane
    ) {
        let sources = pairSources(d)
        let (a, b) = (sources.0.lanes(Lane.Bits.self), sources.1.lanes(Lane.Bits.self))
        let half = Lane.Bits.Lanes.scalarCount / 2
        var result = a
        for index in 0..<half {
            result[index] = body(Lane(bits: a[2 * index]), Lane(bits: a[2 * index + 1])).bits
            result[index + half] = body(Lane(bits: b[2 * index]), Lane(bits: b[2 * index + 1])).bits
        }
        finish(d, Vector128(result, of: Lane.Bits.self))
    }

    /// Four singles, the halves first. Arm ARM, Reduce.
    @inline(never) private func across(_ d: InstructionReference, _ body: (Float, Float) -> Float) {
        let a = v[Int(d.rn)].lanes(UInt32.self)
        let low = body(Float(bitPattern: a[0]), Float(bitPattern: a[1]))
        let high = body(Float(bitPattern: a[2]), Float(bitPattern: a[3]))
        v[Int(d.rd)] = Vector128(low: UInt64(body(low, high).bitPattern))
    }

    @inline(never) func executeFloatLanes(_ operation: FloatLaneOperation, _ d: InstructionReference) {
        if d.ra & 3 == 3 {
            execute(operation, d, Double.self)
        } else {
            execute(operation, d, Float.self)
        }
    }

    @inline(__always) private func execute<Lane: FloatLane>(
        _ operation: FloatLaneOperation,
        _ d: InstructionReference,
        _ type: Lane.Type
    ) {
        switch operation {
        case .add: two(d, type) { Lane.armAdd($0, $1).bits }
        case .subtract: two(d, type) { Lane.armSubtract($0, $1).bits }
        case .multiply: two(d, type) { Lane.armMultiply($0, $1).bits }
        case .divide: two(d, type) { Lane.armDivide($0, $1).bits }
        case .multiplyExtended: two(d, type) { Lane.armMultiplyExtended($0, $1).bits }
        case .multiplyAdd: three(d, type) { Lane.armMultiplyAdd($0, $1, $2) }
        case .multiplySubtract: three(d, type) { Lane.armMultiplyAdd($0, $1.signInverted, $2) }
        case .maximum: two(d, type) { Lane.armMaximum($0, $1).bits }
        case .minimum: two(d, type) { Lane.armMinimum($0, $1).bits }
        case .maximumNumber: two(d, type) { Lane.armMaximumNumber($0, $1).bits }
        case .minimumNumber: two(d, type) { Lane.armMinimumNumber($0, $1).bits }
        case .difference: two(d, type) { Lane.armSubtract($0, $1).armAbsolute.bits }
        case .reciprocalStep: two(d, type) { Lane.armReciprocalStep($0, $1).bits }
        case .reciprocalSquareRootStep: two(d, type) { Lane.armReciprocalSquareRootStep($0, $1).bits }
        case .compareEqual: two(d, type) { Lane.Bits.mask($0 == $1) }
        case .compareGreaterEqual: two(d, type) { Lane.Bits.mask($0 >= $1) }
        case .compareGreater: two(d, type) { Lane.Bits.mask($0 > $1) }
        case .compareAbsoluteGreaterEqual: two(d, type) { Lane.Bits.mask($0.armAbsolute >= $1.armAbsolute) }
        case .compareAbsoluteGreater: two(d, type) { Lane.Bits.mask($0.armAbsolute > $1.armAbsolute) }
        case .addPairwise: pairwise(d, type) { Lane.armAdd($0, $1) }
        case .maximumPairwise: pairwise(d, type) { Lane.armMaximum($0, $1) }
        case .minimumPairwise: pairwise(d, type) { Lane.armMinimum($0, $1) }
        case .maximumNumberPairwise: pairwise(d, type) { Lane.armMaximumNumber($0, $1) }
        case .minimumNumberPairwise: pairwise(d, type) { Lane.armMinimumNumber($0, $1) }
        case .compareEqualZero: one(d, type) { Lane.Bits.mask($0 == 0) }
        case .compareGreaterEqualZero: one(d, type) { Lane.Bits.mask($0 >= 0) }
        case .compareGreaterZero: one(d, type) { Lane.Bits.mask($0 > 0) }
        case .compareLessEqualZero: one(d, type) { Lane.Bits.mask($0 <= 0) }
        case .compareLessZero: one(d, type) { Lane.Bits.mask($0 < 0) }
        case .absolute: one(d, type) { $0.armAbsolute.bits }
        case .negate: one(d, type) { $0.signInverted.bits }
        case .squareRoot: one(d, type) { $0.armSquareRoot.bits }
        case .reciprocalEstimate: one(d, type) { $0.armReciprocalEstimate.bits }
        case .reciprocalSquareRootEstimate: one(d, type) { $0.armReciprocalSquareRootEstimate.bits }
        case .reciprocalExponent: one(d, type) { $0.armReciprocalExponent.bits }
        case .round:
            let rounding = FloatRounding(rawValue: UInt8(truncatingIfNeeded: d.immediate)).unsafelyUnwrapped
            one(d, type) { $0.armRounded(rounding).bits }
        case .toSigned:
            let rounding = FloatRounding(rawValue: d.rm).unsafelyUnwrapped
            one(d, type) {
                Lane.Bits(bitPattern: $0.asDouble.armInteger(Lane.Bits.Signed.self, rounding, d.immediate))
            }
        case .toUnsigned:
            let rounding = FloatRounding(rawValue: d.rm).unsafelyUnwrapped
            one(d, type) { $0.asDouble.armInteger(Lane.Bits.self, rounding, d.immediate) }
        case .fromSigned: one(d, type) { Lane(signedValue: $0.bits).scaled(down: d.immediate).bits }
        case .fromUnsigned: one(d, type) { Lane(unsignedValue: $0.bits).scaled(down: d.immediate).bits }
        case .maximumAcross: across(d) { Float.armMaximum($0, $1) }
        case .minimumAcross: across(d) { Float.armMinimum($0, $1) }
        case .maximumNumberAcross: across(d) { Float.armMaximumNumber($0, $1) }
        case .minimumNumberAcross: across(d) { Float.armMinimumNumber($0, $1) }
        case .lengthen: lengthen(d)
        case .narrow: narrow(d)
        case .narrowToOdd: finishNarrowFloat(d) { UInt64($0.armSingleRoundedToOdd.bitPattern) }
        }
    }

    /// Halves become singles, singles doubles.
    private func lengthen(_ d: InstructionReference) {
        let arrangement = Arrangement(packed: d.ra)
        let source = arrangement.is128 ? v[Int(d.rn)].high : v[Int(d.rn)].low
        if arrangement.sizeLog2 == 3 {
            let low = Float(bitPattern: UInt32(truncatingIfNeeded: source)).armDouble
            let high = Float(bitPattern: UInt32(truncatingIfNeeded: source >> 32)).armDouble
            v[Int(d.rd)] = Vector128(low: low.bitPattern, high: high.bitPattern)
        } else {
            func pair(_ halves: UInt64) -> UInt64 {
                UInt64(Float(half: halves).bitPattern) | UInt64(Float(half: halves >> 16).bitPattern) << 32
            }
            v[Int(d.rd)] = Vector128(low: pair(source), high: pair(source >> 32))
        }
    }

    /// Singles become halves, doubles singles.
    private func narrow(_ d: InstructionReference) {
        if Arrangement(packed: d.ra).sizeLog2 == 3 {
            finishNarrowFloat(d) { UInt64($0.armSingle.bitPattern) }
        } else {
            let source = v[Int(d.rn)].lanes(UInt32.self)
            var result: UInt64 = 0
            for index in 0..<4 {
                result |= Float(bitPattern: source[index]).armDouble.armHalf << UInt64(16 * index)
            }
            finishNarrow(d, result)
        }
    }

    private func finishNarrowFloat(_ d: InstructionReference, _ body: (Double) -> UInt64) {
        let source = v[Int(d.rn)]
        let low = body(Double(bitPattern: source.low))
        if Arrangement(packed: d.ra).isScalar {
            v[Int(d.rd)] = Vector128(low: low)
        } else {
            finishNarrow(d, low | body(Double(bitPattern: source.high)) << 32)
        }
    }
}
