import Invariants
import MachineCode
import RegisterAllocation
import WasmModel

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
        switch X64MachineForm.numbering.meaning(of: instruction.form) {
        case .instruction(let position): emit(X64FormTable.forms[position], instruction, into: &emission)
        case .sequence(let number): emit(X64MachineForm.sequence(number), instruction, into: &emission)
        case .program(let position):
            emit(X64VectorTable.shared.programs.programs[position], instruction, into: &emission)
        }
    }

    private func emit(_ form: X64Form, _ instruction: MachineInstruction, into emission: inout Emission) {
        let places = X64OperandPlaces(bits: instruction.auxiliary)
        let immediate = instruction.immediate
        switch places.pattern {
        case .reuse where places.right.mode == .immediate:
            emission.append(form, rm: .register(emission.encoding(0)), immediate: immediate)
        case .reuse: emission.append(form, emission.encoding(0), places.right, immediate, from: 2)
        case .definition, .store: emission.append(form, emission.encoding(0), places.right, immediate, from: 1)
        case .constant: emission.append(form, emission.encoding(0), immediate: immediate)
        case .storeImmediate:
            let memory = emission.memory(places.right, immediate, from: 0)
            emission.append(form, rm: memory, immediate: immediate >> 32)
        case .storeBehindAddress:
            let memory = emission.memory(places.right, immediate, from: 0)
            emission.append(form, emission.encoding(1), rm: memory)
        }
    }

    private func emit(_ sequence: X64Sequence, _ instruction: MachineInstruction, into emission: inout Emission) {
        let forms = instruction.isDouble ? X64FloatForms.double : .single
        switch sequence {
        case .copy: break
        case .shuffleOne:
            let lanes = emission.function.vectorConstants[Int(instruction.immediate)]
            let own: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
            emission.append(.pshufb, emission.encoding(0), constant: V128(low: lanes.low & own, high: lanes.high & own))
        case .select: emitSelect(instruction, into: &emission)
        case .divideUnsigned, .remainderUnsigned:
            emitUnsignedDivision(isWide: instruction.isWide, into: &emission)
        case .divideSigned: emitSignedDivision(isRemainder: false, isWide: instruction.isWide, into: &emission)
        case .remainderSigned: emitSignedDivision(isRemainder: true, isWide: instruction.isWide, into: &emission)
        case .floatMinimum: emitExtremum(isMinimum: true, forms, into: &emission)
        case .floatMaximum: emitExtremum(isMinimum: false, forms, into: &emission)
        case .floatCopySign: emitCopySign(forms, into: &emission)
        case .floatAbsolute: emission.appendWithoutSign(forms, emission.encoding(0))
        case .floatNegate: emitNegation(forms, into: &emission)
        case .reinterpret: emitReinterpretation(instruction, into: &emission)
        case .floatConstant:
            emission.appendFloat(forms, bits: UInt64(bitPattern: instruction.immediate), to: emission.encoding(0))
        case .vectorConstant:
            let constant = emission.function.vectorConstants[Int(instruction.immediate)]
            emitVectorConstant(V128(low: constant.low, high: constant.high), into: &emission)
        case .truncateToUnsigned64: emitTruncationToUnsigned64(forms, into: &emission)
        case .truncateSaturatingSigned:
            emitSaturatingSigned(forms, isWide: instruction.isWide, into: &emission)
        case .truncateSaturatingUnsigned32: emitSaturatingUnsigned32(forms, into: &emission)
        case .truncateSaturatingUnsigned64: emitSaturatingUnsigned64(forms, into: &emission)
        case .convertUnsigned32: emitConversionOfUnsigned32(forms, into: &emission)
        case .convertUnsigned64: emitConversionOfUnsigned64(forms, into: &emission)
        case .compareAndSet: emitComparison(.set, instruction, into: &emission)
        case .compareFloatsEqual: emitComparison(.setFloatsEqual, instruction, into: &emission)
        case .compareFloatsNotEqual: emitComparison(.setFloatsNotEqual, instruction, into: &emission)
        case .compareAndBranch: emitComparison(.branch, instruction, into: &emission)
        case .compareAndTrap: emitComparison(.trap, instruction, into: &emission)
        case .compareAndSelect32: emitComparison(.select32, instruction, into: &emission)
        case .compareAndSelect64: emitComparison(.select64, instruction, into: &emission)
        case .compareAndSelectVector: emitComparison(.selectVector, instruction, into: &emission)
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
