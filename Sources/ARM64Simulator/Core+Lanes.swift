extension Vector128 {
    @inline(__always) init<Lane: VectorLane>(_ lanes: Lane.Lanes, of _: Lane.Type) {
        self = unsafeBitCast(lanes, to: Vector128.self)
    }

    /// The lanes from the lowest on.
    @inline(__always) func lanes<Lane: VectorLane>(_: Lane.Type) -> Lane.Lanes {
        // Lanes are aligned to 16 bytes, this is to 8.
        withUnsafeBytes(of: self) { $0.loadUnaligned(as: Lane.Lanes.self) }
    }

    /// The lane of 2 to the power of `sizeLog2` bytes, zero-extended.
    @inline(__always) func lane(_ index: UInt64, _ sizeLog2: UInt8) -> UInt64 {
        let bit = index << (UInt64(sizeLog2) + 3)
        return (bit < 64 ? low : high) &>> bit & Self.laneMask(sizeLog2)
    }

    @inline(__always) static func laneMask(_ sizeLog2: UInt8) -> UInt64 {
        .max &>> (64 &- (8 &<< UInt64(sizeLog2)))
    }

    @inline(__always) mutating func insert(_ value: UInt64, _ index: UInt64, _ sizeLog2: UInt8) {
        let bit = index << (UInt64(sizeLog2) + 3)
        let mask = Self.laneMask(sizeLog2) &<< bit
        if bit < 64 {
            low = low & ~mask | value &<< bit & mask
        } else {
            high = high & ~mask | value &<< bit & mask
        }
    }

    /// The low lane's value in every lane of 64 bits.
    @inline(__always) static func replicate(_ value: UInt64, _ sizeLog2: UInt8) -> UInt64 {
        switch sizeLog2 {
        case 0: (value & 0xff) &* 0x0101_0101_0101_0101
        case 1: (value & 0xffff) &* 0x0001_0001_0001_0001
        case 2: (value & 0xffff_ffff) &* 0x1_0000_0001
        default: value
        }
    }
}

/// Advanced SIMD on lanes of integers that keep their size.
///
/// Every lane of 128 bits is computed; ``finish(_:_:)`` then clears what the arrangement has not.
extension Core {
    @inline(__always) func finish(_ d: InstructionReference, _ result: Vector128) {
        let arrangement = Arrangement(packed: d.ra)
        if arrangement.is128 {
            v[Int(d.rd)] = result
        } else if arrangement.isScalar {
            v[Int(d.rd)] = Vector128(low: result.low & Vector128.laneMask(arrangement.sizeLog2))
        } else {
            v[Int(d.rd)] = Vector128(low: result.low)
        }
    }

    /// The register vm, or its lane in all lanes.
    @inline(__always) func secondOperand(_ d: InstructionReference) -> Vector128 {
        let operand = v[Int(d.rm)]
        let arrangement = Arrangement(packed: d.ra)
        guard arrangement.isByElement else { return operand }
        let lane = operand.lane(d.immediate, arrangement.sizeLog2)
        let half = Vector128.replicate(lane, arrangement.sizeLog2)
        return Vector128(low: half, high: half)
    }

    @inline(never) private func one<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        var result = a
        for index in 0..<Lane.Lanes.scalarCount { result[index] = body(a[index]) }
        finish(d, Vector128(result, of: Lane.self))
    }

    /// The lane of the destination, then the operand's.
    @inline(never) private func accumulating<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        var result = v[Int(d.rd)].lanes(Lane.self)
        for index in 0..<Lane.Lanes.scalarCount { result[index] = body(result[index], a[index]) }
        finish(d, Vector128(result, of: Lane.self))
    }

    @inline(never) private func two<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        let b = secondOperand(d).lanes(Lane.self)
        var result = a
        for index in 0..<Lane.Lanes.scalarCount { result[index] = body(a[index], b[index]) }
        finish(d, Vector128(result, of: Lane.self))
    }

    /// The lane of the destination, then those of the operands.
    @inline(never) private func three<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane, Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        let b = secondOperand(d).lanes(Lane.self)
        var result = v[Int(d.rd)].lanes(Lane.self)
        for index in 0..<Lane.Lanes.scalarCount { result[index] = body(result[index], a[index], b[index]) }
        finish(d, Vector128(result, of: Lane.self))
    }

    /// The registers whose pairs of lanes give the lower and the upper half of a pairwise result.
    @inline(__always) func pairSources(_ d: InstructionReference) -> (Vector128, Vector128) {
        let arrangement = Arrangement(packed: d.ra)
        let (n, m) = (v[Int(d.rn)], v[Int(d.rm)])
        if arrangement.is128 { return (n, m) }
        return (arrangement.isScalar ? n : Vector128(low: n.low, high: m.low), Vector128(low: 0))
    }

    @inline(never) private func pairwise<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane
    ) {
        let sources = pairSources(d)
        let (a, b) = (sources.0.lanes(Lane.self), sources.1.lanes(Lane.self))
        let half = Lane.Lanes.scalarCount / 2
        var result = a
        for index in 0..<half {
            result[index] = body(a[2 * index], a[2 * index + 1])
            result[index + half] = body(b[2 * index], b[2 * index + 1])
        }
        finish(d, Vector128(result, of: Lane.self))
    }

    @inline(never) private func across<Lane: VectorLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane, Lane) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        let count = Arrangement(packed: d.ra).is128 ? Lane.Lanes.scalarCount : Lane.Lanes.scalarCount / 2
        var result = a[0]
        for index in 1..<count { result = body(result, a[index]) }
        v[Int(d.rd)] = Vector128(low: result.extended)
    }

    @inline(never) func executeLanes(_ operation: LaneOperation, _ d: InstructionReference) {
        switch d.ra & 3 {
        case 0: execute(operation, d, UInt8.self)
        case 1: execute(operation, d, UInt16.self)
        case 2: execute(operation, d, UInt32.self)
        default: execute(operation, d, UInt64.self)
        }
    }

    @inline(__always) private func execute<Lane: VectorLane>(
        _ operation: LaneOperation,
        _ d: InstructionReference,
        _ type: Lane.Type
    ) {
        let amount = Int(truncatingIfNeeded: d.immediate)
        switch operation {
        case .add: two(d, type) { $0 &+ $1 }
        case .subtract: two(d, type) { $0 &- $1 }
        case .multiply: two(d, type) { $0 &* $1 }
        case .multiplyAdd: three(d, type) { $0 &+ $1 &* $2 }
        case .multiplySubtract: three(d, type) { $0 &- $1 &* $2 }
        case .polynomialMultiply: two(d, type) { Lane.polynomialProductLow($0, $1) }
        case .saturatingAddSigned: two(d, type) { Lane.saturatingAdd($0.signed, $1.signed) }
        case .saturatingAddUnsigned: two(d, type) { Lane.saturatingAdd($0, $1) }
        case .saturatingSubtractSigned: two(d, type) { Lane.saturatingSubtract($0.signed, $1.signed) }
        case .saturatingSubtractUnsigned: two(d, type) { Lane.saturatingSubtract($0, $1) }
        case .halvingAddSigned: two(d, type) { ($0 & $1) &+ Lane(bitPattern: ($0 ^ $1).signed &>> 1) }
        case .halvingAddUnsigned: two(d, type) { ($0 & $1) &+ ($0 ^ $1) &>> 1 }
        case .halvingSubtractSigned:
            two(d, type) { Lane(bitPattern: $0.signed &>> 1 &- $1.signed &>> 1) &- (~$0 & $1 & 1) }
        case .halvingSubtractUnsigned: two(d, type) { $0 &>> 1 &- $1 &>> 1 &- (~$0 & $1 & 1) }
        case .roundingHalvingAddSigned: two(d, type) { ($0 | $1) &- Lane(bitPattern: ($0 ^ $1).signed &>> 1) }
        case .roundingHalvingAddUnsigned: two(d, type) { ($0 | $1) &- ($0 ^ $1) &>> 1 }
        case .maximumSigned: two(d, type) { $0.signed > $1.signed ? $0 : $1 }
        case .maximumUnsigned: two(d, type) { $0 > $1 ? $0 : $1 }
        case .minimumSigned: two(d, type) { $0.signed < $1.signed ? $0 : $1 }
        case .minimumUnsigned: two(d, type) { $0 < $1 ? $0 : $1 }
        case .differenceSigned: two(d, type) { Lane.difference($0.signed, $1.signed) }
        case .differenceUnsigned: two(d, type) { Lane.difference($0, $1) }
        case .accumulateDifferenceSigned: three(d, type) { $0 &+ Lane.difference($1.signed, $2.signed) }
        case .accumulateDifferenceUnsigned: three(d, type) { $0 &+ Lane.difference($1, $2) }
        case .compareEqual: two(d, type) { Lane.mask($0 == $1) }
        case .compareTest: two(d, type) { Lane.mask($0 & $1 != 0) }
        case .compareGreaterSigned: two(d, type) { Lane.mask($0.signed > $1.signed) }
        case .compareGreaterUnsigned: two(d, type) { Lane.mask($0 > $1) }
        case .compareGreaterEqualSigned: two(d, type) { Lane.mask($0.signed >= $1.signed) }
        case .compareGreaterEqualUnsigned: two(d, type) { Lane.mask($0 >= $1) }
        case .doublingMultiplyHigh: two(d, type) { Lane.doublingProductHigh($0, $1, rounds: false) }
        case .roundingDoublingMultiplyHigh: two(d, type) { Lane.doublingProductHigh($0, $1, rounds: true) }
        case .shiftSigned: two(d, type) { Lane.shift($0.signed, $1, rounds: false, saturates: false) }
        case .shiftUnsigned: two(d, type) { Lane.shift($0, $1, rounds: false, saturates: false) }
        case .roundingShiftSigned: two(d, type) { Lane.shift($0.signed, $1, rounds: true, saturates: false) }
        case .roundingShiftUnsigned: two(d, type) { Lane.shift($0, $1, rounds: true, saturates: false) }
        case .saturatingShiftSigned: two(d, type) { Lane.shift($0.signed, $1, rounds: false, saturates: true) }
        case .saturatingShiftUnsigned: two(d, type) { Lane.shift($0, $1, rounds: false, saturates: true) }
        case .saturatingRoundingShiftSigned:
            two(d, type) { Lane.shift($0.signed, $1, rounds: true, saturates: true) }
        case .saturatingRoundingShiftUnsigned: two(d, type) { Lane.shift($0, $1, rounds: true, saturates: true) }
        case .addPairwise: pairwise(d, type) { $0 &+ $1 }
        case .maximumPairwiseSigned: pairwise(d, type) { $0.signed > $1.signed ? $0 : $1 }
        case .maximumPairwiseUnsigned: pairwise(d, type) { $0 > $1 ? $0 : $1 }
        case .minimumPairwiseSigned: pairwise(d, type) { $0.signed < $1.signed ? $0 : $1 }
        case .minimumPairwiseUnsigned: pairwise(d, type) { $0 < $1 ? $0 : $1 }
        case .compareEqualZero: one(d, type) { Lane.mask($0 == 0) }
        case .compareGreaterZero: one(d, type) { Lane.mask($0.signed > 0) }
        case .compareGreaterEqualZero: one(d, type) { Lane.mask($0.signed >= 0) }
        case .compareLessZero: one(d, type) { Lane.mask($0.signed < 0) }
        case .compareLessEqualZero: one(d, type) { Lane.mask($0.signed <= 0) }
        case .negate: one(d, type) { 0 &- $0 }
        case .absolute: one(d, type) { $0.signed < 0 ? 0 &- $0 : $0 }
        case .saturatingNegate: one(d, type) { Lane.saturatingSubtract(0, $0.signed) }
        case .saturatingAbsolute: one(d, type) { $0.signed < 0 ? Lane.saturatingSubtract(0, $0.signed) : $0 }
        case .countLeadingSigns:
            one(d, type) { Lane(low: UInt64(($0.signed < 0 ? ~$0 : $0).leadingZeroBitCount - 1)) }
        case .countLeadingZeros: one(d, type) { Lane(low: UInt64($0.leadingZeroBitCount)) }
        case .accumulateUnsignedIntoSigned: accumulating(d, type) { Lane.accumulate(unsigned: $1, intoSigned: $0) }
        case .accumulateSignedIntoUnsigned: accumulating(d, type) { Lane.accumulate(signed: $1, intoUnsigned: $0) }
        case .addAcross: across(d, type) { $0 &+ $1 }
        case .maximumAcrossSigned: across(d, type) { $0.signed > $1.signed ? $0 : $1 }
        case .maximumAcrossUnsigned: across(d, type) { $0 > $1 ? $0 : $1 }
        case .minimumAcrossSigned: across(d, type) { $0.signed < $1.signed ? $0 : $1 }
        case .minimumAcrossUnsigned: across(d, type) { $0 < $1 ? $0 : $1 }
        case .reciprocalEstimate: one(d, type) { Lane(low: ReciprocalEstimate.unsigned($0.extended)) }
        case .reciprocalSquareRootEstimate:
            one(d, type) { Lane(low: ReciprocalEstimate.unsignedSquareRoot($0.extended)) }
        case .shiftLeftImmediate: one(d, type) { $0 &<< Lane(low: d.immediate) }
        case .shiftLeftInsert: accumulating(d, type) { $0 & ~(Lane.max << amount) | $1 << amount }
        case .shiftRightInsert: accumulating(d, type) { $0 & ~(Lane.max >> amount) | $1 >> amount }
        case .saturatingShiftLeftSigned: one(d, type) { Lane.saturatingShiftLeft($0.signed, amount) }
        case .saturatingShiftLeftUnsigned: one(d, type) { Lane.saturatingShiftLeft($0, amount) }
        case .saturatingShiftLeftSignedToUnsigned:
            one(d, type) { $0.signed < 0 ? 0 : Lane.saturatingShiftLeft($0, amount) }
        case .shiftRightSigned: one(d, type) { Lane(bitPattern: $0.signed >> amount) }
        case .shiftRightUnsigned: one(d, type) { $0 >> amount }
        case .accumulateShiftRightSigned: accumulating(d, type) { $0 &+ Lane(bitPattern: $1.signed >> amount) }
        case .accumulateShiftRightUnsigned: accumulating(d, type) { $0 &+ $1 >> amount }
        case .roundingShiftRightSigned:
            one(d, type) { Lane(bitPattern: Lane.roundingShiftRight($0.signed, amount)) }
        case .roundingShiftRightUnsigned: one(d, type) { Lane.roundingShiftRight($0, amount) }
        case .accumulateRoundingShiftRightSigned:
            accumulating(d, type) { $0 &+ Lane(bitPattern: Lane.roundingShiftRight($1.signed, amount)) }
        case .accumulateRoundingShiftRightUnsigned:
            accumulating(d, type) { $0 &+ Lane.roundingShiftRight($1, amount) }
        }
    }
}
