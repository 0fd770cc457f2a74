import Invariants
import MachineCode
import RegisterAllocation

extension Emission {
    /// An operand of the current instruction as ModRM.rm: a register, or its spill slot.
    func rm(_ operand: Int) -> X64RegisterOrMemory {
        switch location(operand) {
        case .none: invariantFailed("register is real")
        case .register(let register): return .register(register.encoding)
        case .slot(let slot):
            // A frame is at most 1 GiB.
            return .memory(X64Memory(base: X64GPR.rsp.rawValue, displacement: Int32(offset(ofSlot: slot))))
        }
    }

    /// The hardware number of the register of an operand of the current instruction.
    @inline(__always)
    func encoding(_ operand: Int) -> UInt8 { register(operand).encoding }
}

extension X64Backend {
    public func emit(_ instruction: MachineInstruction, into emission: inout Emission) {
        if let form = X64MachineForm.form(instruction.form) {
            emit(form, instruction, into: &emission)
        } else if let sequence = X64MachineForm.sequence(instruction.form) {
            emit(sequence, instruction, into: &emission)
        } else if let program = X64MachineForm.program(instruction.form) {
            emit(program, instruction, into: &emission)
        } else {
            invariantFailed("form \(instruction.form) belongs to the back end")
        }
    }

    private func emit(_ form: X64Form, _ instruction: MachineInstruction, into emission: inout Emission) {
        guard let pattern = X64OperandPattern(rawValue: instruction.auxiliary) else {
            invariantFailed("operand pattern \(instruction.auxiliary) exists")
        }
        switch pattern {
        case .reuseAndSource:
            emission.append(form, emission.encoding(0), rm: emission.rm(2), immediate: instruction.immediate)
        case .reuse:
            emission.append(form, rm: .register(emission.encoding(0)), immediate: instruction.immediate)
        case .source:
            emission.append(form, emission.encoding(0), rm: emission.rm(1), immediate: instruction.immediate)
        case .definition:
            emission.append(form, emission.encoding(0), immediate: instruction.immediate)
        case .load:
            let memory = emission.memory(emission.register(1), Int(instruction.immediate))
            emission.append(form, emission.encoding(0), rm: memory)
        case .store:
            let memory = emission.memory(emission.register(0), Int(instruction.immediate))
            emission.append(form, emission.encoding(1), rm: memory)
        }
    }

    private func emit(_ sequence: X64Sequence, _ instruction: MachineInstruction, into emission: inout Emission) {
        switch sequence {
        case .compareAndSet:
            let source = emission.rm(2)
            emission.append(instruction.comparisonForm, emission.encoding(1), rm: source)
            emission.appendSet(instruction.condition, to: emission.encoding(0))
        case .compareImmediateAndSet:
            emission.append(
                instruction.comparisonForm,
                rm: .register(emission.encoding(1)),
                immediate: instruction.immediate
            )
            emission.appendSet(instruction.condition, to: emission.encoding(0))
        case .compareFloatsEqual:
            let source = emission.rm(2)
            emission.append(instruction.comparisonForm, emission.encoding(1), rm: source)
            emission.appendSet(.notParity, to: X64GPR.ownScratch.rawValue)
            emission.appendSet(.equal, to: emission.encoding(0))
            emission.append(.and32RM, emission.encoding(0), X64GPR.ownScratch.rawValue)
        case .compareFloatsNotEqual:
            let source = emission.rm(2)
            emission.append(instruction.comparisonForm, emission.encoding(1), rm: source)
            emission.appendSet(.parity, to: X64GPR.ownScratch.rawValue)
            emission.appendSet(.notEqual, to: emission.encoding(0))
            emission.append(.or32RM, emission.encoding(0), X64GPR.ownScratch.rawValue)
        case .select: emitSelect(instruction, into: &emission)
        case .divideUnsigned, .remainderUnsigned:
            emitUnsignedDivision(isWide: instruction.isWide, into: &emission)
        case .divideSigned: emitSignedDivision(isRemainder: false, isWide: instruction.isWide, into: &emission)
        case .remainderSigned: emitSignedDivision(isRemainder: true, isWide: instruction.isWide, into: &emission)
        case .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate, .reinterpret,
            .floatConstant, .vectorConstant, .truncateToUnsigned64, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned32, .truncateSaturatingUnsigned64, .convertUnsigned32, .convertUnsigned64:
            emitFloat(sequence, instruction, into: &emission)
        case .foldedReuse, .foldedCopy, .foldedDefinition, .foldedShuffle, .foldedStore, .foldedStoreImmediate,
            .foldedSet,
            .foldedBranch,
            .foldedTrap,
            .foldedSelect32, .foldedSelect64, .foldedSelectVector:
            emitFolded(sequence, instruction, into: &emission)
        }
    }

    private func emitSelect(_ instruction: MachineInstruction, into emission: inout Emission) {
        // The definition already holds the first value.
        let destination = emission.encoding(0)
        switch emission.rm(3) {
        case .register(let condition): emission.append(.test32MR, condition, condition)
        case .memory(let memory): emission.append(.cmp32MI8, rm: .memory(memory), immediate: 0)
        }
        let second = emission.rm(2)
        if instruction.isDouble {
            let skip = emission.appendShortJump(.notEqual)
            emission.append(.movapsRM, destination, rm: second)
            emission.land(skip)
        } else {
            let form: X64Form = instruction.isWide ? .cmovcc64RM : .cmovcc32RM
            emission.append(form, destination, rm: second, condition: .equal)
        }
    }

    /// Puts the divisor in the back end's own scratch register: it may be in rax and rdx too, which are written before it is read.
    private func emitDivisor(isWide: Bool, into emission: inout Emission) -> UInt8 {
        let divisor = X64GPR.ownScratch.rawValue
        let source = emission.rm(2)
        emission.append(isWide ? .mov64RM : .mov32RM, divisor, rm: source)
        return divisor
    }

    private func emitUnsignedDivision(isWide: Bool, into emission: inout Emission) {
        let divisor = emitDivisor(isWide: isWide, into: &emission)
        emission.append(.xor32RM, X64GPR.rdx.rawValue, X64GPR.rdx.rawValue)
        emission.append(isWide ? .div64M : .div32M, rm: .register(divisor))
    }

    private func emitSignedDivision(isRemainder: Bool, isWide: Bool, into emission: inout Emission) {
        let divisor = emitDivisor(isWide: isWide, into: &emission)
        var skip: X64ShortJump?
        if isRemainder {
            // The smallest integer by -1 has the remainder 0, but `idiv` faults since the quotient overflows.
            emission.append(.xor32RM, X64GPR.rdx.rawValue, X64GPR.rdx.rawValue)
            emission.append(isWide ? .cmp64MI8 : .cmp32MI8, rm: .register(divisor), immediate: -1)
            skip = emission.appendShortJump(.equal)
        }
        emission.append(isWide ? .cqo : .cdq)
        emission.append(isWide ? .idiv64M : .idiv32M, rm: .register(divisor))
        if let skip { emission.land(skip) }
    }
}

/// The place of a one-byte distance that is written when its target is reached.
struct X64ShortJump {
    var offset: Int
}

extension Emission {
    /// Appends a jump forwards over at most 127 bytes; ``land(_:)`` says where to.
    mutating func appendShortJump(_ condition: X64Condition) -> X64ShortJump {
        append(.jccD8, condition: condition)
        return X64ShortJump(offset: code.count - 1)
    }

    /// As ``appendShortJump(_:)``, whatever the flags.
    mutating func appendShortJump() -> X64ShortJump {
        append(.jmpD8)
        return X64ShortJump(offset: code.count - 1)
    }

    /// Makes a short jump lead here.
    mutating func land(_ jump: X64ShortJump) {
        let distance = code.count - jump.offset - 1
        invariant(distance <= 127, "short jump of \(distance) bytes fits a byte")
        code.bytes[jump.offset] = UInt8(distance)
    }

    /// Appends what makes a register 1 where the flags say so and 0 elsewhere; flags stay.
    mutating func appendSet(_ condition: X64Condition, to register: UInt8) {
        append(.setccM, rm: .register(register), condition: condition)
        append(.movzx32RM8, register, register)
    }
}
