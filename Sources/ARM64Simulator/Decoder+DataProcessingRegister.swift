/// Data processing of registers.
/// Arm ARM section C4.1 (data processing, register).
extension Decoder {
    func dataProcessingRegister() -> DecodedInstruction {
        if !word.bit(28) {
            if !word.bit(24) { return logicalShifted() }
            return word.bit(21) ? addSubtractExtended() : addSubtractShifted()
        }
        switch word.bits(24, 21) {
        case 0b0000: return addSubtractCarry()
        case 0b0010: return conditionalCompare()
        case 0b0100: return conditionalSelect()
        case 0b0110: return word.bit(30) ? oneSource() : twoSource()
        case 0b1000...0b1111: return threeSource()
        default: return .unallocated
        }
    }

    private func pick(_ if32: IntegerOperation, _ if64: IntegerOperation) -> DecodedOperation {
        .integer(is64 ? if64 : if32)
    }

    private func logicalShifted() -> DecodedInstruction {
        let amount = word.bits(15, 10)
        guard is64 || amount < 32 else { return .unallocated }
        let opcode = word.bits(30, 29)
        let inverts = word.bit(21)
        let roles: OperandRoles = [.readsRn, .readsRm, .writesRd]
        guard amount == 0 else {
            let form = LogicalForm(opcode: UInt8(opcode), inverts: inverts, shift: UInt8(word.bits(23, 22)))
            return DecodedInstruction(
                pick(.logicalShifted32, .logicalShifted64),
                rd: rd,
                rn: rn,
                rm: rm,
                ra: UInt8(amount),
                immediate: form.packed,
                roles: roles
            )
        }
        let operation: DecodedOperation =
            switch (opcode, inverts) {
            case (0, false): pick(.and32, .and64)
            case (0, true): pick(.bic32, .bic64)
            case (1, false): pick(.orr32, .orr64)
            case (1, true): pick(.orn32, .orn64)
            case (2, false): pick(.eor32, .eor64)
            case (2, true): pick(.eon32, .eon64)
            case (_, false): pick(.ands32, .ands64)
            case (_, true): pick(.bics32, .bics64)
            }
        return DecodedInstruction(operation, rd: rd, rn: rn, rm: rm, roles: roles)
    }

    private func addSubtractShifted() -> DecodedInstruction {
        let amount = word.bits(15, 10)
        let shift = word.bits(23, 22)
        guard shift != 3, is64 || amount < 32 else { return .unallocated }
        let roles: OperandRoles = [.readsRn, .readsRm, .writesRd]
        guard amount == 0 else {
            let form = AdditionForm(subtracts: word.bit(30), setsFlags: word.bit(29), option: UInt8(shift))
            return DecodedInstruction(
                pick(.additionShifted32, .additionShifted64),
                rd: rd,
                rn: rn,
                rm: rm,
                ra: UInt8(amount),
                immediate: form.packed,
                roles: roles
            )
        }
        let operation: DecodedOperation =
            switch word.bits(30, 29) {
            case 0: pick(.add32, .add64)
            case 1: pick(.adds32, .adds64)
            case 2: pick(.sub32, .sub64)
            default: pick(.subs32, .subs64)
            }
        return DecodedInstruction(operation, rd: rd, rn: rn, rm: rm, roles: roles)
    }

    private func addSubtractExtended() -> DecodedInstruction {
        let amount = word.bits(12, 10)
        guard word.bits(23, 22) == 0, amount <= 4 else { return .unallocated }
        let form = AdditionForm(
            subtracts: word.bit(30),
            setsFlags: word.bit(29),
            option: UInt8(word.bits(15, 13))
        )
        return DecodedInstruction(
            pick(.additionExtended32, .additionExtended64),
            rd: word.bit(29) ? rd : rdOrSP,
            rn: rnOrSP,
            rm: rm,
            ra: UInt8(amount),
            immediate: form.packed,
            roles: [.readsRn, .readsRm, .writesRd]
        )
    }

    private func addSubtractCarry() -> DecodedInstruction {
        guard word.bits(15, 10) == 0 else { return .unallocated }
        let operation: DecodedOperation =
            switch word.bits(30, 29) {
            case 0: pick(.addCarry32, .addCarry64)
            case 1: pick(.addsCarry32, .addsCarry64)
            case 2: pick(.subCarry32, .subCarry64)
            default: pick(.subsCarry32, .subsCarry64)
            }
        return DecodedInstruction(operation, rd: rd, rn: rn, rm: rm, roles: [.readsRn, .readsRm, .writesRd])
    }

    private func conditionalCompare() -> DecodedInstruction {
        guard word.bit(29), !word.bit(10), !word.bit(4) else { return .unallocated }
        let isImmediate = word.bit(11)
        let operation: DecodedOperation =
            switch (word.bit(30), isImmediate) {
            case (false, false): pick(.compareNegativeConditional32, .compareNegativeConditional64)
            case (false, true): pick(.compareNegativeConditionalImmediate32, .compareNegativeConditionalImmediate64)
            case (true, false): pick(.compareConditional32, .compareConditional64)
            case (true, true): pick(.compareConditionalImmediate32, .compareConditionalImmediate64)
            }
        return DecodedInstruction(
            operation,
            rn: rn,
            rm: rm,
            ra: UInt8(word.bits(15, 12)),
            immediate: UInt64(word.bits(3, 0)),
            roles: isImmediate ? .readsRn : [.readsRn, .readsRm]
        )
    }

    private func conditionalSelect() -> DecodedInstruction {
        guard !word.bit(29), !word.bit(11) else { return .unallocated }
        let operation: DecodedOperation =
            switch (word.bit(30), word.bit(10)) {
            case (false, false): pick(.select32, .select64)
            case (false, true): pick(.selectIncrement32, .selectIncrement64)
            case (true, false): pick(.selectInvert32, .selectInvert64)
            case (true, true): pick(.selectNegate32, .selectNegate64)
            }
        return DecodedInstruction(
            operation,
            rd: rd,
            rn: rn,
            rm: rm,
            ra: UInt8(word.bits(15, 12)),
            roles: [.readsRn, .readsRm, .writesRd]
        )
    }

    private func twoSource() -> DecodedInstruction {
        guard !word.bit(29) else { return .unallocated }
        let operation: DecodedOperation
        switch word.bits(15, 10) {
        case 0b000010: operation = pick(.unsignedDivide32, .unsignedDivide64)
        case 0b000011: operation = pick(.signedDivide32, .signedDivide64)
        case 0b001000: operation = pick(.shiftLeft32, .shiftLeft64)
        case 0b001001: operation = pick(.shiftRight32, .shiftRight64)
        case 0b001010: operation = pick(.arithmeticShiftRight32, .arithmeticShiftRight64)
        case 0b001011: operation = pick(.rotateRight32, .rotateRight64)
        default: return .unallocated
        }
        return DecodedInstruction(operation, rd: rd, rn: rn, rm: rm, roles: [.readsRn, .readsRm, .writesRd])
    }

    private func oneSource() -> DecodedInstruction {
        guard !word.bit(29), word.bits(20, 16) == 0 else { return .unallocated }
        let operation: DecodedOperation
        switch word.bits(15, 10) {
        case 0: operation = pick(.reverseBits32, .reverseBits64)
        case 1: operation = pick(.reverseBytes16In32, .reverseBytes16In64)
        case 2: operation = pick(.reverseBytes32In32, .reverseBytes32In64)
        case 3 where is64: operation = .integer(.reverseBytes64)
        case 4: operation = pick(.countLeadingZeros32, .countLeadingZeros64)
        case 5: operation = pick(.countLeadingSigns32, .countLeadingSigns64)
        default: return .unallocated
        }
        return DecodedInstruction(operation, rd: rd, rn: rn, roles: [.readsRn, .writesRd])
    }

    private func threeSource() -> DecodedInstruction {
        guard word.bits(30, 29) == 0 else { return .unallocated }
        let subtracts = word.bit(15)
        var roles: OperandRoles = [.readsRn, .readsRm, .readsRa, .writesRd]
        let operation: IntegerOperation
        switch (word.bits(23, 21), is64) {
        case (0b000, false): operation = subtracts ? .multiplySubtract32 : .multiplyAdd32
        case (0b000, true): operation = subtracts ? .multiplySubtract64 : .multiplyAdd64
        case (0b001, true): operation = subtracts ? .signedMultiplySubtractLong : .signedMultiplyAddLong
        case (0b101, true): operation = subtracts ? .unsignedMultiplySubtractLong : .unsignedMultiplyAddLong
        case (0b010, true), (0b110, true):
            if subtracts { return .unallocated }
            // Field Ra should be all ones.
            if ra != 31 { return .unpredictable }
            operation = word.bit(23) ? .unsignedMultiplyHigh : .signedMultiplyHigh
            roles.remove(.readsRa)
        default: return .unallocated
        }
        return DecodedInstruction(.integer(operation), rd: rd, rn: rn, rm: rm, ra: ra, roles: roles)
    }
}
