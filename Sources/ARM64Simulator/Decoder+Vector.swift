/// Which sizes of lanes an encoding has.
struct LaneSizes: OptionSet {
    let rawValue: UInt8

    static let bytes = LaneSizes(rawValue: 1)
    static let halfwords = LaneSizes(rawValue: 2)
    static let words = LaneSizes(rawValue: 4)
    static let doublewords = LaneSizes(rawValue: 8)
    static let all: LaneSizes = [.bytes, .halfwords, .words, .doublewords]
    static let upTo32: LaneSizes = [.bytes, .halfwords, .words]

    func contains(sizeLog2: UInt32) -> Bool { rawValue >> sizeLog2 & 1 != 0 }
}

/// Advanced SIMD: the tables, copies, permutations and immediates.
/// Arm ARM section C4.1 (data processing, scalar floating-point and advanced SIMD).
extension Decoder {
    var is128: Bool { word.bit(30) }
    /// Bit U, which tells most unsigned operations from signed ones.
    var isUnsigned: Bool { word.bit(29) }
    /// Field size of most vector encodings.
    var size: UInt32 { word.bits(23, 22) }

    func vector() -> DecodedInstruction {
        if word.bit(24) {
            guard word.bit(10) else { return byElement(isScalar: false) }
            guard !word.bit(23) else { return .unallocated }
            return word.bits(22, 19) == 0 ? modifiedImmediate() : shiftImmediate(isScalar: false)
        }
        if word.bit(21) {
            if word.bit(10) { return threeSame(isScalar: false) }
            if !word.bit(11) { return threeDifferent(isScalar: false) }
            switch word.bits(20, 17) {
            case 0b0000: return twoRegisterMiscellaneous(isScalar: false)
            case 0b1000: return acrossLanes()
            default: return .unallocated
            }
        }
        if word.bit(15) { return word.bit(10) ? threeSameExtra() : .unallocated }
        if word.bit(10) { return size == 0 ? copy() : .unallocated }
        if isUnsigned { return extractBytes() }
        return word.bit(11) ? permute() : table()
    }

    /// The scalar encodings.
    func scalarVector() -> DecodedInstruction {
        if word.bit(24) {
            guard word.bit(10) else { return byElement(isScalar: true) }
            return word.bit(23) ? .unallocated : shiftImmediate(isScalar: true)
        }
        if word.bit(21) {
            if word.bit(10) { return threeSame(isScalar: true) }
            if !word.bit(11) { return threeDifferent(isScalar: true) }
            switch word.bits(20, 17) {
            case 0b0000: return twoRegisterMiscellaneous(isScalar: true)
            case 0b1000: return scalarPairwise()
            default: return .unallocated
            }
        }
        // 01 0 11110000 imm5 0 0000 1 Rn Rd
        guard word.bits(29, 21) == 0b0_1111_0000, word.bits(15, 10) == 1, let lane = laneOfImmediate() else {
            return .unallocated
        }
        return DecodedInstruction(
            .vector(.duplicateElement),
            rd: rt,
            rn: rn,
            ra: Arrangement(sizeLog2: lane.sizeLog2, is128: false, isScalar: true).packed,
            immediate: lane.index,
            roles: [.readsVn, .writesVd]
        )
    }

    func arrangement(_ sizeLog2: UInt32, isScalar: Bool = false, isByElement: Bool = false) -> UInt8 {
        Arrangement(
            sizeLog2: UInt8(sizeLog2),
            is128: !isScalar && is128,
            isScalar: isScalar,
            isByElement: isByElement
        ).packed
    }

    /// An instruction of vector registers with the operands that its roles name.
    func decoded(
        _ operation: DecodedOperation,
        arrangement: UInt8,
        rm: UInt8 = 0,
        immediate: UInt64 = 0,
        _ roles: OperandRoles
    ) -> DecodedInstruction {
        DecodedInstruction(
            operation,
            rd: rt,
            rn: rn,
            rm: rm,
            ra: arrangement,
            immediate: immediate,
            roles: roles.union(.writesVd)
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
        let arrangement = arrangement(UInt32(lane.sizeLog2))
        if word.bit(29) {
            guard is128 else { return .unallocated }
            return decoded(
                .vector(.insertElement),
                arrangement: arrangement,
                immediate: lane.index | UInt64(imm4 >> UInt32(lane.sizeLog2)) << 8,
                [.readsVd, .readsVn]
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
            ra: arrangement,
            immediate: lane.index,
            roles: roles
        )
    }

    private func extractBytes() -> DecodedInstruction {
        let first = word.bits(14, 11)
        guard size == 0, !word.bit(10), is128 || first < 8 else { return .unallocated }
        return decoded(
            .vector(.extract),
            arrangement: arrangement(0),
            rm: rm,
            immediate: UInt64(first),
            [.readsVn, .readsVm]
        )
    }

    private func table() -> DecodedInstruction {
        guard size == 0 else { return .unallocated }
        let isExtension = word.bit(12)
        return decoded(
            .vector(isExtension ? .tableExtension : .table),
            arrangement: arrangement(0),
            rm: rm,
            immediate: UInt64(word.bits(14, 13) + 1),
            isExtension ? [.readsVd, .readsVn, .readsVm] : [.readsVn, .readsVm]
        )
    }

    private func permute() -> DecodedInstruction {
        guard is128 || size < 3 else { return .unallocated }
        let operation: VectorOperation
        switch word.bits(14, 12) {
        case 0b001: operation = .unzip1
        case 0b010: operation = .transpose1
        case 0b011: operation = .zip1
        case 0b101: operation = .unzip2
        case 0b110: operation = .transpose2
        case 0b111: operation = .zip2
        default: return .unallocated
        }
        return decoded(.vector(operation), arrangement: arrangement(size), rm: rm, [.readsVn, .readsVm])
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
        return decoded(
            .vector(operation),
            arrangement: arrangement(3),
            immediate: value,
            operation == .moveImmediate ? [] : .readsVd
        )
    }
}
