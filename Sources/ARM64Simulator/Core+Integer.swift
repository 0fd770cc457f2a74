/// Data processing of general registers.
extension Core {
    // MARK: Parts of the pseudocode

    /// Arm ARM, AddWithCarry; sets the flags.
    @inline(__always) private func addWithCarry(_ a: UInt64, _ b: UInt64, _ carry: UInt64) -> UInt64 {
        let (partial, firstCarry) = a.addingReportingOverflow(b)
        let (sum, secondCarry) = partial.addingReportingOverflow(carry)
        let overflow = ((a ^ sum) & (b ^ sum)) >> 63
        let c: UInt64 = firstCarry || secondCarry ? 2 : 0
        state.pointee.flags = (sum >> 63) << 3 | (sum == 0 ? 4 : 0) | c | overflow
        return sum
    }

    /// Arm ARM, AddWithCarry; sets the flags.
    @inline(__always) private func addWithCarry(_ a: UInt32, _ b: UInt32, _ carry: UInt64) -> UInt32 {
        let wide = UInt64(a) + UInt64(b) + carry
        let sum = UInt32(truncatingIfNeeded: wide)
        let overflow = UInt64(((a ^ sum) & (b ^ sum)) >> 31)
        state.pointee.flags = UInt64(sum >> 31) << 3 | (sum == 0 ? 4 : 0) | (wide >> 32) << 1 | overflow
        return sum
    }

    /// The flags of a logical instruction.
    @inline(__always) private func withFlags(_ value: UInt64) -> UInt64 {
        state.pointee.flags = (value >> 63) << 3 | (value == 0 ? 4 : 0)
        return value
    }

    /// The flags of a logical instruction.
    @inline(__always) private func withFlags(_ value: UInt32) -> UInt32 {
        state.pointee.flags = UInt64(value >> 31) << 3 | (value == 0 ? 4 : 0)
        return value
    }

    @inline(__always) private var carry: UInt64 { state.pointee.flags >> 1 & 1 }

    @inline(__always) private func rotate(_ value: UInt64, right amount: UInt64) -> UInt64 {
        value &>> amount | value &<< (0 &- amount)
    }

    @inline(__always) private func rotate(_ value: UInt32, right amount: UInt32) -> UInt32 {
        value &>> amount | value &<< (0 &- amount)
    }

    /// Arm ARM, ShiftReg: 0 lsl, 1 lsr, 2 asr, 3 ror.
    @inline(__always) private func shifted(_ value: UInt64, _ type: UInt8, _ amount: UInt8) -> UInt64 {
        switch type {
        case 0: value &<< UInt64(amount)
        case 1: value &>> UInt64(amount)
        case 2: UInt64(bitPattern: Int64(bitPattern: value) &>> Int64(amount))
        default: rotate(value, right: UInt64(amount))
        }
    }

    /// Arm ARM, ShiftReg: 0 lsl, 1 lsr, 2 asr, 3 ror.
    @inline(__always) private func shifted(_ value: UInt32, _ type: UInt8, _ amount: UInt8) -> UInt32 {
        switch type {
        case 0: value &<< UInt32(amount)
        case 1: value &>> UInt32(amount)
        case 2: UInt32(bitPattern: Int32(bitPattern: value) &>> Int32(amount))
        default: rotate(value, right: UInt32(amount))
        }
    }

    /// Arm ARM, ExtendReg: uxtb, uxth, uxtw, uxtx, sxtb, sxth, sxtw, sxtx.
    @inline(__always) private func extended(_ value: UInt64, _ option: UInt8) -> UInt64 {
        switch option {
        case 0: value & 0xff
        case 1: value & 0xffff
        case 2: value & 0xffff_ffff
        case 4: UInt64(bitPattern: Int64(Int8(truncatingIfNeeded: value)))
        case 5: UInt64(bitPattern: Int64(Int16(truncatingIfNeeded: value)))
        case 6: UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value)))
        default: value
        }
    }

    @inline(__always) private func addition(_ a: UInt64, _ b: UInt64, _ form: AdditionForm) -> UInt64 {
        guard form.setsFlags else { return form.subtracts ? a &- b : a &+ b }
        return form.subtracts ? addWithCarry(a, ~b, 1) : addWithCarry(a, b, 0)
    }

    @inline(__always) private func addition(_ a: UInt32, _ b: UInt32, _ form: AdditionForm) -> UInt32 {
        guard form.setsFlags else { return form.subtracts ? a &- b : a &+ b }
        return form.subtracts ? addWithCarry(a, ~b, 1) : addWithCarry(a, b, 0)
    }

    @inline(__always) private func signed(_ value: UInt32) -> Int64 { Int64(Int32(bitPattern: value)) }

    /// The quotient; zero where the divisor is zero. Arm ARM, UDIV and SDIV.
    @inline(__always) private func quotient<Value: FixedWidthInteger>(_ a: Value, _ b: Value) -> Value {
        b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
    }

    @inline(__always) private func reverseBits(_ value: UInt64) -> UInt64 {
        var bits = value.byteSwapped
        bits = (bits >> 4 & 0x0f0f_0f0f_0f0f_0f0f) | (bits & 0x0f0f_0f0f_0f0f_0f0f) << 4
        bits = (bits >> 2 & 0x3333_3333_3333_3333) | (bits & 0x3333_3333_3333_3333) << 2
        return (bits >> 1 & 0x5555_5555_5555_5555) | (bits & 0x5555_5555_5555_5555) << 1
    }

    @inline(__always) private func reverseBytes16(_ value: UInt64) -> UInt64 {
        (value >> 8 & 0x00ff_00ff_00ff_00ff) | (value & 0x00ff_00ff_00ff_00ff) << 8
    }

    // MARK: Execution

    /// Executes the instruction and those after it that are of this group as well, which most have for neighbours.
    /// - Parameter limit: the greatest number of instructions, at least 1.
    /// - Returns: the number of instructions.
    @inline(never) func executeIntegers(
        _ first: IntegerOperation,
        _ reference: InstructionReference,
        limit: UInt64
    ) -> UInt64 {
        var (operation, d) = (first, reference)
        var done: UInt64 = 1
        while true {
            executeInteger(operation, d)
            guard done < limit else { return done }
            d = d.next
            guard case .integer(let next) = d.pointer.pointee.operation else { return done }
            operation = next
            done &+= 1
        }
    }

    @inline(__always) func executeInteger(_ operation: IntegerOperation, _ d: InstructionReference) {
        switch operation {
        case .moveImmediate: set(d, d.immediate)
        case .moveKeep32: set(d, UInt32(truncatingIfNeeded: x[Int(d.rd)] & ~(0xffff << UInt64(d.rm)) | d.immediate))
        case .moveKeep64: set(d, x[Int(d.rd)] & ~(0xffff << UInt64(d.rm)) | d.immediate)
        case .addImmediate32: set(d, wn(d) &+ UInt32(truncatingIfNeeded: d.immediate))
        case .addImmediate64: set(d, xn(d) &+ d.immediate)
        case .addsImmediate32: set(d, addWithCarry(wn(d), UInt32(truncatingIfNeeded: d.immediate), 0))
        case .addsImmediate64: set(d, addWithCarry(xn(d), d.immediate, 0))
        case .subImmediate32: set(d, wn(d) &- UInt32(truncatingIfNeeded: d.immediate))
        case .subImmediate64: set(d, xn(d) &- d.immediate)
        case .subsImmediate32: set(d, addWithCarry(wn(d), ~UInt32(truncatingIfNeeded: d.immediate), 1))
        case .subsImmediate64: set(d, addWithCarry(xn(d), ~d.immediate, 1))
        case .andImmediate: set(d, xn(d) & d.immediate)
        case .orrImmediate32: set(d, wn(d) | UInt32(truncatingIfNeeded: d.immediate))
        case .orrImmediate64: set(d, xn(d) | d.immediate)
        case .eorImmediate32: set(d, wn(d) ^ UInt32(truncatingIfNeeded: d.immediate))
        case .eorImmediate64: set(d, xn(d) ^ d.immediate)
        case .andsImmediate32: set(d, withFlags(wn(d) & UInt32(truncatingIfNeeded: d.immediate)))
        case .andsImmediate64: set(d, withFlags(xn(d) & d.immediate))
        case .bitfieldSigned32: set(d, UInt32(bitPattern: Int32(bitPattern: wn(d) &<< UInt32(d.rm)) &>> Int32(d.ra)))
        case .bitfieldSigned64: set(d, UInt64(bitPattern: Int64(bitPattern: xn(d) &<< UInt64(d.rm)) &>> Int64(d.ra)))
        case .bitfieldUnsigned32: set(d, (wn(d) &<< UInt32(d.rm)) &>> UInt32(d.ra))
        case .bitfieldUnsigned64: set(d, (xn(d) &<< UInt64(d.rm)) &>> UInt64(d.ra))
        case .bitfieldInsert32:
            let rotated = UInt64(rotate(wn(d), right: UInt32(d.ra)))
            set(d, UInt32(truncatingIfNeeded: x[Int(d.rd)] & ~d.immediate | rotated & d.immediate))
        case .bitfieldInsert64:
            set(d, x[Int(d.rd)] & ~d.immediate | rotate(xn(d), right: UInt64(d.ra)) & d.immediate)
        case .extract32:
            let wide = UInt64(wn(d)) << 32 | UInt64(wm(d))
            set(d, UInt32(truncatingIfNeeded: wide >> UInt64(d.ra)))
        case .extract64:
            set(d, d.ra == 0 ? xm(d) : xm(d) &>> UInt64(d.ra) | xn(d) &<< (0 &- UInt64(d.ra)))
        case .add32: set(d, wn(d) &+ wm(d))
        case .adds32: set(d, addWithCarry(wn(d), wm(d), 0))
        case .sub32: set(d, wn(d) &- wm(d))
        case .subs32: set(d, addWithCarry(wn(d), ~wm(d), 1))
        case .add64: set(d, xn(d) &+ xm(d))
        case .adds64: set(d, addWithCarry(xn(d), xm(d), 0))
        case .sub64: set(d, xn(d) &- xm(d))
        case .subs64: set(d, addWithCarry(xn(d), ~xm(d), 1))
        case .additionShifted32:
            let form = AdditionForm(packed: d.immediate)
            set(d, addition(wn(d), shifted(wm(d), form.option, d.ra), form))
        case .additionShifted64:
            let form = AdditionForm(packed: d.immediate)
            set(d, addition(xn(d), shifted(xm(d), form.option, d.ra), form))
        case .additionExtended32:
            let form = AdditionForm(packed: d.immediate)
            set(d, addition(wn(d), UInt32(truncatingIfNeeded: extended(xm(d), form.option) &<< UInt64(d.ra)), form))
        case .additionExtended64:
            let form = AdditionForm(packed: d.immediate)
            set(d, addition(xn(d), extended(xm(d), form.option) &<< UInt64(d.ra), form))
        case .addCarry32: set(d, wn(d) &+ wm(d) &+ UInt32(truncatingIfNeeded: carry))
        case .addsCarry32: set(d, addWithCarry(wn(d), wm(d), carry))
        case .subCarry32: set(d, wn(d) &+ ~wm(d) &+ UInt32(truncatingIfNeeded: carry))
        case .subsCarry32: set(d, addWithCarry(wn(d), ~wm(d), carry))
        case .addCarry64: set(d, xn(d) &+ xm(d) &+ carry)
        case .addsCarry64: set(d, addWithCarry(xn(d), xm(d), carry))
        case .subCarry64: set(d, xn(d) &+ ~xm(d) &+ carry)
        case .subsCarry64: set(d, addWithCarry(xn(d), ~xm(d), carry))
        case .and32: set(d, wn(d) & wm(d))
        case .orr32: set(d, wn(d) | wm(d))
        case .eor32: set(d, wn(d) ^ wm(d))
        case .bic32: set(d, wn(d) & ~wm(d))
        case .orn32: set(d, wn(d) | ~wm(d))
        case .eon32: set(d, wn(d) ^ ~wm(d))
        case .ands32: set(d, withFlags(wn(d) & wm(d)))
        case .bics32: set(d, withFlags(wn(d) & ~wm(d)))
        case .and64: set(d, xn(d) & xm(d))
        case .orr64: set(d, xn(d) | xm(d))
        case .eor64: set(d, xn(d) ^ xm(d))
        case .bic64: set(d, xn(d) & ~xm(d))
        case .orn64: set(d, xn(d) | ~xm(d))
        case .eon64: set(d, xn(d) ^ ~xm(d))
        case .ands64: set(d, withFlags(xn(d) & xm(d)))
        case .bics64: set(d, withFlags(xn(d) & ~xm(d)))
        case .logicalShifted32:
            let form = LogicalForm(packed: d.immediate)
            let plain = shifted(wm(d), form.shift, d.ra)
            let operand = form.inverts ? ~plain : plain
            switch form.opcode {
            case 0: set(d, wn(d) & operand)
            case 1: set(d, wn(d) | operand)
            case 2: set(d, wn(d) ^ operand)
            default: set(d, withFlags(wn(d) & operand))
            }
        case .logicalShifted64:
            let form = LogicalForm(packed: d.immediate)
            let plain = shifted(xm(d), form.shift, d.ra)
            let operand = form.inverts ? ~plain : plain
            switch form.opcode {
            case 0: set(d, xn(d) & operand)
            case 1: set(d, xn(d) | operand)
            case 2: set(d, xn(d) ^ operand)
            default: set(d, withFlags(xn(d) & operand))
            }
        case .multiplyAdd32: set(d, wa(d) &+ wn(d) &* wm(d))
        case .multiplySubtract32: set(d, wa(d) &- wn(d) &* wm(d))
        case .multiplyAdd64: set(d, xa(d) &+ xn(d) &* xm(d))
        case .multiplySubtract64: set(d, xa(d) &- xn(d) &* xm(d))
        case .signedMultiplyAddLong: set(d, xa(d) &+ UInt64(bitPattern: signed(wn(d)) &* signed(wm(d))))
        case .signedMultiplySubtractLong: set(d, xa(d) &- UInt64(bitPattern: signed(wn(d)) &* signed(wm(d))))
        case .unsignedMultiplyAddLong: set(d, xa(d) &+ UInt64(wn(d)) &* UInt64(wm(d)))
        case .unsignedMultiplySubtractLong: set(d, xa(d) &- UInt64(wn(d)) &* UInt64(wm(d)))
        case .signedMultiplyHigh:
            let product = Int64(bitPattern: xn(d)).multipliedFullWidth(by: Int64(bitPattern: xm(d)))
            set(d, UInt64(bitPattern: product.high))
        case .unsignedMultiplyHigh: set(d, xn(d).multipliedFullWidth(by: xm(d)).high)
        case .unsignedDivide32: set(d, quotient(wn(d), wm(d)))
        case .signedDivide32: set(d, UInt32(bitPattern: quotient(Int32(bitPattern: wn(d)), Int32(bitPattern: wm(d)))))
        case .shiftLeft32: set(d, wn(d) &<< wm(d))
        case .shiftRight32: set(d, wn(d) &>> wm(d))
        case .arithmeticShiftRight32:
            set(d, UInt32(bitPattern: Int32(bitPattern: wn(d)) &>> Int32(bitPattern: wm(d))))
        case .rotateRight32: set(d, rotate(wn(d), right: wm(d)))
        case .unsignedDivide64: set(d, quotient(xn(d), xm(d)))
        case .signedDivide64: set(d, UInt64(bitPattern: quotient(Int64(bitPattern: xn(d)), Int64(bitPattern: xm(d)))))
        case .shiftLeft64: set(d, xn(d) &<< xm(d))
        case .shiftRight64: set(d, xn(d) &>> xm(d))
        case .arithmeticShiftRight64:
            set(d, UInt64(bitPattern: Int64(bitPattern: xn(d)) &>> Int64(bitPattern: xm(d))))
        case .rotateRight64: set(d, rotate(xn(d), right: xm(d)))
        case .reverseBits32: set(d, reverseBits(xn(d)) >> 32)
        case .reverseBits64: set(d, reverseBits(xn(d)))
        case .reverseBytes16In32: set(d, UInt32(truncatingIfNeeded: reverseBytes16(xn(d))))
        case .reverseBytes16In64: set(d, reverseBytes16(xn(d)))
        case .reverseBytes32In32: set(d, wn(d).byteSwapped)
        case .reverseBytes32In64: set(d, rotate(xn(d).byteSwapped, right: 32))
        case .reverseBytes64: set(d, xn(d).byteSwapped)
        case .countLeadingZeros32: set(d, UInt64(wn(d).leadingZeroBitCount))
        case .countLeadingZeros64: set(d, UInt64(xn(d).leadingZeroBitCount))
        case .countLeadingSigns32:
            let signs = UInt32(bitPattern: Int32(bitPattern: wn(d)) >> 31)
            set(d, UInt64((wn(d) ^ signs).leadingZeroBitCount - 1))
        case .countLeadingSigns64:
            let signs = UInt64(bitPattern: Int64(bitPattern: xn(d)) >> 63)
            set(d, UInt64((xn(d) ^ signs).leadingZeroBitCount - 1))
        case .select32: set(d, holds(d.ra) ? wn(d) : wm(d))
        case .selectIncrement32: set(d, holds(d.ra) ? wn(d) : wm(d) &+ 1)
        case .selectInvert32: set(d, holds(d.ra) ? wn(d) : ~wm(d))
        case .selectNegate32: set(d, holds(d.ra) ? wn(d) : 0 &- wm(d))
        case .select64: set(d, holds(d.ra) ? xn(d) : xm(d))
        case .selectIncrement64: set(d, holds(d.ra) ? xn(d) : xm(d) &+ 1)
        case .selectInvert64: set(d, holds(d.ra) ? xn(d) : ~xm(d))
        case .selectNegate64: set(d, holds(d.ra) ? xn(d) : 0 &- xm(d))
        case .compareNegativeConditional32:
            if holds(d.ra) { _ = addWithCarry(wn(d), wm(d), 0) } else { state.pointee.flags = d.immediate }
        case .compareConditional32:
            if holds(d.ra) { _ = addWithCarry(wn(d), ~wm(d), 1) } else { state.pointee.flags = d.immediate }
        case .compareNegativeConditionalImmediate32:
            if holds(d.ra) { _ = addWithCarry(wn(d), UInt32(d.rm), 0) } else { state.pointee.flags = d.immediate }
        case .compareConditionalImmediate32:
            if holds(d.ra) { _ = addWithCarry(wn(d), ~UInt32(d.rm), 1) } else { state.pointee.flags = d.immediate }
        case .compareNegativeConditional64:
            if holds(d.ra) { _ = addWithCarry(xn(d), xm(d), 0) } else { state.pointee.flags = d.immediate }
        case .compareConditional64:
            if holds(d.ra) { _ = addWithCarry(xn(d), ~xm(d), 1) } else { state.pointee.flags = d.immediate }
        case .compareNegativeConditionalImmediate64:
            if holds(d.ra) { _ = addWithCarry(xn(d), UInt64(d.rm), 0) } else { state.pointee.flags = d.immediate }
        case .compareConditionalImmediate64:
            if holds(d.ra) { _ = addWithCarry(xn(d), ~UInt64(d.rm), 1) } else { state.pointee.flags = d.immediate }
        }
    }
}
