/// Branches, exception generating and system instructions.
/// Arm ARM section C4.1 (branches, exception generating and system instructions).
extension Decoder {
    func branchExceptionSystem() -> DecodedInstruction {
        switch word.bits(31, 29) {
        case 0b000, 0b100:
            return DecodedInstruction(
                .control(word.bit(31) ? .branchLink : .branch),
                rd: 30,
                immediate: word.signedBits(25, 0),
                roles: word.bit(31) ? [.writesRd, .call] : []
            )
        case 0b001, 0b101:
            return word.bit(25) ? testAndBranch() : compareAndBranch()
        case 0b010:
            guard word.bits(25, 24) == 0, !word.bit(4) else { return .unallocated }
            return DecodedInstruction(
                .control(.branchConditional),
                ra: UInt8(word.bits(3, 0)),
                immediate: word.signedBits(23, 5)
            )
        case 0b110:
            if word.bit(25) { return branchRegister() }
            return word.bit(24) ? system() : exception()
        default:
            return .unallocated
        }
    }

    private func compareAndBranch() -> DecodedInstruction {
        let operation: ControlOperation =
            switch (word.bit(24), is64) {
            case (false, false): .compareBranchZero32
            case (false, true): .compareBranchZero64
            case (true, false): .compareBranchNonzero32
            case (true, true): .compareBranchNonzero64
            }
        return DecodedInstruction(.control(operation), rn: rt, immediate: word.signedBits(23, 5), roles: .readsRn)
    }

    private func testAndBranch() -> DecodedInstruction {
        DecodedInstruction(
            .control(word.bit(24) ? .testBranchNonzero : .testBranchZero),
            rn: rt,
            rm: UInt8(word.bits(31, 31) << 5 | word.bits(23, 19)),
            immediate: word.signedBits(18, 5),
            roles: .readsRn
        )
    }

    private func branchRegister() -> DecodedInstruction {
        guard word.bits(20, 16) == 31, word.bits(15, 10) == 0, word.bits(4, 0) == 0 else { return .unallocated }
        switch word.bits(24, 21) {
        case 0b0000:
            return DecodedInstruction(.control(.branchRegister), rn: rn, roles: .readsRn)
        case 0b0001:
            return DecodedInstruction(
                .control(.branchLinkRegister),
                rd: 30,
                rn: rn,
                roles: [.readsRn, .writesRd, .call]
            )
        case 0b0010:
            return DecodedInstruction(.control(.returnRegister), rn: rn, roles: [.readsRn, .functionReturn])
        default:
            return .unallocated
        }
    }

    private func exception() -> DecodedInstruction {
        guard word.bits(4, 2) == 0 else { return .unallocated }
        let immediate = UInt64(word.bits(20, 5))
        switch (word.bits(23, 21), word.bits(1, 0)) {
        case (0b000, 0b01), (0b000, 0b10), (0b000, 0b11), (0b010, 0b00):
            return DecodedInstruction(.control(.exceptionCall), immediate: immediate)
        case (0b001, 0b00):
            return DecodedInstruction(.control(.breakpoint), immediate: immediate)
        default:
            return .unallocated
        }
    }

    private func system() -> DecodedInstruction {
        guard word.bits(23, 22) == 0 else { return .unallocated }
        let isRead = word.bit(21)
        // op0, op1, CRn: hints are 0, 3, 2 and barriers 0, 3, 3.
        switch word.bits(20, 12) {
        case 0b00_011_0010:
            return !isRead && rt == 31 ? .nop : .unallocated
        case 0b00_011_0011:
            let isBarrier = [2, 4, 5, 6].contains(word.bits(7, 5))
            guard !isRead && rt == 31 && isBarrier else { return .unallocated }
            return word.bits(7, 5) == 2 ? DecodedInstruction(.control(.clearExclusive)) : .nop
        case 0b11_011_0100:
            break
        default:
            return .unallocated
        }
        let operation: ControlOperation
        switch (word.bits(11, 8), word.bits(7, 5)) {
        case (2, 0): operation = isRead ? .readFlags : .writeFlags
        case (4, 0): operation = isRead ? .readFloatControl : .writeFloatControl
        case (4, 1): operation = isRead ? .readFloatStatus : .writeFloatStatus
        default: return .unallocated
        }
        return isRead
            ? DecodedInstruction(.control(operation), rd: rd, roles: .writesRd)
            : DecodedInstruction(.control(operation), rn: rt, roles: .readsRn)
    }
}
