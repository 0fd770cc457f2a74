import Invariants
import MachineCode
import RegisterAllocation
import SSA

extension Emission {
    /// Appends one instruction.
    ///
    /// Selection and the callers here choose forms that their values fit; a value that does not is therefore a defect.
    @inline(__always)
    mutating func append(_ instruction: ARM64Instruction) {
        do {
            code.word(try instruction.encoded())
        } catch {
            invariantFailed(error.description)
        }
    }

    /// Appends one instruction of general-purpose or floating-point registers.
    @inline(__always)
    mutating func append(
        _ form: ARM64Form,
        is64: Bool = true,
        isDouble: Bool = false,
        d: UInt8 = 0,
        n: UInt8 = 0,
        m: UInt8 = 0,
        a: UInt8 = 0,
        modifier: UInt8 = 0,
        amount: UInt8 = 0,
        immediate: Int64 = 0
    ) {
        append(
            ARM64Instruction(
                form,
                is64: is64,
                isDouble: isDouble,
                d: d,
                n: n,
                m: m,
                a: a,
                modifier: modifier,
                amount: amount,
                immediate: immediate
            )
        )
    }

    /// Appends the shortest sequence that puts 64 bits into a general-purpose register; flags stay.
    mutating func appendImmediate(_ value: UInt64, to register: UInt8) {
        // A write of 32 bits clears the others.
        let is64 = value > UInt64(UInt32.max)
        let halves = is64 ? 4 : 2
        var zeros = 0
        var ones = 0
        for position in 0..<halves {
            let half = UInt16(truncatingIfNeeded: value >> UInt64(16 * position))
            if half == 0 { zeros += 1 }
            if half == .max { ones += 1 }
        }
        if max(zeros, ones) < halves - 1, ARM64BitmaskImmediate.encode(value, is64: is64) != nil {
            append(
                .orrImmediate,
                is64: is64,
                d: register,
                n: ARM64Register.zero,
                immediate: Int64(bitPattern: value)
            )
            return
        }
        let inverts = ones > zeros
        let filler: UInt16 = inverts ? .max : 0
        var isFirst = true
        for position in 0..<halves {
            let half = UInt16(truncatingIfNeeded: value >> UInt64(16 * position))
            if half == filler { continue }
            let form: ARM64Form = !isFirst ? .movk : inverts ? .movn : .movz
            let bits = isFirst && inverts ? ~half : half
            append(form, is64: is64, d: register, amount: UInt8(16 * position), immediate: Int64(bits))
            isFirst = false
        }
        if isFirst { append(inverts ? .movn : .movz, is64: is64, d: register) }
    }

    /// Appends a load or store at a base plus an offset of any size; an offset that no form holds takes the back end's own scratch register.
    mutating func append(_ access: ARM64Access, _ register: UInt8, base: UInt8, offset: Int) {
        let forms = access.forms
        let size = access.size
        if offset >= 0 && offset & (size - 1) == 0 && offset < 4096 * size {
            append(forms.scaled, d: register, n: base, immediate: Int64(offset))
        } else if offset >= -256 && offset < 256 {
            append(forms.unscaled, d: register, n: base, immediate: Int64(offset))
        } else {
            let scratch = ARM64Register.ownScratch
            appendImmediate(UInt64(bitPattern: Int64(offset)), to: scratch)
            append(forms.register, d: register, n: base, m: scratch, modifier: ARM64Extension.uxtx.rawValue)
        }
    }

    /// Appends an addition of a number of any size; base and destination may be the stack pointer.
    ///
    /// Numbers beyond 24 bits take a scratch register, by default the back end's own, which must not be the base.
    mutating func appendAddition(
        to destination: UInt8,
        base: UInt8,
        _ number: Int,
        scratch: UInt8 = ARM64Register.ownScratch
    ) {
        let magnitude = number.magnitude
        let low = Int64(magnitude & 0xFFF)
        let high = Int64(magnitude >> 12)
        if high < 4096 {
            let form: ARM64Form = number < 0 ? .subImmediate : .addImmediate
            if high != 0 { append(form, d: destination, n: base, amount: 12, immediate: high) }
            if low != 0 || high == 0 { append(form, d: destination, n: high != 0 ? destination : base, immediate: low) }
            return
        }
        invariant(base != scratch, "the base is not the scratch register")
        appendImmediate(UInt64(magnitude), to: scratch)
        append(
            number < 0 ? .subExtended : .addExtended,
            d: destination,
            n: base,
            m: scratch,
            modifier: ARM64Extension.uxtx.rawValue
        )
    }

    /// Appends an unconditional branch to a label.
    mutating func appendBranch(to label: Label) {
        append(.b)
        code.fixUp(at: code.count - 4, to: label, .arm64Branch26)
    }

    /// Appends a branch that is taken where a condition holds.
    mutating func appendBranch(_ condition: ARM64Condition, to label: Label) {
        switch branchReach {
        case .near:
            append(.bCond, modifier: condition.rawValue)
            code.fixUp(at: code.count - 4, to: label, .arm64Branch19)
        case .far:
            append(.bCond, modifier: condition.negated.rawValue, immediate: 8)
            appendBranch(to: label)
        }
    }
}

/// The leaf operations: each is one or a few instructions; only x17 and the flags are overwritten beside the destination.
extension ARM64Backend {
    public func emitMove(
        _ type: IRType,
        from source: PhysicalRegister,
        to destination: PhysicalRegister,
        into emission: inout Emission
    ) {
        let source = source.encoding
        let destination = destination.encoding
        switch type {
        case .i32, .i64, .reference:
            emission.append(.orrShifted, d: destination, n: ARM64Register.zero, m: source)
        case .f32, .f64: emission.append(.fmov, isDouble: true, d: destination, n: source)
        case .v128: emission.append(.orr16B, d: destination, n: source, m: source)
        }
    }

    public func emitLoad(
        _ type: IRType,
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        emission.append(.load(type), destination.encoding, base: base.encoding, offset: offset)
    }

    public func emitStore(
        _ type: IRType,
        from source: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        emission.append(.store(type), source.encoding, base: base.encoding, offset: offset)
    }

    public func emitAddress(
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        emission.appendAddition(to: destination.encoding, base: base.encoding, offset)
    }

    public func emitAddress(to destination: PhysicalRegister, of label: Label, into emission: inout Emission) {
        emission.append(.adr, d: destination.encoding)
        emission.code.fixUp(at: emission.code.count - 4, to: label, .arm64Address21)
    }

    public func emitImmediate(_ value: UInt64, to destination: PhysicalRegister, into emission: inout Emission) {
        emission.appendImmediate(value, to: destination.encoding)
    }

    public func emitStackAdjustment(downBy size: Int, into emission: inout Emission) {
        if size == 0 { return }
        // Both parts are multiples of 16, so that the stack pointer is aligned in between too.
        emission.appendAddition(to: ARM64Register.stackPointer, base: ARM64Register.stackPointer, -size)
    }

    public func emitFrameStart(into emission: inout Emission) {
        emission.append(
            .stpXPre,
            d: ARM64Register.framePointer,
            n: ARM64Register.stackPointer,
            a: ARM64Register.link,
            immediate: -16
        )
        emission.append(.addImmediate, d: ARM64Register.framePointer, n: ARM64Register.stackPointer)
    }

    public func emitStackCheck(size: Int, failing label: Label, into emission: inout Emission) {
        let scratch = ARM64Register.ownScratch
        emission.append(.loadX, scratch, base: ARM64Register.context, offset: InstanceContextLayout.stackLimit)
        if size != 0 {
            // The link register is already saved in the frame.
            emission.appendAddition(to: scratch, base: scratch, size, scratch: ARM64Register.link)
        }
        emission.append(
            .subsExtended,
            d: ARM64Register.zero,
            n: ARM64Register.stackPointer,
            m: scratch,
            modifier: ARM64Extension.uxtx.rawValue
        )
        emission.appendBranch(.carryClear, to: label)
    }

    public func emitCountDown(
        base: PhysicalRegister,
        offset: Int,
        failing label: Label,
        into emission: inout Emission
    ) {
        let scratch = ARM64Register.ownScratch
        emission.append(.loadX, scratch, base: base.encoding, offset: offset)
        emission.append(.subsImmediate, d: scratch, n: scratch, immediate: 1)
        emission.append(.storeX, scratch, base: base.encoding, offset: offset)
        emission.appendBranch(.carryClear, to: label)
    }

    public func emitReturn(popping size: Int, into emission: inout Emission) {
        emission.append(.addImmediate, d: ARM64Register.stackPointer, n: ARM64Register.framePointer)
        emission.append(
            .ldpXPost,
            d: ARM64Register.framePointer,
            n: ARM64Register.stackPointer,
            a: ARM64Register.link,
            immediate: 16
        )
        emitStackAdjustment(downBy: -size, into: &emission)
        emission.append(.ret, n: ARM64Register.link)
    }

    public func emitCall(_ symbol: Symbol, into emission: inout Emission) {
        emission.append(.bl)
        emission.code.relocation(at: emission.code.count - 4, to: symbol, .arm64Branch26)
    }

    public func emitCall(_ register: PhysicalRegister, into emission: inout Emission) {
        emission.append(.blr, n: register.encoding)
    }

    public func emitJump(to register: PhysicalRegister, into emission: inout Emission) {
        emission.append(.br, n: register.encoding)
    }

    public func emitJump(to symbol: Symbol, into emission: inout Emission) {
        emission.append(.b)
        emission.code.relocation(at: emission.code.count - 4, to: symbol, .arm64Branch26)
    }

    public func emitJump(to label: Label, into emission: inout Emission) { emission.appendBranch(to: label) }

    public func emitBranch(
        ifNotZero: Bool,
        _ register: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        switch emission.branchReach {
        case .near:
            emission.append(ifNotZero ? .cbnz : .cbz, is64: false, d: register.encoding)
            emission.code.fixUp(at: emission.code.count - 4, to: label, .arm64Branch19)
        case .far:
            emission.append(ifNotZero ? .cbz : .cbnz, is64: false, d: register.encoding, immediate: 8)
            emission.appendBranch(to: label)
        }
    }

    public func emitBranch(
        ifDifferent left: PhysicalRegister,
        _ right: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        emission.append(.subsShifted, d: ARM64Register.zero, n: left.encoding, m: right.encoding)
        emission.appendBranch(.notEqual, to: label)
    }

    public func emitBranch(ifMisaligned register: PhysicalRegister, to label: Label, into emission: inout Emission) {
        emission.append(.andsImmediate, d: ARM64Register.zero, n: register.encoding, immediate: 15)
        emission.appendBranch(.notEqual, to: label)
    }

    public func emitBranchTable(
        index: PhysicalRegister,
        table: PhysicalRegister,
        entryCount: Int,
        into emission: inout Emission
    ) {
        let scratch = ARM64Register.ownScratch
        emission.appendImmediate(UInt64(entryCount - 1), to: scratch)
        emission.append(.subsShifted, is64: false, d: ARM64Register.zero, n: index.encoding, m: scratch)
        emission.append(
            .csel,
            is64: false,
            d: scratch,
            n: index.encoding,
            m: scratch,
            modifier: ARM64Condition.carryClear.rawValue
        )
        emission.append(
            .ldrswRegister,
            d: scratch,
            n: table.encoding,
            m: scratch,
            modifier: ARM64Extension.uxtw.rawValue,
            amount: 2
        )
        emission.append(.addShifted, d: scratch, n: table.encoding, m: scratch)
        emission.append(.br, n: scratch)
    }
}
