/// Advanced SIMD with one source register.
/// Arm ARM section C4.1 (data processing, scalar floating-point and advanced SIMD).
extension Decoder {
    // MARK: Two registers

    func twoRegisterMiscellaneous(isScalar: Bool) -> DecodedInstruction {
        let opcode = word.bits(16, 12)
        let arrangement = arrangement(size, isScalar: isScalar)
        /// An operation on integers; of doublewords only in 128 bits.
        func integer(
            _ operation: LaneOperation,
            _ sizes: LaneSizes,
            _ scalarSizes: LaneSizes = [],
            accumulates: Bool = false
        ) -> DecodedInstruction {
            guard (isScalar ? scalarSizes : sizes).contains(sizeLog2: size), isScalar || is128 || size < 3 else {
                return .unallocated
            }
            let roles: OperandRoles = accumulates ? [.readsVd, .readsVn] : .readsVn
            return decoded(.lanes(operation), arrangement: arrangement, roles)
        }
        func resizing(_ operation: ResizingOperation, accumulates: Bool = false) -> DecodedInstruction {
            guard size < 3, !isScalar else { return .unallocated }
            let shift: UInt64 = opcode == 0b10011 ? 8 << UInt64(size) : 0
            let roles: OperandRoles = accumulates ? [.readsVd, .readsVn] : .readsVn
            return decoded(.resizing(operation), arrangement: arrangement, immediate: shift, roles)
        }
        /// The immediate shift of zero bits makes the plain narrowing.
        func narrowing(_ operation: ResizingOperation, isScalarToo: Bool) -> DecodedInstruction {
            guard size < 3, !isScalar || isScalarToo else { return .unallocated }
            let roles: OperandRoles = !isScalar && is128 ? [.readsVd, .readsVn] : .readsVn
            return decoded(.resizing(operation), arrangement: arrangement, roles)
        }
        func reverse(containerLog2: UInt32) -> DecodedInstruction {
            guard size < containerLog2, !isScalar else { return .unallocated }
            return decoded(
                .vector(.reverseLanes),
                arrangement: arrangement,
                immediate: UInt64(containerLog2),
                .readsVn
            )
        }
        func bytes(_ operation: VectorOperation) -> DecodedInstruction {
            isScalar ? .unallocated : decoded(.vector(operation), arrangement: self.arrangement(0), .readsVn)
        }

        switch (opcode, isUnsigned) {
        case (0b00000, false): return reverse(containerLog2: 3)
        case (0b00000, true): return reverse(containerLog2: 2)
        case (0b00001, false): return reverse(containerLog2: 1)
        case (0b00010, false): return resizingPairs(.addPairsLongSigned, isScalar: isScalar, accumulates: false)
        case (0b00010, true): return resizingPairs(.addPairsLongUnsigned, isScalar: isScalar, accumulates: false)
        case (0b00110, false): return resizingPairs(.accumulatePairsLongSigned, isScalar: isScalar, accumulates: true)
        case (0b00110, true): return resizingPairs(.accumulatePairsLongUnsigned, isScalar: isScalar, accumulates: true)
        case (0b00011, false): return integer(.accumulateUnsignedIntoSigned, .all, .all, accumulates: true)
        case (0b00011, true): return integer(.accumulateSignedIntoUnsigned, .all, .all, accumulates: true)
        case (0b00100, false): return integer(.countLeadingSigns, .upTo32)
        case (0b00100, true): return integer(.countLeadingZeros, .upTo32)
        case (0b00101, false): return size == 0 ? bytes(.countBits8) : .unallocated
        case (0b00101, true):
            return size == 0 ? bytes(.not) : size == 1 ? bytes(.reverseBits8) : .unallocated
        case (0b00111, false): return integer(.saturatingAbsolute, .all, .all)
        case (0b00111, true): return integer(.saturatingNegate, .all, .all)
        case (0b01000, false): return integer(.compareGreaterZero, .all, .doublewords)
        case (0b01000, true): return integer(.compareGreaterEqualZero, .all, .doublewords)
        case (0b01001, false): return integer(.compareEqualZero, .all, .doublewords)
        case (0b01001, true): return integer(.compareLessEqualZero, .all, .doublewords)
        case (0b01010, false): return integer(.compareLessZero, .all, .doublewords)
        case (0b01011, false): return integer(.absolute, .all, .doublewords)
        case (0b01011, true): return integer(.negate, .all, .doublewords)
        case (0b10010, false): return narrowing(.narrow, isScalarToo: false)
        case (0b10010, true): return narrowing(.saturatingNarrowSignedToUnsigned, isScalarToo: true)
        case (0b10011, true): return resizing(.shiftLeftLongUnsigned)
        case (0b10100, false): return narrowing(.saturatingNarrowSigned, isScalarToo: true)
        case (0b10100, true): return narrowing(.saturatingNarrowUnsigned, isScalarToo: true)
        default: return floatMiscellaneous(isScalar: isScalar)
        }
    }

    private func resizingPairs(_ operation: ResizingOperation, isScalar: Bool, accumulates: Bool) -> DecodedInstruction
    {
        guard size < 3, !isScalar else { return .unallocated }
        let roles: OperandRoles = accumulates ? [.readsVd, .readsVn] : .readsVn
        return decoded(.resizing(operation), arrangement: arrangement(size), roles)
    }

    private func floatMiscellaneous(isScalar: Bool) -> DecodedInstruction {
        let sizeLog2 = 2 + word.bits(22, 22)
        let arrangement = arrangement(sizeLog2, isScalar: isScalar)
        func float(
            _ operation: FloatLaneOperation,
            isScalarToo: Bool = false,
            isVectorToo: Bool = true,
            rounding: FloatRounding = .nearestEven,
            immediate: UInt64 = 0
        ) -> DecodedInstruction {
            guard isScalar ? isScalarToo : isVectorToo && (is128 || sizeLog2 == 2) else { return .unallocated }
            return decoded(
                .floatLanes(operation),
                arrangement: arrangement,
                rm: rounding.rawValue,
                immediate: immediate,
                .readsVn
            )
        }
        func round(_ rounding: FloatRounding) -> DecodedInstruction {
            float(.round, immediate: UInt64(rounding.rawValue))
        }
        func toInteger(_ rounding: FloatRounding) -> DecodedInstruction {
            float(isUnsigned ? .toUnsigned : .toSigned, isScalarToo: true, rounding: rounding)
        }
        func estimate(_ operation: LaneOperation) -> DecodedInstruction {
            guard !isScalar, sizeLog2 == 2 else { return .unallocated }
            return decoded(.lanes(operation), arrangement: arrangement, .readsVn)
        }
        /// Narrowing into the upper half keeps the lower.
        func resizing(_ operation: FloatLaneOperation) -> DecodedInstruction {
            let keepsLowHalf = !isScalar && is128 && operation != .lengthen
            return decoded(
                .floatLanes(operation),
                arrangement: arrangement,
                keepsLowHalf ? [.readsVd, .readsVn] : .readsVn
            )
        }
        switch (word.bits(16, 12), isUnsigned, word.bit(23)) {
        case (0b01100, false, true): return float(.compareGreaterZero, isScalarToo: true)
        case (0b01100, true, true): return float(.compareGreaterEqualZero, isScalarToo: true)
        case (0b01101, false, true): return float(.compareEqualZero, isScalarToo: true)
        case (0b01101, true, true): return float(.compareLessEqualZero, isScalarToo: true)
        case (0b01110, false, true): return float(.compareLessZero, isScalarToo: true)
        case (0b01111, false, true): return float(.absolute)
        case (0b01111, true, true): return float(.negate)
        case (0b10110, false, false): return isScalar ? .unallocated : resizing(.narrow)
        case (0b10110, true, false): return sizeLog2 == 3 ? resizing(.narrowToOdd) : .unallocated
        case (0b10111, false, false): return isScalar ? .unallocated : resizing(.lengthen)
        case (0b11000, false, false): return round(.nearestEven)
        case (0b11000, false, true): return round(.up)
        case (0b11000, true, false): return round(.nearestAway)
        case (0b11001, false, false): return round(.down)
        case (0b11001, false, true): return round(.towardZero)
        // frintx and frinti, which use the rounding of the default FPCR.
        case (0b11001, true, _): return round(.nearestEven)
        case (0b11010, _, false): return toInteger(.nearestEven)
        case (0b11010, _, true): return toInteger(.up)
        case (0b11011, _, false): return toInteger(.down)
        case (0b11011, _, true): return toInteger(.towardZero)
        case (0b11100, _, false): return toInteger(.nearestAway)
        case (0b11100, false, true): return estimate(.reciprocalEstimate)
        case (0b11100, true, true): return estimate(.reciprocalSquareRootEstimate)
        case (0b11101, false, false): return float(.fromSigned, isScalarToo: true)
        case (0b11101, true, false): return float(.fromUnsigned, isScalarToo: true)
        case (0b11101, false, true): return float(.reciprocalEstimate, isScalarToo: true)
        case (0b11101, true, true): return float(.reciprocalSquareRootEstimate, isScalarToo: true)
        case (0b11111, false, true): return float(.reciprocalExponent, isScalarToo: true, isVectorToo: false)
        case (0b11111, true, true): return float(.squareRoot)
        default: return .unallocated
        }
    }

    // MARK: Across lanes and pairs

    func acrossLanes() -> DecodedInstruction {
        let operation: DecodedOperation
        switch (word.bits(16, 12), isUnsigned) {
        case (0b00011, false): operation = .resizing(.addAcrossLongSigned)
        case (0b00011, true): operation = .resizing(.addAcrossLongUnsigned)
        case (0b01010, false): operation = .lanes(.maximumAcrossSigned)
        case (0b01010, true): operation = .lanes(.maximumAcrossUnsigned)
        case (0b11010, false): operation = .lanes(.minimumAcrossSigned)
        case (0b11010, true): operation = .lanes(.minimumAcrossUnsigned)
        case (0b11011, false): operation = .lanes(.addAcross)
        case (0b01100, true), (0b01111, true): return floatAcrossLanes()
        default: return .unallocated
        }
        guard size < 2 || (size == 2 && is128) else { return .unallocated }
        return decoded(operation, arrangement: arrangement(size), .readsVn)
    }

    private func floatAcrossLanes() -> DecodedInstruction {
        guard is128, !word.bit(22) else { return .unallocated }
        let operation: FloatLaneOperation =
            switch (word.bits(16, 12), word.bit(23)) {
            case (0b01100, false): .maximumNumberAcross
            case (0b01100, true): .minimumNumberAcross
            case (_, false): .maximumAcross
            case (_, true): .minimumAcross
            }
        return decoded(.floatLanes(operation), arrangement: arrangement(2), .readsVn)
    }

    func scalarPairwise() -> DecodedInstruction {
        let opcode = word.bits(16, 12)
        guard isUnsigned else {
            guard opcode == 0b11011, size == 3 else { return .unallocated }
            return decoded(.lanes(.addPairwise), arrangement: arrangement(3, isScalar: true), .readsVn)
        }
        let operation: FloatLaneOperation
        switch (opcode, word.bit(23)) {
        case (0b01100, false): operation = .maximumNumberPairwise
        case (0b01100, true): operation = .minimumNumberPairwise
        case (0b01101, false): operation = .addPairwise
        case (0b01111, false): operation = .maximumPairwise
        case (0b01111, true): operation = .minimumPairwise
        default: return .unallocated
        }
        let arrangement = arrangement(2 + word.bits(22, 22), isScalar: true)
        return decoded(.floatLanes(operation), arrangement: arrangement, .readsVn)
    }

    // MARK: Shifts by an immediate

    /// The highest bit of field immh tells the size of the lanes; with immb it counts from one size to twice the size.
    func shiftImmediate(isScalar: Bool) -> DecodedInstruction {
        let immh = word.bits(22, 19)
        guard immh != 0 else { return .unallocated }
        let sizeLog2 = UInt32(31 - immh.leadingZeroBitCount)
        let value = UInt64(word.bits(22, 16))
        let bits: UInt64 = 8 << UInt64(sizeLog2)
        let right = 2 * bits - value
        let left = value - bits
        func same(_ operation: LaneOperation, _ amount: UInt64, anyScalar: Bool = false, accumulates: Bool = false)
            -> DecodedInstruction
        {
            guard isScalar ? anyScalar || sizeLog2 == 3 : is128 || sizeLog2 < 3 else { return .unallocated }
            let roles: OperandRoles = accumulates ? [.readsVd, .readsVn] : .readsVn
            let arrangement = arrangement(sizeLog2, isScalar: isScalar)
            return decoded(.lanes(operation), arrangement: arrangement, immediate: amount, roles)
        }
        func narrowing(_ operation: ResizingOperation, isScalarToo: Bool) -> DecodedInstruction {
            guard sizeLog2 < 3, !isScalar || isScalarToo else { return .unallocated }
            let roles: OperandRoles = !isScalar && is128 ? [.readsVd, .readsVn] : .readsVn
            let arrangement = arrangement(sizeLog2, isScalar: isScalar)
            return decoded(.resizing(operation), arrangement: arrangement, immediate: right, roles)
        }
        func conversion(_ operation: FloatLaneOperation) -> DecodedInstruction {
            guard sizeLog2 >= 2, isScalar || is128 || sizeLog2 == 2 else { return .unallocated }
            return decoded(
                .floatLanes(operation),
                arrangement: arrangement(sizeLog2, isScalar: isScalar),
                rm: FloatRounding.towardZero.rawValue,
                immediate: right,
                .readsVn
            )
        }
        switch (word.bits(15, 11), isUnsigned) {
        case (0b00000, false): return same(.shiftRightSigned, right)
        case (0b00000, true): return same(.shiftRightUnsigned, right)
        case (0b00010, false): return same(.accumulateShiftRightSigned, right, accumulates: true)
        case (0b00010, true): return same(.accumulateShiftRightUnsigned, right, accumulates: true)
        case (0b00100, false): return same(.roundingShiftRightSigned, right)
        case (0b00100, true): return same(.roundingShiftRightUnsigned, right)
        case (0b00110, false): return same(.accumulateRoundingShiftRightSigned, right, accumulates: true)
        case (0b00110, true): return same(.accumulateRoundingShiftRightUnsigned, right, accumulates: true)
        case (0b01000, true): return same(.shiftRightInsert, right, accumulates: true)
        case (0b01010, false): return same(.shiftLeftImmediate, left)
        case (0b01010, true): return same(.shiftLeftInsert, left, accumulates: true)
        case (0b01100, true): return same(.saturatingShiftLeftSignedToUnsigned, left, anyScalar: true)
        case (0b01110, false): return same(.saturatingShiftLeftSigned, left, anyScalar: true)
        case (0b01110, true): return same(.saturatingShiftLeftUnsigned, left, anyScalar: true)
        case (0b10000, false): return narrowing(.narrow, isScalarToo: false)
        case (0b10000, true): return narrowing(.saturatingNarrowSignedToUnsigned, isScalarToo: true)
        case (0b10001, false): return narrowing(.roundingNarrow, isScalarToo: false)
        case (0b10001, true): return narrowing(.saturatingRoundingNarrowSignedToUnsigned, isScalarToo: true)
        case (0b10010, false): return narrowing(.saturatingNarrowSigned, isScalarToo: true)
        case (0b10010, true): return narrowing(.saturatingNarrowUnsigned, isScalarToo: true)
        case (0b10011, false): return narrowing(.saturatingRoundingNarrowSigned, isScalarToo: true)
        case (0b10011, true): return narrowing(.saturatingRoundingNarrowUnsigned, isScalarToo: true)
        case (0b10100, _):
            guard sizeLog2 < 3, !isScalar else { return .unallocated }
            return decoded(
                .resizing(isUnsigned ? .shiftLeftLongUnsigned : .shiftLeftLongSigned),
                arrangement: arrangement(sizeLog2),
                immediate: left,
                .readsVn
            )
        case (0b11100, false): return conversion(.fromSigned)
        case (0b11100, true): return conversion(.fromUnsigned)
        case (0b11111, false): return conversion(.toSigned)
        case (0b11111, true): return conversion(.toUnsigned)
        default: return .unallocated
        }
    }
}
