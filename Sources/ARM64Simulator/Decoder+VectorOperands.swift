/// Advanced SIMD with two source registers.
/// Arm ARM section C4.1 (data processing, scalar floating-point and advanced SIMD).
extension Decoder {
    // MARK: Three registers of the same arrangement

    func threeSame(isScalar: Bool) -> DecodedInstruction {
        let opcode = word.bits(15, 11)
        if opcode >= 0b11000 { return threeSameFloat(isScalar: isScalar) }
        if opcode == 0b00011 { return isScalar ? .unallocated : logical() }
        guard let row = Self.threeSameRow(isUnsigned: isUnsigned, opcode: opcode),
            (isScalar ? row.scalarSizes : row.sizes).contains(sizeLog2: size),
            isScalar || is128 || size < 3
        else { return .unallocated }
        return decoded(
            .lanes(row.operation),
            arrangement: arrangement(size, isScalar: isScalar),
            rm: rm,
            row.accumulates ? [.readsVd, .readsVn, .readsVm] : [.readsVn, .readsVm]
        )
    }

    private func logical() -> DecodedInstruction {
        let operation: VectorOperation =
            switch (isUnsigned, size) {
            case (false, 0): .and
            case (false, 1): .bic
            case (false, 2): .orr
            case (false, _): .orn
            case (true, 0): .eor
            case (true, 1): .bsl
            case (true, 2): .bit
            case (true, _): .bif
            }
        var roles: OperandRoles = [.readsVn, .readsVm]
        if isUnsigned && size != 0 { roles.insert(.readsVd) }
        return decoded(.vector(operation), arrangement: arrangement(0), rm: rm, roles)
    }

    private struct LaneRow {
        var operation: LaneOperation
        var sizes: LaneSizes
        var scalarSizes: LaneSizes
        var accumulates = false

        init(_ operation: LaneOperation, _ sizes: LaneSizes, _ scalarSizes: LaneSizes = [], accumulates: Bool = false) {
            self.operation = operation
            self.sizes = sizes
            self.scalarSizes = scalarSizes
            self.accumulates = accumulates
        }
    }

    private static func threeSameRow(isUnsigned: Bool, opcode: UInt32) -> LaneRow? {
        switch (opcode, isUnsigned) {
        case (0b00000, false): LaneRow(.halvingAddSigned, .upTo32)
        case (0b00000, true): LaneRow(.halvingAddUnsigned, .upTo32)
        case (0b00001, false): LaneRow(.saturatingAddSigned, .all, .all)
        case (0b00001, true): LaneRow(.saturatingAddUnsigned, .all, .all)
        case (0b00010, false): LaneRow(.roundingHalvingAddSigned, .upTo32)
        case (0b00010, true): LaneRow(.roundingHalvingAddUnsigned, .upTo32)
        case (0b00100, false): LaneRow(.halvingSubtractSigned, .upTo32)
        case (0b00100, true): LaneRow(.halvingSubtractUnsigned, .upTo32)
        case (0b00101, false): LaneRow(.saturatingSubtractSigned, .all, .all)
        case (0b00101, true): LaneRow(.saturatingSubtractUnsigned, .all, .all)
        case (0b00110, false): LaneRow(.compareGreaterSigned, .all, .doublewords)
        case (0b00110, true): LaneRow(.compareGreaterUnsigned, .all, .doublewords)
        case (0b00111, false): LaneRow(.compareGreaterEqualSigned, .all, .doublewords)
        case (0b00111, true): LaneRow(.compareGreaterEqualUnsigned, .all, .doublewords)
        case (0b01000, false): LaneRow(.shiftSigned, .all, .doublewords)
        case (0b01000, true): LaneRow(.shiftUnsigned, .all, .doublewords)
        case (0b01001, false): LaneRow(.saturatingShiftSigned, .all, .all)
        case (0b01001, true): LaneRow(.saturatingShiftUnsigned, .all, .all)
        case (0b01010, false): LaneRow(.roundingShiftSigned, .all, .doublewords)
        case (0b01010, true): LaneRow(.roundingShiftUnsigned, .all, .doublewords)
        case (0b01011, false): LaneRow(.saturatingRoundingShiftSigned, .all, .all)
        case (0b01011, true): LaneRow(.saturatingRoundingShiftUnsigned, .all, .all)
        case (0b01100, false): LaneRow(.maximumSigned, .upTo32)
        case (0b01100, true): LaneRow(.maximumUnsigned, .upTo32)
        case (0b01101, false): LaneRow(.minimumSigned, .upTo32)
        case (0b01101, true): LaneRow(.minimumUnsigned, .upTo32)
        case (0b01110, false): LaneRow(.differenceSigned, .upTo32)
        case (0b01110, true): LaneRow(.differenceUnsigned, .upTo32)
        case (0b01111, false): LaneRow(.accumulateDifferenceSigned, .upTo32, accumulates: true)
        case (0b01111, true): LaneRow(.accumulateDifferenceUnsigned, .upTo32, accumulates: true)
        case (0b10000, false): LaneRow(.add, .all, .doublewords)
        case (0b10000, true): LaneRow(.subtract, .all, .doublewords)
        case (0b10001, false): LaneRow(.compareTest, .all, .doublewords)
        case (0b10001, true): LaneRow(.compareEqual, .all, .doublewords)
        case (0b10010, false): LaneRow(.multiplyAdd, .upTo32, accumulates: true)
        case (0b10010, true): LaneRow(.multiplySubtract, .upTo32, accumulates: true)
        case (0b10011, false): LaneRow(.multiply, .upTo32)
        case (0b10011, true): LaneRow(.polynomialMultiply, .bytes)
        case (0b10100, false): LaneRow(.maximumPairwiseSigned, .upTo32)
        case (0b10100, true): LaneRow(.maximumPairwiseUnsigned, .upTo32)
        case (0b10101, false): LaneRow(.minimumPairwiseSigned, .upTo32)
        case (0b10101, true): LaneRow(.minimumPairwiseUnsigned, .upTo32)
        case (0b10110, false): LaneRow(.doublingMultiplyHigh, [.halfwords, .words], [.halfwords, .words])
        case (0b10110, true): LaneRow(.roundingDoublingMultiplyHigh, [.halfwords, .words], [.halfwords, .words])
        case (0b10111, false): LaneRow(.addPairwise, .all)
        default: nil
        }
    }

    private func threeSameFloat(isScalar: Bool) -> DecodedInstruction {
        let row: (operation: FloatLaneOperation, isScalarToo: Bool)
        switch (word.bits(15, 11), isUnsigned, word.bit(23)) {
        case (0b11000, false, false): row = (.maximumNumber, false)
        case (0b11000, false, true): row = (.minimumNumber, false)
        case (0b11000, true, false): row = (.maximumNumberPairwise, false)
        case (0b11000, true, true): row = (.minimumNumberPairwise, false)
        case (0b11001, false, false): row = (.multiplyAdd, false)
        case (0b11001, false, true): row = (.multiplySubtract, false)
        case (0b11010, false, false): row = (.add, false)
        case (0b11010, false, true): row = (.subtract, false)
        case (0b11010, true, false): row = (.addPairwise, false)
        case (0b11010, true, true): row = (.difference, true)
        case (0b11011, false, false): row = (.multiplyExtended, true)
        case (0b11011, true, false): row = (.multiply, false)
        case (0b11100, false, false): row = (.compareEqual, true)
        case (0b11100, true, false): row = (.compareGreaterEqual, true)
        case (0b11100, true, true): row = (.compareGreater, true)
        case (0b11101, true, false): row = (.compareAbsoluteGreaterEqual, true)
        case (0b11101, true, true): row = (.compareAbsoluteGreater, true)
        case (0b11110, false, false): row = (.maximum, false)
        case (0b11110, false, true): row = (.minimum, false)
        case (0b11110, true, false): row = (.maximumPairwise, false)
        case (0b11110, true, true): row = (.minimumPairwise, false)
        case (0b11111, false, false): row = (.reciprocalStep, true)
        case (0b11111, false, true): row = (.reciprocalSquareRootStep, true)
        case (0b11111, true, false): row = (.divide, false)
        default: return .unallocated
        }
        guard isScalar ? row.isScalarToo : is128 || !word.bit(22) else { return .unallocated }
        let accumulates = row.operation == .multiplyAdd || row.operation == .multiplySubtract
        return decoded(
            .floatLanes(row.operation),
            arrangement: arrangement(2 + word.bits(22, 22), isScalar: isScalar),
            rm: rm,
            accumulates ? [.readsVd, .readsVn, .readsVm] : [.readsVn, .readsVm]
        )
    }

    /// Of these only the dot products (FEAT_DotProd).
    func threeSameExtra() -> DecodedInstruction {
        guard word.bits(14, 11) == 0b0010, size == 2 else { return .unallocated }
        return decoded(
            .resizing(isUnsigned ? .dotProductUnsigned : .dotProductSigned),
            arrangement: arrangement(2),
            rm: rm,
            [.readsVd, .readsVn, .readsVm]
        )
    }

    // MARK: Three registers of different arrangements

    func threeDifferent(isScalar: Bool) -> DecodedInstruction {
        let operation: ResizingOperation
        switch (word.bits(15, 12), isUnsigned) {
        case (0b0000, false): operation = .addLongSigned
        case (0b0000, true): operation = .addLongUnsigned
        case (0b0001, false): operation = .addWideSigned
        case (0b0001, true): operation = .addWideUnsigned
        case (0b0010, false): operation = .subtractLongSigned
        case (0b0010, true): operation = .subtractLongUnsigned
        case (0b0011, false): operation = .subtractWideSigned
        case (0b0011, true): operation = .subtractWideUnsigned
        case (0b0100, false): operation = .addHighNarrow
        case (0b0100, true): operation = .roundingAddHighNarrow
        case (0b0101, false): operation = .accumulateDifferenceLongSigned
        case (0b0101, true): operation = .accumulateDifferenceLongUnsigned
        case (0b0110, false): operation = .subtractHighNarrow
        case (0b0110, true): operation = .roundingSubtractHighNarrow
        case (0b0111, false): operation = .differenceLongSigned
        case (0b0111, true): operation = .differenceLongUnsigned
        case (0b1000, false): operation = .multiplyAddLongSigned
        case (0b1000, true): operation = .multiplyAddLongUnsigned
        case (0b1001, false): operation = .doublingMultiplyAddLong
        case (0b1010, false): operation = .multiplySubtractLongSigned
        case (0b1010, true): operation = .multiplySubtractLongUnsigned
        case (0b1011, false): operation = .doublingMultiplySubtractLong
        case (0b1100, false): operation = .multiplyLongSigned
        case (0b1100, true): operation = .multiplyLongUnsigned
        case (0b1101, false): operation = .doublingMultiplyLong
        case (0b1110, false) where size == 0: operation = .polynomialMultiplyLong
        default: return .unallocated
        }
        let isDoubling = Self.isDoubling(operation)
        guard size < 3, !isDoubling || size > 0, !isScalar || isDoubling else { return .unallocated }
        return decoded(
            .resizing(operation),
            arrangement: arrangement(size, isScalar: isScalar),
            rm: rm,
            roles(of: operation)
        )
    }

    private static func isDoubling(_ operation: ResizingOperation) -> Bool {
        operation == .doublingMultiplyLong || operation == .doublingMultiplyAddLong
            || operation == .doublingMultiplySubtractLong
    }

    /// Accumulating operations and those that write the upper half alone read the destination.
    private func roles(of operation: ResizingOperation) -> OperandRoles {
        var roles: OperandRoles = [.readsVn, .readsVm]
        switch word.bits(15, 12) {
        case 0b0100, 0b0110:
            if is128 { roles.insert(.readsVd) }
        case 0b0101, 0b1000, 0b1001, 0b1010, 0b1011:
            roles.insert(.readsVd)
        default:
            break
        }
        return roles
    }

    // MARK: By element

    func byElement(isScalar: Bool) -> DecodedInstruction {
        let opcode = word.bits(15, 12)
        let (h, l, m) = (word.bits(11, 11), word.bits(21, 21), word.bits(20, 20))
        let operation: DecodedOperation
        var accumulates = false
        var isScalarToo = false
        switch (opcode, isUnsigned) {
        case (0b0001, false), (0b0101, false), (0b1001, _):
            return floatByElement(isScalar: isScalar)
        case (0b0000, true): (operation, accumulates) = (.lanes(.multiplyAdd), true)
        case (0b0100, true): (operation, accumulates) = (.lanes(.multiplySubtract), true)
        case (0b1000, false): operation = .lanes(.multiply)
        case (0b1100, false): (operation, isScalarToo) = (.lanes(.doublingMultiplyHigh), true)
        case (0b1101, false): (operation, isScalarToo) = (.lanes(.roundingDoublingMultiplyHigh), true)
        case (0b0010, false): (operation, accumulates) = (.resizing(.multiplyAddLongSigned), true)
        case (0b0010, true): (operation, accumulates) = (.resizing(.multiplyAddLongUnsigned), true)
        case (0b0110, false): (operation, accumulates) = (.resizing(.multiplySubtractLongSigned), true)
        case (0b0110, true): (operation, accumulates) = (.resizing(.multiplySubtractLongUnsigned), true)
        case (0b1010, false): operation = .resizing(.multiplyLongSigned)
        case (0b1010, true): operation = .resizing(.multiplyLongUnsigned)
        case (0b0011, false):
            (operation, accumulates, isScalarToo) = (.resizing(.doublingMultiplyAddLong), true, true)
        case (0b0111, false):
            (operation, accumulates, isScalarToo) = (.resizing(.doublingMultiplySubtractLong), true, true)
        case (0b1011, false): (operation, isScalarToo) = (.resizing(.doublingMultiplyLong), true)
        case (0b1110, false) where size == 2: (operation, accumulates) = (.resizing(.dotProductSigned), true)
        case (0b1110, true) where size == 2: (operation, accumulates) = (.resizing(.dotProductUnsigned), true)
        default: return .unallocated
        }
        guard size == 1 || size == 2, !isScalar || isScalarToo else { return .unallocated }
        // Of halfwords only v0 to v15 can be named.
        let index = size == 1 ? h << 2 | l << 1 | m : h << 1 | l
        return decoded(
            operation,
            arrangement: arrangement(size, isScalar: isScalar, isByElement: true),
            rm: size == 1 ? rm & 15 : rm,
            immediate: UInt64(index),
            accumulates ? [.readsVd, .readsVn, .readsVm] : [.readsVn, .readsVm]
        )
    }

    private func floatByElement(isScalar: Bool) -> DecodedInstruction {
        let (h, l) = (word.bits(11, 11), word.bits(21, 21))
        guard size >= 2, size == 2 || (l == 0 && (isScalar || is128)) else { return .unallocated }
        let operation: FloatLaneOperation
        switch (word.bits(15, 12), isUnsigned) {
        case (0b0001, false): operation = .multiplyAdd
        case (0b0101, false): operation = .multiplySubtract
        case (_, false): operation = .multiply
        case (_, true): operation = .multiplyExtended
        }
        return decoded(
            .floatLanes(operation),
            arrangement: arrangement(size, isScalar: isScalar, isByElement: true),
            rm: rm,
            immediate: UInt64(size == 2 ? h << 1 | l : h),
            word.bits(15, 12) == 0b1001 ? [.readsVn, .readsVm] : [.readsVd, .readsVn, .readsVm]
        )
    }
}
