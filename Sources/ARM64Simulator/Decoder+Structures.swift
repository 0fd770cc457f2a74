/// Loads and stores of structures.
/// Arm ARM section C4.1 (loads and stores: advanced SIMD load/store multiple structures and single structure).
extension Decoder {
    /// 0 Q 00110 s p L R Rm ...: s tells single structures, p post-indexing.
    func structures() -> DecodedInstruction {
        let isPostIndexed = word.bit(23)
        let isLoad = word.bit(22)
        let isSingle = word.bit(24)
        if !isPostIndexed && rm != 0 { return .unallocated }
        guard let (operation, form) = isSingle ? singleStructure(isLoad) : multipleStructures(isLoad) else {
            return .unallocated
        }
        var complete = form
        complete.increment = !isPostIndexed ? .none : rm == 31 ? .size : .register
        var roles: OperandRoles = isPostIndexed ? [.readsRn, .writesRn] : .readsRn
        if complete.increment == .register { roles.insert(.readsRm) }
        // Of several registers the first stands for all.
        if isLoad { roles.insert(operation == .loadLane ? [.readsVd, .writesVd] : .writesVd) }
        return DecodedInstruction(
            .structure(operation),
            rd: rt,
            rn: rnOrSP,
            rm: rm,
            immediate: complete.packed,
            roles: roles
        )
    }

    private func multipleStructures(_ isLoad: Bool) -> (StructureOperation, StructureForm)? {
        guard !word.bit(21) else { return nil }
        let counts: (registers: Int, elements: Int)
        switch word.bits(15, 12) {
        case 0b0000: counts = (4, 4)
        case 0b0010: counts = (4, 1)
        case 0b0100: counts = (3, 3)
        case 0b0110: counts = (3, 1)
        case 0b0111: counts = (1, 1)
        case 0b1000: counts = (2, 2)
        case 0b1010: counts = (2, 1)
        default: return nil
        }
        let size = word.bits(11, 10)
        guard size < 3 || word.bit(30) || counts.elements == 1 else { return nil }
        let form = StructureForm(
            registers: counts.registers,
            elements: counts.elements,
            sizeLog2: UInt8(size),
            is128: word.bit(30),
            lane: 0,
            increment: .none
        )
        return (isLoad ? .loadMultiple : .storeMultiple, form)
    }

    private func singleStructure(_ isLoad: Bool) -> (StructureOperation, StructureForm)? {
        let registers = Int(word.bits(13, 13) << 1 | word.bits(21, 21)) + 1
        let (q, s, size) = (word.bits(30, 30), word.bits(12, 12), word.bits(11, 10))
        let sizeLog2: UInt32
        let lane: UInt32
        switch word.bits(15, 14) {
        case 0: (sizeLog2, lane) = (0, q << 3 | s << 2 | size)
        case 1 where size & 1 == 0: (sizeLog2, lane) = (1, q << 2 | s << 1 | size >> 1)
        case 2 where size == 0: (sizeLog2, lane) = (2, q << 1 | s)
        case 2 where size == 1 && s == 0: (sizeLog2, lane) = (3, q)
        case 3 where isLoad && s == 0: (sizeLog2, lane) = (size, 0)
        default: return nil
        }
        let form = StructureForm(
            registers: registers,
            elements: registers,
            sizeLog2: UInt8(sizeLog2),
            is128: q == 1,
            lane: Int(lane),
            increment: .none
        )
        let isReplicated = word.bits(15, 14) == 3
        return (isReplicated ? .loadReplicated : isLoad ? .loadLane : .storeLane, form)
    }
}
