/// Advanced SIMD, the subset that scalar code uses.
/// Arm ARM section C4.1 (data processing, scalar floating-point and advanced SIMD).
extension Decoder {
    private var is128: Bool { word.bit(30) }

    func vector() -> DecodedInstruction {
        if word.bits(28, 19) == 0b0111100000 && word.bit(10) { return modifiedImmediate() }
        guard !word.bit(24) else { return .unallocated }
        if word.bits(23, 21) == 0 && !word.bit(15) && word.bit(10) { return copy() }
        if word.bit(21) && word.bit(10) { return threeSame() }
        if word.bits(21, 17) == 0b10000 && word.bits(11, 10) == 2 { return twoRegisterMiscellaneous() }
        if word.bits(21, 17) == 0b11000 && word.bits(11, 10) == 2 { return acrossLanes() }
        return .unallocated
    }

    /// The scalar encodings: of the copies, `mov` of a lane to a scalar.
    func scalarVector() -> DecodedInstruction {
        // 01 0 11110000 imm5 0 0000 1 Rn Rd
        guard word.bits(29, 21) == 0b0_1111_0000, word.bits(15, 10) == 1, let lane = laneOfImmediate() else {
            return .unallocated
        }
        return DecodedInstruction(
            .vector(.duplicateScalar),
            rd: rt,
            rn: rn,
            rm: lane.sizeLog2,
            immediate: lane.index,
            roles: [.readsVn, .writesVd]
        )
    }

    /// The lane that field imm5 names: the lowest bit set tells the size, the bits above it the index.
    private func laneOfImmediate() -> (sizeLog2: UInt8, index: UInt64)? {
        let immediate = word.bits(20, 16)
        guard immediate & 15 != 0 else { return nil }
        let sizeLog2 = UInt8(immediate.trailingZeroBitCount)
        return (sizeLog2, UInt64(immediate >> (UInt32(sizeLog2) + 1)))
    }

    private func copy() -> DecodedInstruction {
        guard let lane = laneOfImmediate() else { return .unallocated }
        let imm4 = word.bits(14, 11)
        if word.bit(29) {
            guard is128 else { return .unallocated }
            return DecodedInstruction(
                .vector(.insertElement),
                rd: rt,
                rn: rn,
                rm: lane.sizeLog2,
                ra: UInt8(imm4 >> UInt32(lane.sizeLog2)),
                immediate: lane.index,
                roles: [.readsVd, .readsVn, .writesVd]
            )
        }
        let operation: VectorOperation
        let roles: OperandRoles
        var target = rt
        switch imm4 {
        case 0b0000:
            guard is128 || lane.sizeLog2 < 3 else { return .unallocated }
            (operation, roles) = (.duplicateElement, [.readsVn, .writesVd])
        case 0b0001:
            guard is128 || lane.sizeLog2 < 3 else { return .unallocated }
            (operation, roles) = (.duplicateGeneral, [.readsRn, .writesVd])
        case 0b0011:
            guard is128 else { return .unallocated }
            (operation, roles) = (.insertGeneral, [.readsRn, .readsVd, .writesVd])
        case 0b0101:
            guard lane.sizeLog2 < (is128 ? 3 : 2) else { return .unallocated }
            (operation, roles) = (is128 ? .moveLaneSigned64 : .moveLaneSigned32, [.readsVn, .writesRd])
            target = rd
        case 0b0111:
            guard is128 == (lane.sizeLog2 == 3) else { return .unallocated }
            (operation, roles) = (.moveLaneUnsigned, [.readsVn, .writesRd])
            target = rd
        default:
            return .unallocated
        }
        return DecodedInstruction(
            .vector(operation),
            rd: target,
            rn: rn,
            rm: lane.sizeLog2,
            ra: is128 ? 1 : 0,
            immediate: lane.index,
            roles: roles
        )
    }

    private func threeSame() -> DecodedInstruction {
        guard word.bits(15, 11) == 0b00011 else { return .unallocated }
        let operation: VectorOperation =
            switch (word.bit(29), word.bits(23, 22)) {
            case (false, 0): .and
            case (false, 1): .bic
            case (false, 2): .orr
            case (false, _): .orn
            case (true, 0): .eor
            case (true, 1): .bsl
            case (true, 2): .bit
            case (true, _): .bif
            }
        var roles: OperandRoles = [.readsVn, .readsVm, .writesVd]
        if word.bit(29) && word.bits(23, 22) != 0 { roles.insert(.readsVd) }
        return DecodedInstruction(.vector(operation), rd: rt, rn: rn, rm: rm, ra: is128 ? 1 : 0, roles: roles)
    }

    private func twoRegisterMiscellaneous() -> DecodedInstruction {
        guard word.bits(16, 12) == 0b00101, word.bits(23, 22) == 0 else { return .unallocated }
        return DecodedInstruction(
            .vector(word.bit(29) ? .not : .countBits8),
            rd: rt,
            rn: rn,
            ra: is128 ? 1 : 0,
            roles: [.readsVn, .writesVd]
        )
    }

    private func acrossLanes() -> DecodedInstruction {
        let size = word.bits(23, 22)
        guard size < 2 || (size == 2 && is128) else { return .unallocated }
        let operation: VectorOperation
        switch (word.bit(29), word.bits(16, 12)) {
        case (false, 0b11011): operation = .addAcrossLanes
        case (true, 0b00011): operation = .unsignedAddLongAcrossLanes
        default: return .unallocated
        }
        return DecodedInstruction(
            .vector(operation),
            rd: rt,
            rn: rn,
            rm: UInt8(size),
            ra: is128 ? 1 : 0,
            roles: [.readsVn, .writesVd]
        )
    }

    /// Arm ARM, AdvSIMDExpandImm.
    private func modifiedImmediate() -> DecodedInstruction {
        guard !word.bit(11) else { return .unallocated }
        let bits = UInt64(word.bits(18, 16) << 5 | word.bits(9, 5))
        let inverts = word.bit(29)
        let mode = word.bits(15, 12)
        var operation = VectorOperation.moveImmediate
        var value: UInt64
        switch mode {
        case 0b0000...0b0111:
            value = (bits << UInt64(word.bits(14, 13) * 8)) &* 0x1_0000_0001
        case 0b1000...0b1011:
            value = (bits << (word.bit(13) ? 8 : 0)) &* 0x0001_0001_0001_0001
        case 0b1100:
            value = (bits << 8 | 0xff) &* 0x1_0000_0001
        case 0b1101:
            value = (bits << 16 | 0xffff) &* 0x1_0000_0001
        case 0b1110 where !inverts:
            value = bits &* 0x0101_0101_0101_0101
        case 0b1110:
            value = 0
            for byte: UInt64 in 0..<8 where bits >> byte & 1 != 0 { value |= 0xff << (byte * 8) }
        case 0b1111 where !inverts:
            value = UInt64(Self.expandSingle(UInt8(bits))) &* 0x1_0000_0001
        default:
            guard is128 else { return .unallocated }
            value = Self.expandDouble(UInt8(bits))
        }
        if mode < 12 && mode & 1 != 0 {
            operation = inverts ? .bicImmediate : .orrImmediate
        } else if inverts && mode < 14 {
            value = ~value
        }
        return DecodedInstruction(
            .vector(operation),
            rd: rt,
            ra: is128 ? 1 : 0,
            immediate: value,
            roles: operation == .moveImmediate ? .writesVd : [.readsVd, .writesVd]
        )
    }
}
