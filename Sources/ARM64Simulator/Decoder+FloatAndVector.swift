/// Scalar floating point and advanced SIMD.
/// Arm ARM section C4.1 (data processing, scalar floating-point and advanced SIMD).
extension Decoder {
    func floatAndVector() -> DecodedInstruction {
        if !word.bit(28) { return word.bit(31) ? .unallocated : vector() }
        if word.bit(30) { return word.bit(31) ? .unallocated : scalarVector() }
        guard !word.bit(29) else { return .unallocated }
        if word.bit(24) { return word.bit(31) ? .unallocated : floatThreeSource() }
        if !word.bit(21) { return fixedPointConversion() }
        if word.bits(15, 10) == 0 { return integerConversion() }
        guard !word.bit(31) else { return .unallocated }
        if word.bits(14, 10) == 0b10000 { return floatOneSource() }
        if word.bits(13, 10) == 0b1000 { return floatCompare() }
        if word.bits(12, 10) == 0b100 { return floatImmediate() }
        switch word.bits(11, 10) {
        case 0b01: return floatConditionalCompare()
        case 0b10: return floatTwoSource()
        case 0b11: return floatSelect()
        default: return .unallocated
        }
    }

    private func pick(_ if32: FloatOperation, _ if64: FloatOperation) -> FloatOperation? {
        switch word.bits(23, 22) {
        case 0: if32
        case 1: if64
        default: nil
        }
    }

    private func decoded(
        _ operation: FloatOperation?,
        ra: UInt8 = 0,
        immediate: UInt64 = 0,
        _ roles: OperandRoles
    ) -> DecodedInstruction {
        guard let operation else { return .unallocated }
        return DecodedInstruction(
            .float(operation),
            rd: rt,
            rn: rn,
            rm: rm,
            ra: ra,
            immediate: immediate,
            roles: roles
        )
    }

    private func floatThreeSource() -> DecodedInstruction {
        let operation =
            switch (word.bit(21), word.bit(15)) {
            case (false, false): pick(.multiplyAdd32, .multiplyAdd64)
            case (false, true): pick(.multiplySubtract32, .multiplySubtract64)
            case (true, false): pick(.negatedMultiplyAdd32, .negatedMultiplyAdd64)
            case (true, true): pick(.negatedMultiplySubtract32, .negatedMultiplySubtract64)
            }
        return decoded(operation, ra: ra, [.readsVn, .readsVm, .readsVa, .writesVd])
    }

    private func floatTwoSource() -> DecodedInstruction {
        let operation: FloatOperation? =
            switch word.bits(15, 12) {
            case 0: pick(.multiply32, .multiply64)
            case 1: pick(.divide32, .divide64)
            case 2: pick(.add32, .add64)
            case 3: pick(.subtract32, .subtract64)
            case 4: pick(.maximum32, .maximum64)
            case 5: pick(.minimum32, .minimum64)
            case 6: pick(.maximumNumber32, .maximumNumber64)
            case 7: pick(.minimumNumber32, .minimumNumber64)
            case 8: pick(.negatedMultiply32, .negatedMultiply64)
            default: nil
            }
        return decoded(operation, [.readsVn, .readsVm, .writesVd])
    }

    private func floatOneSource() -> DecodedInstruction {
        var rounding = FloatRounding.nearestEven
        let operation: FloatOperation?
        switch word.bits(20, 15) {
        case 0b000000: operation = pick(.move32, .move64)
        case 0b000001: operation = pick(.absolute32, .absolute64)
        case 0b000010: operation = pick(.negate32, .negate64)
        case 0b000011: operation = pick(.squareRoot32, .squareRoot64)
        case 0b000100 where word.bits(23, 22) == 3: operation = .convert16To32
        case 0b000101 where word.bits(23, 22) == 3: operation = .convert16To64
        case 0b000100: operation = word.bits(23, 22) == 1 ? .convert64To32 : nil
        case 0b000101: operation = word.bits(23, 22) == 0 ? .convert32To64 : nil
        case 0b000111: operation = pick(.convert32To16, .convert64To16)
        case 0b001001: (operation, rounding) = (pick(.round32, .round64), .up)
        case 0b001010: (operation, rounding) = (pick(.round32, .round64), .down)
        case 0b001011: (operation, rounding) = (pick(.round32, .round64), .towardZero)
        case 0b001100: (operation, rounding) = (pick(.round32, .round64), .nearestAway)
        // frintn, and frintx and frinti, which use the rounding of the default FPCR.
        case 0b001000, 0b001110, 0b001111: operation = pick(.round32, .round64)
        default: operation = nil
        }
        return decoded(operation, ra: rounding.rawValue, [.readsVn, .writesVd])
    }

    private func floatCompare() -> DecodedInstruction {
        guard word.bits(15, 14) == 0, word.bits(2, 0) == 0 else { return .unallocated }
        // Bit 4 tells fcmpe, which differs in the exceptions that quiet NaNs raise alone.
        guard word.bit(3) else { return decoded(pick(.compare32, .compare64), [.readsVn, .readsVm]) }
        return rm == 0 ? decoded(pick(.compareZero32, .compareZero64), .readsVn) : .unpredictable
    }

    private func floatImmediate() -> DecodedInstruction {
        guard word.bits(9, 5) == 0, word.bits(23, 22) < 2 else { return .unallocated }
        let bits = UInt8(word.bits(20, 13))
        let value = word.bit(22) ? Self.expandDouble(bits) : UInt64(Self.expandSingle(bits))
        return decoded(.moveImmediate, immediate: value, .writesVd)
    }

    /// The single that 8 bits of an immediate stand for. Arm ARM, VFPExpandImm.
    static func expandSingle(_ bits: UInt8) -> UInt32 {
        let exponent: UInt32 = bits & 0x40 != 0 ? 0x1f << 25 : 1 << 30
        return UInt32(bits & 0x80) << 24 | exponent | UInt32(bits & 0x3f) << 19
    }

    /// The double that 8 bits of an immediate stand for. Arm ARM, VFPExpandImm.
    static func expandDouble(_ bits: UInt8) -> UInt64 {
        let exponent: UInt64 = bits & 0x40 != 0 ? 0xff << 54 : 1 << 62
        return UInt64(bits & 0x80) << 56 | exponent | UInt64(bits & 0x3f) << 48
    }

    private func floatConditionalCompare() -> DecodedInstruction {
        decoded(
            pick(.compareConditional32, .compareConditional64),
            ra: UInt8(word.bits(15, 12)),
            immediate: UInt64(word.bits(3, 0)),
            [.readsVn, .readsVm]
        )
    }

    private func floatSelect() -> DecodedInstruction {
        decoded(pick(.select32, .select64), ra: UInt8(word.bits(15, 12)), [.readsVn, .readsVm, .writesVd])
    }

    // MARK: Conversions

    private func fixedPointConversion() -> DecodedInstruction {
        let scale = word.bits(15, 10)
        guard is64 || scale >= 32 else { return .unallocated }
        let fractionBits = UInt64(64 - scale)
        switch word.bits(20, 16) {
        case 0b00_010: return toFloat(isSigned: true, fractionBits)
        case 0b00_011: return toFloat(isSigned: false, fractionBits)
        case 0b11_000: return toInteger(isSigned: true, .towardZero, fractionBits)
        case 0b11_001: return toInteger(isSigned: false, .towardZero, fractionBits)
        default: return .unallocated
        }
    }

    private func integerConversion() -> DecodedInstruction {
        switch (word.bits(20, 19), word.bits(18, 16)) {
        case (0, 0b010): return toFloat(isSigned: true, 0)
        case (0, 0b011): return toFloat(isSigned: false, 0)
        case (0, 0b100): return toInteger(isSigned: true, .nearestAway, 0)
        case (0, 0b101): return toInteger(isSigned: false, .nearestAway, 0)
        case (let mode, 0b000), (let mode, 0b001):
            let rounding: FloatRounding =
                switch mode {
                case 0: .nearestEven
                case 1: .up
                case 2: .down
                default: .towardZero
                }
            return toInteger(isSigned: !word.bit(16), rounding, 0)
        case (let mode, 0b110), (let mode, 0b111):
            return moveGeneral(mode)
        default:
            return .unallocated
        }
    }

    private func moveGeneral(_ mode: UInt32) -> DecodedInstruction {
        let fromGeneral = word.bit(16)
        let operation: FloatOperation
        switch (is64, word.bits(23, 22), mode) {
        case (false, 0, 0): operation = fromGeneral ? .moveFromGeneral32 : .moveToGeneral32
        case (true, 1, 0): operation = fromGeneral ? .moveFromGeneral64 : .moveToGeneral64
        case (true, 2, 1): operation = fromGeneral ? .moveHighFromGeneral : .moveHighToGeneral
        default: return .unallocated
        }
        guard fromGeneral else {
            return DecodedInstruction(.float(operation), rd: rd, rn: rn, roles: [.readsVn, .writesRd])
        }
        let keepsLowHalf = operation == .moveHighFromGeneral
        return DecodedInstruction(
            .float(operation),
            rd: rt,
            rn: rn,
            roles: keepsLowHalf ? [.readsRn, .readsVd, .writesVd] : [.readsRn, .writesVd]
        )
    }

    private func toFloat(isSigned: Bool, _ fractionBits: UInt64) -> DecodedInstruction {
        let operation =
            switch (isSigned, is64) {
            case (true, false): pick(.signed32ToFloat32, .signed32ToFloat64)
            case (true, true): pick(.signed64ToFloat32, .signed64ToFloat64)
            case (false, false): pick(.unsigned32ToFloat32, .unsigned32ToFloat64)
            case (false, true): pick(.unsigned64ToFloat32, .unsigned64ToFloat64)
            }
        return decoded(operation, immediate: fractionBits, [.readsRn, .writesVd])
    }

    private func toInteger(isSigned: Bool, _ rounding: FloatRounding, _ fractionBits: UInt64) -> DecodedInstruction {
        let operation =
            switch (isSigned, is64) {
            case (true, false): pick(.float32ToSigned32, .float64ToSigned32)
            case (true, true): pick(.float32ToSigned64, .float64ToSigned64)
            case (false, false): pick(.float32ToUnsigned32, .float64ToUnsigned32)
            case (false, true): pick(.float32ToUnsigned64, .float64ToUnsigned64)
            }
        guard let operation else { return .unallocated }
        return DecodedInstruction(
            .float(operation),
            rd: rd,
            rn: rn,
            ra: rounding.rawValue,
            immediate: fractionBits,
            roles: [.readsVn, .writesRd]
        )
    }
}
