import Invariants
import MachineCode
import RegisterAllocation

extension Emission {
    /// The hardware number of the register of an operand of the current instruction.
    @inline(__always)
    func encoding(_ operand: Int) -> UInt8 { register(operand).encoding }

    /// Makes a condition the number 0 or 1.
    mutating func appendSet(_ condition: ARM64Condition, to register: UInt8) {
        append(
            .csinc,
            is64: false,
            d: register,
            n: ARM64Register.zero,
            m: ARM64Register.zero,
            modifier: condition.negated.rawValue
        )
    }
}

extension ARM64Backend {
    public func emit(_ instruction: MachineInstruction, into emission: inout Emission) {
        let values = ARM64FieldValues(auxiliary: instruction.auxiliary)
        switch ARM64MachineForm.numbering.meaning(of: instruction.form) {
        case .instruction(let position):
            emit(ARM64FormTable.forms[position], values, immediate: instruction.immediate, into: &emission)
        case .sequence(let number): emit(ARM64MachineForm.sequence(number), values, instruction, into: &emission)
        case .program(let position):
            emit(ARM64VectorTable.shared.programs.programs[position], instruction, into: &emission)
        }
    }

    private func emit(
        _ form: ARM64Form,
        _ values: ARM64FieldValues,
        immediate: Int64,
        into emission: inout Emission
    ) {
        let count = values.operandCount
        emission.append(
            form,
            is64: values.is64,
            isDouble: values.isDouble,
            d: count > 0 ? emission.encoding(0) : 0,
            n: count > 1 ? emission.encoding(1) : ARM64Register.zero,
            m: count > 2 ? emission.encoding(2) : ARM64Register.zero,
            a: count > 3 ? emission.encoding(3) : ARM64Register.zero,
            modifier: values.modifier,
            amount: values.amount,
            immediate: immediate
        )
    }

    private func emit(
        _ sequence: ARM64Sequence,
        _ values: ARM64FieldValues,
        _ instruction: MachineInstruction,
        into emission: inout Emission
    ) {
        let immediate = instruction.immediate
        let is64 = values.is64
        let isDouble = values.isDouble
        let scratch = ARM64Register.ownScratch
        switch sequence {
        case .moveLowHalf:
            emission.append(
                .orrShifted,
                is64: false,
                d: emission.encoding(0),
                n: ARM64Register.zero,
                m: emission.encoding(1)
            )
        case .rotateLeft:
            // To the right by the negated amount, which the instruction takes modulo the width.
            emission.append(.subShifted, is64: is64, d: scratch, n: ARM64Register.zero, m: emission.encoding(2))
            emission.append(.rorv, is64: is64, d: emission.encoding(0), n: emission.encoding(1), m: scratch)
        case .countTrailingZeros:
            emission.append(.rbit, is64: is64, d: emission.encoding(0), n: emission.encoding(1))
            emission.append(.clz, is64: is64, d: emission.encoding(0), n: emission.encoding(0))
        case .populationCount: emitPopulationCount(is64: is64, into: &emission)
        case .remainderSigned, .remainderUnsigned:
            let form: ARM64Form = sequence == .remainderSigned ? .sdiv : .udiv
            emission.append(form, is64: is64, d: scratch, n: emission.encoding(1), m: emission.encoding(2))
            emission.append(
                .msub,
                is64: is64,
                d: emission.encoding(0),
                n: scratch,
                m: emission.encoding(2),
                a: emission.encoding(1)
            )
        case .selectInteger, .selectFloat:
            emission.append(.subsImmediate, is64: false, d: ARM64Register.zero, n: emission.encoding(3))
            emission.append(
                sequence == .selectInteger ? .csel : .fcsel,
                is64: is64,
                isDouble: isDouble,
                d: emission.encoding(0),
                n: emission.encoding(1),
                m: emission.encoding(2),
                modifier: ARM64Condition.notEqual.rawValue
            )
        case .selectVector: emitVectorSelection(into: &emission)
        case .floatCopySign: emitCopySign(isDouble: isDouble, into: &emission)
        case .floatConstant:
            emitFloatConstant(UInt64(bitPattern: immediate), isDouble: isDouble, into: &emission)
        case .vectorConstant:
            let constant = emission.function.vectorConstants[Int(immediate)]
            emission.appendVectorConstant(low: constant.low, high: constant.high, to: emission.encoding(0))
        case .load:
            emission.append(
                ARM64Access(rawValue: values.modifier)!,
                emission.encoding(0),
                base: emission.encoding(1),
                offset: Int(immediate)
            )
        case .store:
            emission.append(
                ARM64Access(rawValue: values.modifier)!,
                emission.encoding(1),
                base: emission.encoding(0),
                offset: Int(immediate)
            )
        case .loadIndexed, .storeIndexed: emitIndexed(values, into: &emission)
        case .compareAndSet: emitComparison(.set, instruction, into: &emission)
        case .compareAndBranch: emitComparison(.branch, instruction, into: &emission)
        case .compareAndTrap: emitComparison(.trap, instruction, into: &emission)
        case .compareAndSelectInteger: emitComparison(.selectInteger, instruction, into: &emission)
        case .compareAndSelectFloat: emitComparison(.selectFloat, instruction, into: &emission)
        case .compareAndSelectVector: emitComparison(.selectVector, instruction, into: &emission)
        }
    }

    /// There is no such instruction for general-purpose registers: the bytes are counted and added up in a vector register.
    private func emitPopulationCount(is64: Bool, into emission: inout Emission) {
        let vector = ARM64Register.ownVectorScratch
        emission.append(is64 ? .fmovDX : .fmovSW, d: vector, n: emission.encoding(1))
        emission.append(.cnt, d: vector, n: vector, modifier: ARM64Arrangement.bytes8.rawValue)
        emission.append(.addv, d: vector, n: vector, modifier: ARM64Arrangement.bytes8.rawValue)
        emission.append(.fmovWS, d: emission.encoding(0), n: vector)
    }

    /// Goes over the scratch register, as the definition may be in the register of either value.
    private func emitVectorSelection(into emission: inout Emission) {
        let scratch = ARM64Register.ownVectorScratch
        emission.append(.cbz, is64: false, d: emission.encoding(3), immediate: 12)
        emission.append(.orr16B, d: scratch, n: emission.encoding(1), m: emission.encoding(1))
        emission.append(.b, immediate: 8)
        emission.append(.orr16B, d: scratch, n: emission.encoding(2), m: emission.encoding(2))
        emission.append(.orr16B, d: emission.encoding(0), n: scratch, m: scratch)
    }

    private func emitCopySign(isDouble: Bool, into emission: inout Emission) {
        // The scratch register becomes the mask of the sign, then the result.
        let scratch = ARM64Register.ownVectorScratch
        if isDouble {
            emission.appendImmediate(1 << 63, to: ARM64Register.ownScratch)
            emission.append(.fmovDX, d: scratch, n: ARM64Register.ownScratch)
        } else {
            emission.append(.movi4S, d: scratch, amount: 24, immediate: 0x80)
        }
        emission.append(.bsl16B, d: scratch, n: emission.encoding(2), m: emission.encoding(1))
        emission.append(.fmov, isDouble: isDouble, d: emission.encoding(0), n: scratch)
    }

    private func emitFloatConstant(_ bits: UInt64, isDouble: Bool, into emission: inout Emission) {
        let destination = emission.encoding(0)
        let zero = ARM64Register.zero
        if bits == 0 {
            emission.append(isDouble ? .fmovDX : .fmovSW, d: destination, n: zero)
            return
        }
        let value =
            isDouble ? Double(bitPattern: bits) : Double(Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
        // A conversion could change the bits of a NaN, but no NaN has a short form.
        if let immediate = ARM64FloatImmediate.encode(value) {
            emission.append(.fmovImmediate, isDouble: isDouble, d: destination, immediate: Int64(immediate))
            return
        }
        emission.appendImmediate(bits, to: ARM64Register.ownScratch)
        emission.append(isDouble ? .fmovDX : .fmovSW, d: destination, n: ARM64Register.ownScratch)
    }
}
