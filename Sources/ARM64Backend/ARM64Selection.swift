import MachineCode
import SSA

extension ARM64Backend {
    public func selectedInstruction(
        for instruction: InstructionRecord,
        at position: Int,
        in facts: SelectionFacts
    ) -> SelectedInstruction? {
        ARM64Selection(facts: facts, instruction: instruction, position: position).selectedInstruction()
    }
}

/// Decides which machine instruction one SSA instruction becomes.
///
/// What an operand can be (a constant, a shifted or extended register, a product) is asked of the facts, which know nothing where
/// operands are not folded: the same lines then give the forms with registers.
struct ARM64Selection {
    let facts: SelectionFacts
    let instruction: InstructionRecord
    let position: Int

    func selectedInstruction() -> SelectedInstruction? {
        let type = instruction.type
        // The width of the integer or of the float that the record's type may be.
        let width = ARM64FieldValues(is64: type == .i64, isDouble: type == .f64)
        switch instruction.operation {
        case .constant: return constant()
        case .constantVector: return sequence(.vectorConstant, width, uses: 0, immediate: instruction.immediate)

        case .add: return sum(width)
        case .subtract: return difference(width)
        // The operand that is missing, Ra, is the zero register.
        case .multiply: return binary(.madd, width)
        case .divideSigned: return binary(.sdiv, width)
        case .divideUnsigned: return binary(.udiv, width)
        case .remainderSigned: return sequence(.remainderSigned, width, uses: 2)
        case .remainderUnsigned: return sequence(.remainderUnsigned, width, uses: 2)
        case .and: return logic(ARM64LogicForms.and, width)
        case .or: return logic(ARM64LogicForms.or, width)
        case .exclusiveOr: return logic(ARM64LogicForms.exclusiveOr, width)
        case .shiftLeft: return shiftLeft(width)
        case .shiftRightSigned: return shiftRight(.asrv, .sbfm, width)
        case .shiftRightUnsigned: return shiftRight(.lsrv, .ubfm, width)
        case .rotateLeft: return rotateLeft(width)
        case .rotateRight: return rotateRight(width)
        case .countLeadingZeros: return unary(.clz, width)
        case .countTrailingZeros: return sequence(.countTrailingZeros, width, uses: 1)
        case .populationCount: return sequence(.populationCount, width, uses: 1)
        case .signExtend8: return signExtension(from: 8, is64: width.is64)
        case .signExtend16: return signExtension(from: 16, is64: width.is64)
        case .signExtend32, .extendSigned: return signExtension(from: 32, is64: true)
        case .extendUnsigned, .wrap: return sequence(.moveLowHalf, width, uses: 1)

        case .floatAdd: return binary(.fadd, width)
        case .floatSubtract: return binary(.fsub, width)
        case .floatMultiply: return binary(.fmul, width)
        case .floatDivide: return binary(.fdiv, width)
        // Both give a NaN where an operand is one, and order the zeros by their signs, as wasm does.
        case .floatMinimum: return binary(.fmin, width)
        case .floatMaximum: return binary(.fmax, width)
        case .floatCopySign: return sequence(.floatCopySign, width, uses: 2)
        case .floatAbsolute: return unary(.fabs, width)
        case .floatNegate: return unary(.fneg, width)
        case .floatSquareRoot: return unary(.fsqrt, width)
        case .floatCeiling: return unary(.frintp, width)
        case .floatFloor: return unary(.frintm, width)
        case .floatTruncate: return unary(.frintz, width)
        case .floatNearest: return unary(.frintn, width)
        case .demote: return unary(.fcvtSD, width)
        case .promote: return unary(.fcvtDS, width)
        // The instructions saturate, and make 0 of a NaN.
        case .truncateSigned, .truncateSaturatingSigned: return truncation(.fcvtzs)
        case .truncateUnsigned, .truncateSaturatingUnsigned: return truncation(.fcvtzu)
        case .convertSigned: return conversion(.scvtf)
        case .convertUnsigned: return conversion(.ucvtf)
        case .reinterpret: return reinterpretation()

        case .compare, .floatCompare: return comparison()
        case .branchIf: return branch()
        case .trapIf: return trap(negates: false)
        case .trapUnless: return trap(negates: true)
        case .select: return choice()

        case .vector(let opcode): return vector(opcode)
        // A move of a scalar makes the upper lanes zero.
        case .vectorFromScalar: return unary(.fmov, width)

        case .load(let width): return load(ARM64Access.load(type, width))
        case .store(let width): return store(ARM64Access.store(type, width))

        case .loadContext, .storeContext, .call, .callIndirect, .callRuntime,
            .jump, .branchTable, .return, .trap, .landingPad, .returnCall, .returnCallIndirect, .tryCall,
            .tryCallIndirect, .tryCallRuntime:
            return nil
        }
    }

    // MARK: One instruction

    /// One instruction with so many of the values as Rn, Rm and Ra.
    func single(
        _ form: ARM64Form,
        _ values: ARM64FieldValues,
        _ first: Value,
        _ second: Value? = nil,
        _ third: Value? = nil,
        immediate: Int64 = 0
    ) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        selected.use(first)
        if let second { selected.use(second) }
        if let third { selected.use(third) }
        var values = values
        values.operandCount = UInt8(selected.operandCount)
        selected.finish(ARM64MachineForm.number(form), auxiliary: values.auxiliary, immediate: immediate)
        return selected
    }

    /// `result = op(operand 0)`.
    private func unary(_ form: ARM64Form, _ values: ARM64FieldValues) -> SelectedInstruction {
        single(form, values, operand(0))
    }

    /// `result = operand 0 op operand 1`.
    private func binary(_ form: ARM64Form, _ values: ARM64FieldValues) -> SelectedInstruction {
        single(form, values, operand(0), operand(1))
    }

    /// A sequence with a definition and so many of the operands.
    func sequence(
        _ sequence: ARM64Sequence,
        _ values: ARM64FieldValues,
        uses: Int,
        immediate: Int64 = 0
    ) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        for number in 0..<uses { selected.use(operand(number)) }
        selected.finish(ARM64MachineForm.number(sequence), auxiliary: values.auxiliary, immediate: immediate)
        return selected
    }

    /// The low bits of operand 0, extended by their sign.
    private func signExtension(from bits: UInt8, is64: Bool) -> SelectedInstruction {
        unary(.sbfm, ARM64FieldValues(is64: is64, amount: bits - 1))
    }

    // MARK: Integers

    private func sum(_ values: ARM64FieldValues) -> SelectedInstruction {
        let (left, right) = facts.operands(of: instruction)
        for (one, other) in [(left, right), (right, left)] {
            if let number = facts.constant(other) { return sum(one, number, values) ?? binary(.addShifted, values) }
            if let (first, second) = factors(other) { return single(.madd, values, first, second, one) }
            if let (source, modifier, amount) = shifted(other, rotates: false) {
                return single(.addShifted, values.with(modifier, amount), one, source)
            }
            if let (source, modifier, amount) = extended(other) {
                return single(.addExtended, values.with(modifier, amount), one, source)
            }
        }
        return binary(.addShifted, values)
    }

    private func difference(_ values: ARM64FieldValues) -> SelectedInstruction {
        let (left, right) = facts.operands(of: instruction)
        if let number = facts.constant(right) { return sum(left, 0 &- number, values) ?? binary(.subShifted, values) }
        if let (first, second) = factors(right) { return single(.msub, values, first, second, left) }
        if let (source, modifier, amount) = shifted(right, rotates: false) {
            return single(.subShifted, values.with(modifier, amount), left, source)
        }
        if let (source, modifier, amount) = extended(right) {
            return single(.subExtended, values.with(modifier, amount), left, source)
        }
        return binary(.subShifted, values)
    }

    /// The addition of a number; nil where no immediate holds it.
    private func sum(_ value: Value, _ number: Int64, _ values: ARM64FieldValues) -> SelectedInstruction? {
        guard let immediate = ARM64SumImmediate(number) else { return nil }
        let form: ARM64Form = number < 0 ? .subImmediate : .addImmediate
        let amount: UInt8 = immediate.isShifted ? 12 : 0
        return single(form, values.with(0, amount), value, immediate: immediate.bits)
    }

    private func logic(_ forms: ARM64LogicForms, _ values: ARM64FieldValues) -> SelectedInstruction {
        let (left, right) = facts.operands(of: instruction)
        for (one, other) in [(left, right), (right, left)] {
            if let number = facts.constant(other) {
                guard let bits = bitmask(number, is64: values.is64) else { break }
                return single(forms.immediate, values, one, immediate: bits)
            }
            if let (source, modifier, amount) = shifted(other, rotates: true) {
                return single(forms.register, values.with(modifier, amount), one, source)
            }
            if let complement = facts.onlyUsed(other, at: position), complement.operation == .exclusiveOr,
                facts.constant(facts.operand(1, of: complement)) == -1
            {
                return single(forms.negated, values, one, facts.operand(0, of: complement))
            }
        }
        return binary(forms.register, values)
    }

    /// By a constant amount it is a move of a bit field.
    private func shiftLeft(_ width: ARM64FieldValues) -> SelectedInstruction {
        guard let amount = shiftAmount(width) else { return binary(.lslv, width) }
        let last: Int64 = width.is64 ? 63 : 31
        return single(.ubfm, width.with(0, UInt8(last - amount)), operand(0), immediate: (0 - amount) & last)
    }

    /// By a constant amount it is a move of a bit field.
    private func shiftRight(_ register: ARM64Form, _ field: ARM64Form, _ width: ARM64FieldValues) -> SelectedInstruction
    {
        guard let amount = shiftAmount(width) else { return binary(register, width) }
        return single(field, width.with(0, width.is64 ? 63 : 31), operand(0), immediate: amount)
    }

    private func rotateRight(_ width: ARM64FieldValues) -> SelectedInstruction {
        guard let amount = shiftAmount(width) else { return binary(.rorv, width) }
        return single(.extr, width.with(0, UInt8(amount)), operand(0), operand(0))
    }

    private func rotateLeft(_ width: ARM64FieldValues) -> SelectedInstruction {
        guard let amount = shiftAmount(width) else { return sequence(.rotateLeft, width, uses: 2) }
        let opposite = (0 - amount) & (width.is64 ? 63 : 31)
        return single(.extr, width.with(0, UInt8(opposite)), operand(0), operand(0))
    }

    /// The amount where it is a constant, modulo the width.
    private func shiftAmount(_ width: ARM64FieldValues) -> Int64? {
        facts.constant(operand(1)).map { $0 & (width.is64 ? 63 : 31) }
    }

    // MARK: Constants and conversions

    private func constant() -> SelectedInstruction {
        let immediate = instruction.immediate
        let low = Int64(UInt32(truncatingIfNeeded: immediate))
        switch instruction.type {
        case .i32: return integer(.i32, low)
        case .i64, .reference: return integer(.i64, immediate)
        case .f32: return sequence(.floatConstant, ARM64FieldValues(), uses: 0, immediate: low)
        case .f64: return sequence(.floatConstant, ARM64FieldValues(isDouble: true), uses: 0, immediate: immediate)
        // Vectors have an operation of their own; the verifier refuses this one.
        case .v128: return sequence(.vectorConstant, ARM64FieldValues(), uses: 0, immediate: immediate)
        }
    }

    private func integer(_ type: IRType, _ bits: Int64) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        let auxiliary = MachineInstruction.auxiliary(type)
        selected.finish(SharedForm.loadImmediate.rawValue, auxiliary: auxiliary, immediate: bits)
        return selected
    }

    private func truncation(_ form: ARM64Form) -> SelectedInstruction {
        let isDouble = facts.type(of: operand(0)) == .f64
        return unary(form, ARM64FieldValues(is64: instruction.type == .i64, isDouble: isDouble))
    }

    private func conversion(_ form: ARM64Form) -> SelectedInstruction {
        let is64 = facts.type(of: operand(0)) == .i64
        return unary(form, ARM64FieldValues(is64: is64, isDouble: instruction.type == .f64))
    }

    private func reinterpretation() -> SelectedInstruction {
        let values = ARM64FieldValues()
        switch (instruction.type, facts.type(of: operand(0)).isInteger) {
        case (.i32, false): return unary(.fmovWS, values)
        case (.i64, false), (.reference, false): return unary(.fmovXD, values)
        case (.f32, true): return unary(.fmovSW, values)
        case (.f64, true): return unary(.fmovDX, values)
        case (.i32, true): return sequence(.moveLowHalf, values, uses: 1)
        // Shifts by nothing copy.
        case (.i64, true), (.reference, true): return unary(.ubfm, ARM64FieldValues(is64: true, amount: 63))
        case (.f32, false), (.f64, false): return unary(.fmov, ARM64FieldValues(isDouble: true))
        case (.v128, _): return unary(.fmovDX, values)
        }
    }
}

/// The forms of an instruction of logic: with an immediate, with a register that may be shifted, and with its complement.
struct ARM64LogicForms {
    let immediate, register, negated: ARM64Form

    static let and = ARM64LogicForms(immediate: .andImmediate, register: .andShifted, negated: .bicShifted)
    static let or = ARM64LogicForms(immediate: .orrImmediate, register: .orrShifted, negated: .ornShifted)
    static let exclusiveOr = ARM64LogicForms(immediate: .eorImmediate, register: .eorShifted, negated: .eonShifted)
}
