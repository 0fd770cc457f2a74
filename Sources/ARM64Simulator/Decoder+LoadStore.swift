/// Loads and stores.
/// Arm ARM section C4.1 (loads and stores).
extension Decoder {
    func loadStore() -> DecodedInstruction {
        switch word.bits(29, 28) {
        case 0b00 where word.bit(26): word.bit(31) ? .unallocated : structures()
        case 0b00: word.bit(23) ? acquireRelease() : exclusive()
        case 0b01: word.bit(24) ? .unallocated : loadLiteral()
        case 0b10: pair()
        default: single()
        }
    }

    /// `ldxr`, `stxr`, their pairs, and the ordered ones among them, which one core cannot tell from the others.
    private func exclusive() -> DecodedInstruction {
        // size 001000 0 L pair Rs ordered Rt2 Rn Rt
        let isLoad = word.bit(22)
        let isPair = word.bit(21)
        if word.bit(24) || isPair && !word.bit(31) { return .unallocated }
        let status = rm
        let second = ra
        if isLoad ? status != 31 : status == rt || status == rn && rn != 31 { return .unpredictable }
        if isPair ? second == (isLoad ? rt : status) : second != 31 { return .unpredictable }
        let form = ExclusiveForm(elementSize: 1 << UInt64(word.bits(31, 30)), isPair: isPair)
        if isLoad {
            return DecodedInstruction(
                .memory(.loadExclusive),
                rd: rd,
                rn: rnOrSP,
                rm: destination(second),
                ra: form.packed,
                roles: isPair ? [.readsRn, .writesRd, .writesRm] : [.readsRn, .writesRd]
            )
        }
        return DecodedInstruction(
            .memory(.storeExclusive),
            rd: destination(status),
            rn: rnOrSP,
            rm: rt,
            ra: form.packed,
            immediate: UInt64(second),
            roles: [.readsRn, .writesRd]
        )
    }

    /// Of the ordered accesses `ldar` and `stlr`, which one core cannot tell from plain ones.
    private func acquireRelease() -> DecodedInstruction {
        // size 001000 1 L 0 (1)(1)(1)(1)(1) 1 (1)(1)(1)(1)(1) Rn Rt
        guard !word.bit(24), !word.bit(21), word.bit(15) else { return .unallocated }
        guard word.bits(20, 16) == 31, word.bits(14, 10) == 31 else { return .unpredictable }
        let isLoad = word.bit(22)
        let operation: MemoryOperation =
            switch (word.bits(31, 30), isLoad) {
            case (0, false): .store8
            case (0, true): .load8
            case (1, false): .store16
            case (1, true): .load16
            case (2, false): .store32
            case (2, true): .load32
            case (_, false): .store64
            case (_, true): .load64
            }
        return DecodedInstruction(
            .memory(operation),
            rd: isLoad ? rd : rt,
            rn: rnOrSP,
            ra: AddressingMode.alignedOffset.rawValue,
            immediate: 0,
            roles: isLoad ? [.readsRn, .writesRd] : .readsRn
        )
    }

    private func loadLiteral() -> DecodedInstruction {
        let operation: MemoryOperation
        switch (word.bit(26), word.bits(31, 30)) {
        case (false, 0): operation = .load32
        case (false, 1): operation = .load64
        case (false, 2): operation = .load32Signed64
        case (false, _): return .nop  // prfm
        case (true, 0): operation = .loadVector32
        case (true, 1): operation = .loadVector64
        case (true, 2): operation = .loadVector128
        case (true, _): return .unallocated
        }
        let isVector = word.bit(26)
        return DecodedInstruction(
            .memory(operation),
            rd: isVector ? rt : rd,
            rn: RegisterIndex.zero,
            ra: AddressingMode.offset.rawValue,
            immediate: pc &+ (word.signedBits(23, 5) << 2),
            roles: isVector ? .writesVd : .writesRd
        )
    }

    private func pair() -> DecodedInstruction {
        let isLoad = word.bit(22)
        let isVector = word.bit(26)
        let operation: MemoryOperation
        let scale: UInt64
        switch (isVector, word.bits(31, 30), isLoad) {
        case (false, 0, false): (operation, scale) = (.storePair32, 2)
        case (false, 0, true): (operation, scale) = (.loadPair32, 2)
        case (false, 1, true) where word.bits(24, 23) != 0: (operation, scale) = (.loadPairSigned32, 2)
        case (false, 2, false): (operation, scale) = (.storePair64, 3)
        case (false, 2, true): (operation, scale) = (.loadPair64, 3)
        case (true, 0, false): (operation, scale) = (.storePairVector32, 2)
        case (true, 0, true): (operation, scale) = (.loadPairVector32, 2)
        case (true, 1, false): (operation, scale) = (.storePairVector64, 3)
        case (true, 1, true): (operation, scale) = (.loadPairVector64, 3)
        case (true, 2, false): (operation, scale) = (.storePairVector128, 4)
        case (true, 2, true): (operation, scale) = (.loadPairVector128, 4)
        default: return .unallocated
        }
        let mode: AddressingMode =
            switch word.bits(24, 23) {
            case 0b01: .postIndex
            case 0b11: .preIndex
            default: .offset
            }
        let second = UInt8(word.bits(14, 10))
        if isLoad && rt == second { return .unpredictable }
        if mode != .offset && !isVector && rn != 31 && (rn == rt || rn == second) { return .unpredictable }
        var roles: OperandRoles = .readsRn
        if mode != .offset { roles.insert(.writesRn) }
        if isLoad { roles.formUnion(isVector ? [.writesVd, .writesVm] : [.writesRd, .writesRm]) }
        return DecodedInstruction(
            .memory(operation),
            rd: isLoad && !isVector ? rd : rt,
            rn: rnOrSP,
            rm: isLoad && !isVector ? destination(second) : second,
            ra: mode.rawValue,
            immediate: word.signedBits(21, 15) << scale,
            roles: roles
        )
    }

    /// What a load or store of one register does, and the logarithm of its size in bytes.
    private enum Access {
        case operation(MemoryOperation, scale: UInt64, isLoad: Bool)
        case prefetch
        case unallocated
    }

    private func access() -> Access {
        switch (word.bit(26), word.bits(31, 30), word.bits(23, 22)) {
        case (false, 0, 0): .operation(.store8, scale: 0, isLoad: false)
        case (false, 0, 1): .operation(.load8, scale: 0, isLoad: true)
        case (false, 0, 2): .operation(.load8Signed64, scale: 0, isLoad: true)
        case (false, 0, 3): .operation(.load8Signed32, scale: 0, isLoad: true)
        case (false, 1, 0): .operation(.store16, scale: 1, isLoad: false)
        case (false, 1, 1): .operation(.load16, scale: 1, isLoad: true)
        case (false, 1, 2): .operation(.load16Signed64, scale: 1, isLoad: true)
        case (false, 1, 3): .operation(.load16Signed32, scale: 1, isLoad: true)
        case (false, 2, 0): .operation(.store32, scale: 2, isLoad: false)
        case (false, 2, 1): .operation(.load32, scale: 2, isLoad: true)
        case (false, 2, 2): .operation(.load32Signed64, scale: 2, isLoad: true)
        case (false, 3, 0): .operation(.store64, scale: 3, isLoad: false)
        case (false, 3, 1): .operation(.load64, scale: 3, isLoad: true)
        case (false, 3, 2): .prefetch
        case (true, 0, 0): .operation(.storeVector8, scale: 0, isLoad: false)
        case (true, 0, 1): .operation(.loadVector8, scale: 0, isLoad: true)
        case (true, 0, 2): .operation(.storeVector128, scale: 4, isLoad: false)
        case (true, 0, 3): .operation(.loadVector128, scale: 4, isLoad: true)
        case (true, 1, 0): .operation(.storeVector16, scale: 1, isLoad: false)
        case (true, 1, 1): .operation(.loadVector16, scale: 1, isLoad: true)
        case (true, 2, 0): .operation(.storeVector32, scale: 2, isLoad: false)
        case (true, 2, 1): .operation(.loadVector32, scale: 2, isLoad: true)
        case (true, 3, 0): .operation(.storeVector64, scale: 3, isLoad: false)
        case (true, 3, 1): .operation(.loadVector64, scale: 3, isLoad: true)
        default: .unallocated
        }
    }

    private func single() -> DecodedInstruction {
        let isVector = word.bit(26)
        let isUnsignedOffset = word.bit(24)
        let isRegisterOffset = !isUnsignedOffset && word.bit(21)
        let operation: MemoryOperation
        let scale: UInt64
        let isLoad: Bool
        switch access() {
        case .unallocated:
            return .unallocated
        case .prefetch:
            if isUnsignedOffset { return .nop }
            if isRegisterOffset { return word.bits(11, 10) == 2 && word.bit(14) ? .nop : .unallocated }
            // prfum; the unprivileged form does not exist.
            return word.bits(11, 10) == 0 ? .nop : .unallocated
        case .operation(let accessOperation, let accessScale, let accessIsLoad):
            (operation, scale, isLoad) = (accessOperation, accessScale, accessIsLoad)
        }

        var roles: OperandRoles = .readsRn
        if isLoad { roles.insert(isVector ? .writesVd : .writesRd) }
        var decoded = DecodedInstruction(
            .memory(operation),
            rd: isLoad && !isVector ? rd : rt,
            rn: rnOrSP,
            ra: AddressingMode.offset.rawValue
        )
        if isUnsignedOffset {
            decoded.immediate = UInt64(word.bits(21, 10)) << scale
        } else if isRegisterOffset {
            guard word.bits(11, 10) == 2, word.bit(14) else { return .unallocated }
            let mode: AddressingMode =
                switch word.bits(15, 13) {
                case 0b010: .registerUnsignedWord
                case 0b110: .registerSignedWord
                default: .register
                }
            decoded.ra = mode.rawValue
            decoded.rm = rm
            decoded.immediate = word.bit(12) ? scale : 0
            roles.insert(.readsRm)
        } else {
            decoded.immediate = word.signedBits(20, 12)
            switch word.bits(11, 10) {
            case 0b00:
                break
            case 0b01, 0b11:
                if !isVector && rn != 31 && rn == rt { return .unpredictable }
                decoded.ra = (word.bit(11) ? AddressingMode.preIndex : AddressingMode.postIndex).rawValue
                roles.insert(.writesRn)
            default:
                // The unprivileged forms, of general registers alone, are plain ones at the lowest level.
                if isVector { return .unallocated }
            }
        }
        decoded.roles = roles
        return decoded
    }
}
