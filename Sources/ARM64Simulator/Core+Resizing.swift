/// Advanced SIMD on lanes of integers that become twice as wide or half as wide.
extension Core {
    /// The narrow lanes of an operand that becomes wide: the upper or the lower half, from lane 0 on.
    @inline(__always) private func narrowSource<Lane: NarrowLane>(
        _ d: InstructionReference,
        _ value: Vector128,
        _: Lane.Type
    ) -> Lane.Lanes {
        Vector128(low: Arrangement(packed: d.ra).is128 ? value.high : value.low).lanes(Lane.self)
    }

    @inline(__always) private func finishWide<Lane: NarrowLane>(
        _ d: InstructionReference,
        _ result: Lane.Wide.Lanes,
        _: Lane.Type
    ) {
        let value = Vector128(result, of: Lane.Wide.self)
        let isScalar = Arrangement(packed: d.ra).isScalar
        v[Int(d.rd)] = isScalar ? Vector128(low: value.low & Lane.Wide.max.extended) : value
    }

    /// The wide lane of the destination, then the operands'.
    @inline(never) private func long<Lane: NarrowLane>(
        _ d: InstructionReference,
        _ type: Lane.Type,
        _ body: (Lane.Wide, Lane, Lane) -> Lane.Wide
    ) {
        let a = narrowSource(d, v[Int(d.rn)], type)
        let b = narrowSource(d, secondOperand(d), type)
        var result = v[Int(d.rd)].lanes(Lane.Wide.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount { result[index] = body(result[index], a[index], b[index]) }
        finishWide(d, result, type)
    }

    @inline(never) private func wide<Lane: NarrowLane>(
        _ d: InstructionReference,
        _ type: Lane.Type,
        _ body: (Lane.Wide, Lane) -> Lane.Wide
    ) {
        let b = narrowSource(d, v[Int(d.rm)], type)
        var result = v[Int(d.rn)].lanes(Lane.Wide.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount { result[index] = body(result[index], b[index]) }
        finishWide(d, result, type)
    }

    @inline(never) private func lengthen<Lane: NarrowLane>(
        _ d: InstructionReference,
        _ type: Lane.Type,
        _ body: (Lane) -> Lane.Wide
    ) {
        let a = narrowSource(d, v[Int(d.rn)], type)
        var result = v[Int(d.rd)].lanes(Lane.Wide.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount { result[index] = body(a[index]) }
        finishWide(d, result, type)
    }

    /// Writes the lower half of the destination and clears the upper, or writes the upper half.
    @inline(__always) func finishNarrow(_ d: InstructionReference, _ result: UInt64) {
        let arrangement = Arrangement(packed: d.ra)
        if arrangement.is128 {
            v[Int(d.rd)].high = result
        } else {
            let mask = arrangement.isScalar ? Vector128.laneMask(arrangement.sizeLog2) : .max
            v[Int(d.rd)] = Vector128(low: result & mask)
        }
    }

    @inline(never) private func narrow<Lane: NarrowLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane.Wide) -> Lane
    ) {
        let a = v[Int(d.rn)].lanes(Lane.Wide.self)
        var result = Vector128(low: 0).lanes(Lane.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount { result[index] = body(a[index]) }
        finishNarrow(d, Vector128(result, of: Lane.self).low)
    }

    @inline(never) private func highNarrow<Lane: NarrowLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane.Wide, Lane.Wide) -> Lane.Wide
    ) {
        let a = v[Int(d.rn)].lanes(Lane.Wide.self)
        let b = v[Int(d.rm)].lanes(Lane.Wide.self)
        var result = Vector128(low: 0).lanes(Lane.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount {
            result[index] = Lane(narrowing: body(a[index], b[index]) >> Lane.bitWidth)
        }
        finishNarrow(d, Vector128(result, of: Lane.self).low)
    }

    /// The wide lane of the destination, then a pair of narrow ones.
    @inline(never) private func pairs<Lane: NarrowLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane.Wide, Lane, Lane) -> Lane.Wide
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        var result = v[Int(d.rd)].lanes(Lane.Wide.self)
        for index in 0..<Lane.Wide.Lanes.scalarCount {
            result[index] = body(result[index], a[2 * index], a[2 * index + 1])
        }
        finish(d, Vector128(result, of: Lane.Wide.self))
    }

    @inline(never) private func sumAcross<Lane: NarrowLane>(
        _ d: InstructionReference,
        _: Lane.Type,
        _ body: (Lane) -> Lane.Wide
    ) {
        let a = v[Int(d.rn)].lanes(Lane.self)
        let count = Arrangement(packed: d.ra).is128 ? Lane.Lanes.scalarCount : Lane.Lanes.scalarCount / 2
        var sum: Lane.Wide = 0
        for index in 0..<count { sum &+= body(a[index]) }
        v[Int(d.rd)] = Vector128(low: sum.extended)
    }

    private func dotProduct(_ d: InstructionReference, isSigned: Bool) {
        let a = v[Int(d.rn)].lanes(UInt8.self)
        let b = secondOperand(d).lanes(UInt8.self)
        var result = v[Int(d.rd)].lanes(UInt32.self)
        for index in 0..<16 {
            let product =
                isSigned
                ? Int32(a[index].signed) &* Int32(b[index].signed) : Int32(a[index]) &* Int32(b[index])
            result[index / 4] &+= UInt32(bitPattern: product)
        }
        finish(d, Vector128(result, of: UInt32.self))
    }

    @inline(never) func executeResizing(_ operation: ResizingOperation, _ d: InstructionReference) {
        if operation == .dotProductSigned { return dotProduct(d, isSigned: true) }
        if operation == .dotProductUnsigned { return dotProduct(d, isSigned: false) }
        switch d.ra & 3 {
        case 0: execute(operation, d, UInt8.self)
        case 1: execute(operation, d, UInt16.self)
        default: execute(operation, d, UInt32.self)
        }
    }

    @inline(__always) private func execute<Lane: NarrowLane>(
        _ operation: ResizingOperation,
        _ d: InstructionReference,
        _ type: Lane.Type
    ) {
        let amount = Int(truncatingIfNeeded: d.immediate)
        let half: Lane.Wide = 1 << Lane.Wide(Lane.bitWidth - 1)
        switch operation {
        case .addLongSigned: long(d, type) { $1.signExtended &+ $2.signExtended }
        case .addLongUnsigned: long(d, type) { $1.wide &+ $2.wide }
        case .subtractLongSigned: long(d, type) { $1.signExtended &- $2.signExtended }
        case .subtractLongUnsigned: long(d, type) { $1.wide &- $2.wide }
        case .differenceLongSigned: long(d, type) { Lane.difference($1.signed, $2.signed).wide }
        case .differenceLongUnsigned: long(d, type) { Lane.difference($1, $2).wide }
        case .accumulateDifferenceLongSigned: long(d, type) { $0 &+ Lane.difference($1.signed, $2.signed).wide }
        case .accumulateDifferenceLongUnsigned: long(d, type) { $0 &+ Lane.difference($1, $2).wide }
        case .multiplyLongSigned: long(d, type) { $1.signExtended &* $2.signExtended }
        case .multiplyLongUnsigned: long(d, type) { $1.wide &* $2.wide }
        case .multiplyAddLongSigned: long(d, type) { $0 &+ $1.signExtended &* $2.signExtended }
        case .multiplyAddLongUnsigned: long(d, type) { $0 &+ $1.wide &* $2.wide }
        case .multiplySubtractLongSigned: long(d, type) { $0 &- $1.signExtended &* $2.signExtended }
        case .multiplySubtractLongUnsigned: long(d, type) { $0 &- $1.wide &* $2.wide }
        case .doublingMultiplyLong: long(d, type) { Lane.doublingProduct($1, $2) }
        case .doublingMultiplyAddLong:
            long(d, type) { Lane.Wide.saturatingAdd($0.signed, Lane.doublingProduct($1, $2).signed) }
        case .doublingMultiplySubtractLong:
            long(d, type) { Lane.Wide.saturatingSubtract($0.signed, Lane.doublingProduct($1, $2).signed) }
        case .polynomialMultiplyLong: long(d, type) { Lane.polynomialProduct($1, $2) }
        case .addWideSigned: wide(d, type) { $0 &+ $1.signExtended }
        case .addWideUnsigned: wide(d, type) { $0 &+ $1.wide }
        case .subtractWideSigned: wide(d, type) { $0 &- $1.signExtended }
        case .subtractWideUnsigned: wide(d, type) { $0 &- $1.wide }
        case .addHighNarrow: highNarrow(d, type) { $0 &+ $1 }
        case .roundingAddHighNarrow: highNarrow(d, type) { $0 &+ $1 &+ half }
        case .subtractHighNarrow: highNarrow(d, type) { $0 &- $1 }
        case .roundingSubtractHighNarrow: highNarrow(d, type) { $0 &- $1 &+ half }
        case .shiftLeftLongSigned: lengthen(d, type) { $0.signExtended << amount }
        case .shiftLeftLongUnsigned: lengthen(d, type) { $0.wide << amount }
        case .addPairsLongSigned: pairs(d, type) { $1.signExtended &+ $2.signExtended }
        case .addPairsLongUnsigned: pairs(d, type) { $1.wide &+ $2.wide }
        case .accumulatePairsLongSigned: pairs(d, type) { $0 &+ $1.signExtended &+ $2.signExtended }
        case .accumulatePairsLongUnsigned: pairs(d, type) { $0 &+ $1.wide &+ $2.wide }
        case .addAcrossLongSigned: sumAcross(d, type) { $0.signExtended }
        case .addAcrossLongUnsigned: sumAcross(d, type) { $0.wide }
        case .narrow: narrow(d, type) { Lane(narrowing: $0 >> amount) }
        case .roundingNarrow: narrow(d, type) { Lane(narrowing: Lane.Wide.roundingShiftRight($0, amount)) }
        case .saturatingNarrowSigned: narrow(d, type) { Lane.saturated($0.signed >> amount) }
        case .saturatingNarrowUnsigned: narrow(d, type) { Lane.saturated($0 >> amount) }
        case .saturatingNarrowSignedToUnsigned: narrow(d, type) { Lane.unsignedSaturated($0.signed >> amount) }
        case .saturatingRoundingNarrowSigned:
            narrow(d, type) { Lane.saturated(Lane.Wide.roundingShiftRight($0.signed, amount)) }
        case .saturatingRoundingNarrowUnsigned:
            narrow(d, type) { Lane.saturated(Lane.Wide.roundingShiftRight($0, amount)) }
        case .saturatingRoundingNarrowSignedToUnsigned:
            narrow(d, type) { Lane.unsignedSaturated(Lane.Wide.roundingShiftRight($0.signed, amount)) }
        case .dotProductSigned, .dotProductUnsigned: break
        }
    }
}
