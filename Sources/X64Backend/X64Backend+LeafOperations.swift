import MachineCode
import RegisterAllocation
import SSA

extension Emission {
    /// Appends one instruction.
    ///
    /// The one place into which the encoder is compiled.
    @inline(never)
    mutating func append(
        _ form: X64Form,
        _ register: UInt8 = 0,
        rm: X64RegisterOrMemory = .register(0),
        immediate: Int64 = 0,
        condition: X64Condition = .overflow
    ) {
        X64Instruction(form, register: register, rm: rm, immediate: immediate, condition: condition)
            .encode(into: &code.bytes)
    }

    /// Appends one instruction with registers in ModRM.reg and ModRM.rm.
    @inline(__always)
    mutating func append(_ form: X64Form, _ register: UInt8, _ rm: UInt8, immediate: Int64 = 0) {
        append(form, register, rm: .register(rm), immediate: immediate)
    }

    /// Appends an instruction whose last four bytes are the distance to a label.
    mutating func append(_ form: X64Form, condition: X64Condition = .overflow, to label: Label) {
        append(form, condition: condition)
        code.fixUp(at: code.count - 4, to: label, .x64Relative32)
    }

    /// Appends a jump to a label; the short form where the label is known to be near.
    mutating func appendJump(to label: Label) {
        guard code.isBound(label, within: Self.shortReach) else {
            append(.jmpD32, to: label)
            return
        }
        append(.jmpD8)
        code.fixUp(at: code.count - 1, to: label, .x64Relative8)
    }

    /// Appends a jump that is taken where a condition holds; the short form where the label is known to be near.
    mutating func appendJump(_ condition: X64Condition, to label: Label) {
        guard code.isBound(label, within: Self.shortReach) else {
            append(.jccD32, condition: condition, to: label)
            return
        }
        append(.jccD8, condition: condition)
        code.fixUp(at: code.count - 1, to: label, .x64Relative8)
    }

    /// What a byte reaches backwards, less the two bytes of the jump.
    private static let shortReach = 126

    /// Appends an instruction whose last four bytes are the distance to a symbol.
    mutating func append(_ form: X64Form, to symbol: Symbol) {
        append(form)
        code.relocation(at: code.count - 4, to: symbol, .x64Relative32)
    }

    /// Appends the shortest instruction that puts 64 bits into a general-purpose register; flags stay.
    mutating func appendImmediate(_ value: UInt64, to register: UInt8) {
        if value <= UInt64(UInt32.max) {
            append(.mov32OI, register, immediate: Int64(value))
        } else if let small = Int32(exactly: Int64(bitPattern: value)) {
            append(.mov64MI, rm: .register(register), immediate: Int64(small))
        } else {
            append(.mov64OI, register, immediate: Int64(bitPattern: value))
        }
    }

    /// The memory at a base plus an offset of any size; an offset beyond 32 bits takes the back end's own scratch register.
    mutating func memory(_ base: PhysicalRegister, _ offset: Int) -> X64RegisterOrMemory {
        if let displacement = Int32(exactly: offset) {
            return .memory(X64Memory(base: base.encoding, displacement: displacement))
        }
        let scratch = X64GPR.ownScratch.rawValue
        appendImmediate(UInt64(bitPattern: Int64(offset)), to: scratch)
        return .memory(X64Memory(base: base.encoding, index: scratch))
    }
}

/// The leaf operations: each is one or a few instructions; only r11 and the flags are overwritten beside the destination.
extension X64Backend {
    public func emitMove(
        _ type: IRType,
        from source: PhysicalRegister,
        to destination: PhysicalRegister,
        into emission: inout Emission
    ) {
        let form: X64Form = type.isInteger ? .mov64RM : .movapsRM
        emission.append(form, destination.encoding, source.encoding)
    }

    public func emitLoad(
        _ type: IRType,
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        let memory = emission.memory(base, offset)
        emission.append(.load(type), destination.encoding, rm: memory)
    }

    public func emitStore(
        _ type: IRType,
        from source: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        let memory = emission.memory(base, offset)
        emission.append(.store(type), source.encoding, rm: memory)
    }

    public func emitAddress(
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    ) {
        let memory = emission.memory(base, offset)
        emission.append(.lea64RM, destination.encoding, rm: memory)
    }

    public func emitAddress(to destination: PhysicalRegister, of label: Label, into emission: inout Emission) {
        emission.append(.lea64RM, destination.encoding, rm: .memory(.relative(0)))
        emission.code.fixUp(at: emission.code.count - 4, to: label, .x64Relative32)
    }

    public func emitImmediate(_ value: UInt64, to destination: PhysicalRegister, into emission: inout Emission) {
        emission.appendImmediate(value, to: destination.encoding)
    }

    public func emitStackAdjustment(downBy size: Int, into emission: inout Emission) {
        if size == 0 { return }
        let amount = Int64(size.magnitude)
        let stackPointer = X64RegisterOrMemory.register(X64GPR.rsp.rawValue)
        let isShort = amount <= 127
        let form: X64Form = size > 0 ? (isShort ? .sub64MI8 : .sub64MI) : (isShort ? .add64MI8 : .add64MI)
        emission.append(form, rm: stackPointer, immediate: amount)
    }

    public func emitFrameStart(into emission: inout Emission) {
        emission.append(.push64O, X64GPR.rbp.rawValue)
        emission.append(.mov64RM, X64GPR.rbp.rawValue, X64GPR.rsp.rawValue)
    }

    public func emitStackCheck(size: Int, failing label: Label, into emission: inout Emission) {
        let scratch = X64GPR.ownScratch
        let limit = emission.memory(machine.context, InstanceContextLayout.stackLimit)
        emission.append(.mov64RM, scratch.rawValue, rm: limit)
        if size != 0 { emission.append(.add64MI, rm: .register(scratch.rawValue), immediate: Int64(size)) }
        emission.append(.cmp64RM, X64GPR.rsp.rawValue, scratch.rawValue)
        emission.appendJump(.below, to: label)
    }

    public func emitCountDown(
        base: PhysicalRegister,
        offset: Int,
        failing label: Label,
        into emission: inout Emission
    ) {
        emission.append(.sub64MI8, rm: emission.memory(base, offset), immediate: 1)
        emission.appendJump(.below, to: label)
    }

    public func emitReturn(popping size: Int, into emission: inout Emission) {
        emission.append(.mov64RM, X64GPR.rsp.rawValue, X64GPR.rbp.rawValue)
        emission.append(.pop64O, X64GPR.rbp.rawValue)
        if size == 0 {
            emission.append(.ret)
        } else if size <= Int(UInt16.max) {
            emission.append(.retI, immediate: Int64(size))
        } else {
            // `ret` pops at most 65,535 bytes.
            let scratch = X64GPR.ownScratch.rawValue
            emission.append(.pop64O, scratch)
            emission.append(.add64MI, rm: .register(X64GPR.rsp.rawValue), immediate: Int64(size))
            emission.append(.jmpM, rm: .register(scratch))
        }
    }

    public func emitCall(_ symbol: Symbol, into emission: inout Emission) { emission.append(.callD32, to: symbol) }

    public func emitCall(_ register: PhysicalRegister, into emission: inout Emission) {
        emission.append(.callM, rm: .register(register.encoding))
    }

    public func emitJump(to register: PhysicalRegister, into emission: inout Emission) {
        emission.append(.jmpM, rm: .register(register.encoding))
    }

    public func emitJump(to symbol: Symbol, into emission: inout Emission) { emission.append(.jmpD32, to: symbol) }

    public func emitJump(to label: Label, into emission: inout Emission) { emission.appendJump(to: label) }

    public func emitBranch(
        ifNotZero: Bool,
        _ register: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        emission.append(.test32MR, register.encoding, register.encoding)
        emission.appendJump(ifNotZero ? .notEqual : .equal, to: label)
    }

    public func emitBranch(
        ifDifferent left: PhysicalRegister,
        _ right: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    ) {
        emission.append(.cmp64RM, left.encoding, right.encoding)
        emission.appendJump(.notEqual, to: label)
    }

    public func emitBranch(ifMisaligned register: PhysicalRegister, to label: Label, into emission: inout Emission) {
        emission.append(.test64MI, rm: .register(register.encoding), immediate: 15)
        emission.appendJump(.notEqual, to: label)
    }

    public func emitBranchTable(
        index: PhysicalRegister,
        table: PhysicalRegister,
        entryCount: Int,
        into emission: inout Emission
    ) {
        let scratch = X64GPR.ownScratch.rawValue
        emission.append(.mov32OI, scratch, immediate: Int64(entryCount - 1))
        emission.append(.cmp32RM, scratch, index.encoding)
        emission.append(.cmovcc32RM, scratch, rm: .register(index.encoding), condition: .above)
        let entry = X64Memory(base: table.encoding, index: scratch, scaleShift: 2)
        emission.append(.movsxd64RM32, scratch, rm: .memory(entry))
        emission.append(.add64RM, scratch, table.encoding)
        emission.append(.jmpM, rm: .register(scratch))
    }
}
