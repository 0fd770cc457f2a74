extension UInt32 {
    /// The bits from `high` down to `low` of an instruction word, as a number.
    @inline(__always) func bits(_ high: UInt32, _ low: UInt32) -> UInt32 {
        (self >> low) & ((2 << (high - low)) &- 1)
    }

    @inline(__always) func bit(_ position: UInt32) -> Bool {
        (self >> position) & 1 != 0
    }

    /// The bits from `high` down to `low` as a signed number, sign-extended to 64 bits.
    @inline(__always) func signedBits(_ high: UInt32, _ low: UInt32) -> UInt64 {
        UInt64(bitPattern: Int64(Int32(bitPattern: self << (31 - high)) >> Int32(31 - high + low)))
    }
}

/// Turns instruction words into ``DecodedInstruction``, in the order of the manual's encoding tables.
///
/// An encoding that no table row allocates, or that belongs to an extension that is not simulated, gives
/// ``DecodedInstruction/unallocated``.
/// Arm ARM section C4.1 (A64 instruction set encoding).
struct Decoder {
    let word: UInt32
    /// The address of the word, for pc-relative operands.
    let pc: UInt64

    static func decode(_ word: UInt32, at pc: UInt64) -> DecodedInstruction {
        Decoder(word: word, pc: pc).decode()
    }

    /// Arm ARM table C4-1.
    private func decode() -> DecodedInstruction {
        switch word.bits(28, 25) {
        case 0b0000: reserved()
        case 0b1000, 0b1001: dataProcessingImmediate()
        case 0b1010, 0b1011: branchExceptionSystem()
        case 0b0100, 0b0110, 0b1100, 0b1110: loadStore()
        case 0b0101, 0b1101: dataProcessingRegister()
        case 0b0111, 0b1111: floatAndVector()
        default: .unallocated
        }
    }

    private func reserved() -> DecodedInstruction {
        word.bits(31, 16) == 0
            ? DecodedInstruction(.control(.permanentlyUndefined), immediate: UInt64(word)) : .unallocated
    }

    // MARK: Fields that most encodings share

    var is64: Bool { word.bit(31) }
    /// Field Rn, 31 being the zero register.
    var rn: UInt8 { UInt8(word.bits(9, 5)) }
    var rm: UInt8 { UInt8(word.bits(20, 16)) }
    var ra: UInt8 { UInt8(word.bits(14, 10)) }
    /// Field Rd or Rt as a number, 31 being the zero register or v31.
    var rt: UInt8 { UInt8(word.bits(4, 0)) }
    /// Field Rd as a destination, 31 being the zero register.
    var rd: UInt8 { destination(rt) }
    /// Field Rd, 31 being the stack pointer.
    var rdOrSP: UInt8 { rt == 31 ? RegisterIndex.stackPointer : rt }
    /// Field Rn, 31 being the stack pointer.
    var rnOrSP: UInt8 { rn == 31 ? RegisterIndex.stackPointer : rn }

    func destination(_ number: UInt8) -> UInt8 {
        number == 31 ? RegisterIndex.discard : number
    }

    // MARK: Data processing, immediate

    private func dataProcessingImmediate() -> DecodedInstruction {
        switch word.bits(25, 23) {
        case 0b000, 0b001: pcRelative()
        case 0b010: addSubtractImmediate()
        case 0b100: logicalImmediate()
        case 0b101: moveWide()
        case 0b110: bitfield()
        case 0b111: extract()
        default: .unallocated
        }
    }

    private func pcRelative() -> DecodedInstruction {
        let offset = word.signedBits(23, 5) << 2 | UInt64(word.bits(30, 29))
        let value = word.bit(31) ? (pc & ~0xfff) &+ (offset << 12) : pc &+ offset
        return DecodedInstruction(.integer(.moveImmediate), rd: rd, immediate: value, roles: .writesRd)
    }

    private func addSubtractImmediate() -> DecodedInstruction {
        let immediate = UInt64(word.bits(21, 10)) << (word.bit(22) ? 12 : 0)
        let operation: IntegerOperation =
            switch (word.bits(30, 29), is64) {
            case (0, false): .addImmediate32
            case (0, true): .addImmediate64
            case (1, false): .addsImmediate32
            case (1, true): .addsImmediate64
            case (2, false): .subImmediate32
            case (2, true): .subImmediate64
            case (_, false): .subsImmediate32
            case (_, true): .subsImmediate64
            }
        return DecodedInstruction(
            .integer(operation),
            rd: word.bit(29) ? rd : rdOrSP,
            rn: rnOrSP,
            immediate: immediate,
            roles: [.readsRn, .writesRd]
        )
    }

    private func logicalImmediate() -> DecodedInstruction {
        guard is64 || !word.bit(22),
            var mask = Self.bitMask(n: word.bits(22, 22), imms: word.bits(15, 10), immr: word.bits(21, 16))
        else { return .unallocated }
        if !is64 { mask &= 0xffff_ffff }
        // The and with a 32-bit mask is right for both widths.
        let operation: IntegerOperation =
            switch word.bits(30, 29) {
            case 0: .andImmediate
            case 1: is64 ? .orrImmediate64 : .orrImmediate32
            case 2: is64 ? .eorImmediate64 : .eorImmediate32
            default: is64 ? .andsImmediate64 : .andsImmediate32
            }
        return DecodedInstruction(
            .integer(operation),
            rd: word.bits(30, 29) == 3 ? rd : rdOrSP,
            rn: rn,
            immediate: mask,
            roles: [.readsRn, .writesRd]
        )
    }

    /// The mask that a logical immediate stands for; nil for the reserved ones. Arm ARM, DecodeBitMasks.
    static func bitMask(n: UInt32, imms: UInt32, immr: UInt32) -> UInt64? {
        let combined = n << 6 | (~imms & 0x3f)
        guard combined > 1 else { return nil }
        let length = UInt32(31 - combined.leadingZeroBitCount)
        let size = UInt64(1) << length
        let levels = UInt32(size - 1)
        let ones = UInt64(imms & levels)
        let rotation = UInt64(immr & levels)
        guard ones != UInt64(levels) else { return nil }
        var element = (UInt64(1) << (ones + 1)) - 1
        if rotation > 0 {
            element = element >> rotation | element << (size - rotation)
            if size < 64 { element &= (1 << size) - 1 }
        }
        var width = size
        while width < 64 {
            element |= element << width
            width *= 2
        }
        return element
    }

    private func moveWide() -> DecodedInstruction {
        let shift = UInt64(word.bits(22, 21)) * 16
        guard is64 || shift < 32 else { return .unallocated }
        let value = UInt64(word.bits(20, 5)) << shift
        let width: UInt64 = is64 ? .max : 0xffff_ffff
        switch word.bits(30, 29) {
        case 0:
            return DecodedInstruction(.integer(.moveImmediate), rd: rd, immediate: ~value & width, roles: .writesRd)
        case 2:
            return DecodedInstruction(.integer(.moveImmediate), rd: rd, immediate: value, roles: .writesRd)
        case 3:
            return DecodedInstruction(
                .integer(is64 ? .moveKeep64 : .moveKeep32),
                rd: rd,
                rm: UInt8(shift),
                immediate: value,
                roles: [.readsRd, .writesRd]
            )
        default:
            return .unallocated
        }
    }

    private func bitfield() -> DecodedInstruction {
        let size: UInt32 = is64 ? 64 : 32
        let immr = word.bits(21, 16)
        let imms = word.bits(15, 10)
        guard word.bit(22) == is64, immr < size, imms < size else { return .unallocated }
        if word.bits(30, 29) == 1 {
            let fieldWidth = imms >= immr ? imms - immr + 1 : imms + 1
            let low = imms >= immr ? 0 : size - immr
            let ones: UInt64 = fieldWidth == 64 ? .max : (1 << UInt64(fieldWidth)) - 1
            return DecodedInstruction(
                .integer(is64 ? .bitfieldInsert64 : .bitfieldInsert32),
                rd: rd,
                rn: rn,
                ra: UInt8(immr),
                immediate: ones << UInt64(low),
                roles: [.readsRd, .readsRn, .writesRd]
            )
        }
        let left = size - 1 - imms
        let right = imms >= immr ? left + immr : left + immr - size
        let operation: IntegerOperation
        switch word.bits(30, 29) {
        case 0: operation = is64 ? .bitfieldSigned64 : .bitfieldSigned32
        case 2: operation = is64 ? .bitfieldUnsigned64 : .bitfieldUnsigned32
        default: return .unallocated
        }
        return DecodedInstruction(
            .integer(operation),
            rd: rd,
            rn: rn,
            rm: UInt8(left),
            ra: UInt8(right),
            roles: [.readsRn, .writesRd]
        )
    }

    private func extract() -> DecodedInstruction {
        let amount = word.bits(15, 10)
        guard word.bits(30, 29) == 0, !word.bit(21), word.bit(22) == is64, is64 || amount < 32 else {
            return .unallocated
        }
        return DecodedInstruction(
            .integer(is64 ? .extract64 : .extract32),
            rd: rd,
            rn: rn,
            rm: rm,
            ra: UInt8(amount),
            roles: [.readsRn, .readsRm, .writesRd]
        )
    }
}
