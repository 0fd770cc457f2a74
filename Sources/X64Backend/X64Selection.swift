import MachineCode
import RegisterAllocation
import SSA
import WasmModel

extension X64Backend {
    public func selectedInstruction(
        for instruction: InstructionRecord,
        at position: Int,
        in facts: SelectionFacts
    ) -> SelectedInstruction? {
        X64Selection(facts: facts, instruction: instruction, position: position).selectedInstruction()
    }
}

/// Decides which machine instruction one SSA instruction becomes.
///
/// What an operand can be (a constant, a load, a sum that is an address) is asked of the facts, which know nothing where operands
/// are not folded: the same lines then give the forms with registers.
struct X64Selection {
    let facts: SelectionFacts
    let instruction: InstructionRecord
    let position: Int

    func selectedInstruction() -> SelectedInstruction? {
        let type = instruction.type
        // The width of the integer and of the float that the record's type may be.
        let isWide = type != .i32
        let isDouble = type == .f64
        switch instruction.operation {
        case .constant: return constant()
        case .constantVector: return sequence(.vectorConstant, immediate: instruction.immediate)

        case .add: return sum(isWide: isWide)
        case .subtract: return difference(isWide: isWide)
        case .multiply: return product(isWide: isWide)
        case .and: return logic(isWide ? X64LogicForms.and64 : .and32)
        case .or: return logic(isWide ? X64LogicForms.or64 : .or32)
        case .exclusiveOr: return logic(isWide ? X64LogicForms.xor64 : .xor32)
        case .divideSigned: return division(.divideSigned, isWide: isWide, result: .rax)
        case .divideUnsigned: return division(.divideUnsigned, isWide: isWide, result: .rax)
        case .remainderSigned: return division(.remainderSigned, isWide: isWide, result: .rdx)
        case .remainderUnsigned: return division(.remainderUnsigned, isWide: isWide, result: .rdx)
        case .shiftLeft: return shift(isWide ? X64ShiftForms.shl64 : .shl32)
        case .shiftRightSigned: return shift(isWide ? X64ShiftForms.sar64 : .sar32)
        case .shiftRightUnsigned: return shift(isWide ? X64ShiftForms.shr64 : .shr32)
        case .rotateLeft: return shift(isWide ? X64ShiftForms.rol64 : .rol32)
        case .rotateRight: return shift(isWide ? X64ShiftForms.ror64 : .ror32)
        case .countLeadingZeros: return unary(isWide ? .lzcnt64RM : .lzcnt32RM)
        case .countTrailingZeros: return unary(isWide ? .tzcnt64RM : .tzcnt32RM)
        case .populationCount: return unary(isWide ? .popcnt64RM : .popcnt32RM, loads: true)
        case .signExtend8: return unary(isWide ? .movsx64RM8 : .movsx32RM8)
        case .signExtend16: return unary(isWide ? .movsx64RM16 : .movsx32RM16)
        case .signExtend32: return unary(.movsxd64RM32)
        case .extendSigned: return unary(.movsxd64RM32, loads: true)
        case .extendUnsigned: return zeroExtension()
        case .wrap: return unary(.mov32RM, loads: true)

        case .floatAdd: return binary(isDouble ? .addsd : .addss)
        case .floatSubtract: return binary(isDouble ? .subsd : .subss)
        case .floatMultiply: return binary(isDouble ? .mulsd : .mulss)
        case .floatDivide: return binary(isDouble ? .divsd : .divss)
        case .floatMinimum: return reusing(.floatMinimum, uses: 2, isDouble: isDouble)
        case .floatMaximum: return reusing(.floatMaximum, uses: 2, isDouble: isDouble)
        case .floatCopySign: return reusing(.floatCopySign, uses: 2, isDouble: isDouble)
        case .floatAbsolute: return reusing(.floatAbsolute, uses: 1, isDouble: isDouble)
        case .floatNegate: return reusing(.floatNegate, uses: 1, isDouble: isDouble)
        case .floatSquareRoot: return unary(isDouble ? .sqrtsd : .sqrtss, loads: true)
        case .floatNearest: return rounding(.nearest, isDouble: isDouble)
        case .floatFloor: return rounding(.down, isDouble: isDouble)
        case .floatCeiling: return rounding(.up, isDouble: isDouble)
        case .floatTruncate: return rounding(.towardZero, isDouble: isDouble)
        case .demote: return unary(.cvtsd2ss, loads: true)
        case .promote: return unary(.cvtss2sd, loads: true)
        case .truncateSigned: return truncation(isSigned: true)
        case .truncateUnsigned: return truncation(isSigned: false)
        case .truncateSaturatingSigned: return saturatingTruncation(isSigned: true)
        case .truncateSaturatingUnsigned: return saturatingTruncation(isSigned: false)
        case .convertSigned: return conversion(isSigned: true)
        case .convertUnsigned: return conversion(isSigned: false)
        case .reinterpret: return reinterpretation()

        case .compare, .floatCompare: return comparison()
        case .branchIf: return branch()
        case .trapIf: return trap(negates: false)
        case .trapUnless: return trap(negates: true)
        case .select: return choice()

        case .vector(let opcode): return vector(opcode)
        // `movq` makes the upper half zero, `insertps` the three lanes of the mask.
        case .vectorFromScalar: return isDouble ? unary(.movqRM) : unary(.insertps, immediate: 0b1110)

        case .load(let width):
            return defining(X64Form.load(type, width), address(operand(0), instruction.immediate))
        case .store(let width): return store(width)

        case .loadContext, .storeContext, .call, .callIndirect, .callRuntime,
            .jump, .branchTable, .return, .trap, .landingPad, .returnCall, .returnCallIndirect, .tryCall,
            .tryCallIndirect, .tryCallRuntime:
            return nil
        }
    }

    // MARK: One instruction

    /// `result = left op right`, in the register of the left operand.
    func reusing(_ form: X64Form, _ left: Value, _ right: X64RightOperand) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .reuse(1))
        selected.use(left)
        let right = selected.use(right)
        selected.finish(form, .reuse, right)
        return selected
    }

    /// `result = op right`, in a register of its own; an immediate is possible where the right operand is a value.
    func defining(_ form: X64Form, _ right: X64RightOperand, immediate: Int64? = nil) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        let right = selected.use(right)
        if let immediate { selected.immediate = immediate }
        selected.finish(form, .definition, right)
        return selected
    }

    /// `result = operand 0 op operand 1`, in the register of operand 0.
    private func binary(_ form: X64Form) -> SelectedInstruction {
        reusing(form, operand(0), source(operand(1), instruction.type))
    }

    /// `result = op(operand 0)`, in a register of its own.
    /// - Parameter loads: whether the operand is folded where it is a load.
    private func unary(_ form: X64Form, immediate: Int64? = nil, loads: Bool = false) -> SelectedInstruction {
        let value = operand(0)
        if loads, let address = movableLoad(value, facts.type(of: value)) { return defining(form, .memory(address)) }
        return defining(form, .value(value), immediate: immediate)
    }

    // MARK: Sequences

    /// A sequence that has only a definition.
    func sequence(_ sequence: X64Sequence, auxiliary: UInt32 = 0, immediate: Int64) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        selected.finish(X64MachineForm.number(sequence), auxiliary: auxiliary, immediate: immediate)
        return selected
    }

    /// A sequence with a definition in the register of operand 1, and register uses.
    private func reusing(_ sequence: X64Sequence, uses: Int, isDouble: Bool) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .reuse(1))
        for number in 0..<uses { selected.use(operand(number)) }
        selected.finish(X64MachineForm.number(sequence), auxiliary: X64Sequence.auxiliary(isDouble: isDouble))
        return selected
    }

    /// A sequence with a definition in the register of a value.
    func reusing(_ sequence: X64Sequence, _ value: Value, immediate: Int64 = 0) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .reuse(1))
        selected.use(value)
        selected.finish(X64MachineForm.number(sequence), immediate: immediate)
        return selected
    }

    /// A sequence with a definition and one use.
    private func converting(
        _ sequence: X64Sequence,
        _ constraint: OperandConstraint,
        isDouble: Bool,
        isWide: Bool = false
    ) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        selected.use(operand(0), constraint)
        let auxiliary = X64Sequence.auxiliary(isDouble: isDouble, isWide: isWide)
        selected.finish(X64MachineForm.number(sequence), auxiliary: auxiliary)
        return selected
    }

    // MARK: Integers

    /// Sums of a register with a constant, a shifted register, or a register that lives on are addresses.
    private func sum(isWide: Bool) -> SelectedInstruction {
        let address: X64Form = isWide ? .lea64RM : .lea32RM
        let addition: X64Form = isWide ? .add64RM : .add32RM
        let (left, right) = facts.operands(of: instruction)
        guard facts.foldsOperands else { return reusing(addition, left, .value(right)) }
        if let folded = sum(of: left, right, address, addition) ?? sum(of: right, left, address, addition) {
            return folded
        }
        if facts.useCount(left) > 1 {
            // The shorter instruction takes the other register, if that dies here.
            if facts.useCount(right) == 1 { return reusing(addition, right, .value(left)) }
            return defining(address, .memory(X64Address(base: left, index: right, displacement: 0)))
        }
        return reusing(addition, left, .value(right))
    }

    /// The sum where the other operand can be folded.
    private func sum(
        of one: Value,
        _ other: Value,
        _ address: X64Form,
        _ addition: X64Form
    ) -> SelectedInstruction? {
        if let amount = immediate(other) {
            return defining(address, .memory(X64Address(base: one, displacement: Int32(amount))))
        }
        if let (index, shift) = scaled(other) {
            let sum = X64Address(base: one, index: index, scaleShift: shift, displacement: 0)
            return defining(address, .memory(sum))
        }
        return movableLoad(other, instruction.type).map { reusing(addition, one, .memory($0)) }
    }

    private func difference(isWide: Bool) -> SelectedInstruction {
        if let amount = immediate(operand(1)), let negated = Int32(exactly: -amount) {
            let address = X64Address(base: operand(0), displacement: negated)
            return defining(isWide ? .lea64RM : .lea32RM, .memory(address))
        }
        return binary(isWide ? .sub64RM : .sub32RM)
    }

    private func product(isWide: Bool) -> SelectedInstruction {
        guard let factor = immediate(operand(1)) else { return binary(isWide ? .imul64RM : .imul32RM) }
        let isShort = Int8(exactly: factor) != nil
        let short: X64Form = isWide ? .imul64RMI8 : .imul32RMI8
        let long: X64Form = isWide ? .imul64RMI : .imul32RMI
        return defining(isShort ? short : long, .value(operand(0)), immediate: factor)
    }

    private func logic(_ forms: X64LogicForms) -> SelectedInstruction {
        guard let value = immediate(operand(1)) else { return binary(forms.register) }
        let form = Int8(exactly: value) != nil ? forms.short : forms.long
        return reusing(form, operand(0), .immediate(value))
    }

    /// A shift by a constant, or by rcx.
    private func shift(_ forms: X64ShiftForms) -> SelectedInstruction {
        if let amount = immediate(operand(1)) {
            return reusing(forms.immediate, operand(0), .immediate(amount & (instruction.type == .i32 ? 31 : 63)))
        }
        var selected = SelectedInstruction(defining: .reuse(1))
        selected.use(operand(0))
        selected.use(operand(1), .fixed(X64GPR.rcx.physical))
        selected.finish(forms.register, .reuse, X64RightPlace(.immediate))
        return selected
    }

    /// Dividend in rax, the result in one register of rax and rdx while the other is lost.
    private func division(_ sequence: X64Sequence, isWide: Bool, result: X64GPR) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .fixed(result.physical))
        selected.use(operand(0), .fixed(X64GPR.rax.physical))
        selected.use(operand(1), .any)
        let auxiliary = X64Sequence.auxiliary(isDouble: false, isWide: isWide)
        selected.finish(X64MachineForm.number(sequence), auxiliary: auxiliary)
        let other: X64GPR = result == .rax ? .rdx : .rax
        selected.clobbers.insert(other.physical)
        return selected
    }

    /// An extension with zeros, which is nothing where the upper half is zero already.
    private func zeroExtension() -> SelectedInstruction {
        let value = operand(0)
        if isZeroExtended(value), movableLoad(value, .i32) == nil { return reusing(.copy, value) }
        return unary(.mov32RM, loads: true)
    }

    // MARK: Constants and conversions

    private func constant() -> SelectedInstruction {
        let immediate = instruction.immediate
        switch instruction.type {
        case .i32:
            var selected = SelectedInstruction(defining: .register)
            selected.immediate = Int64(UInt32(truncatingIfNeeded: immediate))
            selected.finish(.mov32OI, .constant, X64RightPlace(.immediate))
            return selected
        case .i64, .reference:
            var selected = SelectedInstruction(defining: .register)
            let auxiliary = MachineInstruction.auxiliary(.i64)
            selected.finish(SharedForm.loadImmediate.rawValue, auxiliary: auxiliary, immediate: immediate)
            return selected
        case .f32:
            if facts.foldsOperands, let bits = pooled(instruction) { return defining(.movssRM, bits) }
            return sequence(.floatConstant, immediate: Int64(UInt32(truncatingIfNeeded: immediate)))
        case .f64:
            if facts.foldsOperands, let bits = pooled(instruction) { return defining(.movsdRM, bits) }
            let auxiliary = X64Sequence.auxiliary(isDouble: true)
            return sequence(.floatConstant, auxiliary: auxiliary, immediate: immediate)
        // Vectors have an operation of their own; the verifier refuses this one.
        case .v128: return sequence(.vectorConstant, immediate: immediate)
        }
    }

    private func rounding(_ mode: X64Rounding, isDouble: Bool) -> SelectedInstruction {
        unary(isDouble ? .roundsd : .roundss, immediate: mode.rawValue)
    }

    private func truncation(isSigned: Bool) -> SelectedInstruction {
        let fromDouble = facts.type(of: operand(0)) == .f64
        let isWide = instruction.type == .i64
        if isWide && !isSigned { return converting(.truncateToUnsigned64, .register, isDouble: fromDouble) }
        // An unsigned number of 32 bits is the low half of the signed result of 64 bits.
        if isWide || !isSigned { return unary(fromDouble ? .cvttsd2si64 : .cvttss2si64) }
        return unary(fromDouble ? .cvttsd2si32 : .cvttss2si32)
    }

    private func saturatingTruncation(isSigned: Bool) -> SelectedInstruction {
        let isWide = instruction.type == .i64
        let unsigned: X64Sequence = isWide ? .truncateSaturatingUnsigned64 : .truncateSaturatingUnsigned32
        let fromDouble = facts.type(of: operand(0)) == .f64
        return converting(
            isSigned ? .truncateSaturatingSigned : unsigned,
            .register,
            isDouble: fromDouble,
            isWide: isWide
        )
    }

    private func conversion(isSigned: Bool) -> SelectedInstruction {
        let isDouble = instruction.type == .f64
        let isWide = facts.type(of: operand(0)) == .i64
        guard isSigned else {
            return converting(isWide ? .convertUnsigned64 : .convertUnsigned32, .any, isDouble: isDouble)
        }
        let wide: X64Form = isDouble ? .cvtsi2sd64 : .cvtsi2ss64
        let narrow: X64Form = isDouble ? .cvtsi2sd32 : .cvtsi2ss32
        return unary(isWide ? wide : narrow)
    }

    private func reinterpretation() -> SelectedInstruction {
        let type = instruction.type
        if type.isInteger && facts.type(of: operand(0)).isInteger { return unary(.mov64RM) }
        return converting(.reinterpret, .any, isDouble: !type.isInteger, isWide: type.size == 8)
    }
}

/// The immediate of `round`: the rounding mode in the low two bits; bit 3 keeps the precision exception quiet.
private enum X64Rounding: Int64 {
    case nearest = 8
    case down, up, towardZero
}

/// The forms of an instruction of logic.
struct X64LogicForms {
    let register, short, long: X64Form

    static let and32 = X64LogicForms(register: .and32RM, short: .and32MI8, long: .and32MI)
    static let and64 = X64LogicForms(register: .and64RM, short: .and64MI8, long: .and64MI)
    static let or32 = X64LogicForms(register: .or32RM, short: .or32MI8, long: .or32MI)
    static let or64 = X64LogicForms(register: .or64RM, short: .or64MI8, long: .or64MI)
    static let xor32 = X64LogicForms(register: .xor32RM, short: .xor32MI8, long: .xor32MI)
    static let xor64 = X64LogicForms(register: .xor64RM, short: .xor64MI8, long: .xor64MI)
}

/// The forms of a shift or rotation: by rcx, and by an immediate.
struct X64ShiftForms {
    let register, immediate: X64Form

    static let shl32 = X64ShiftForms(register: .shl32MC, immediate: .shl32MI)
    static let shl64 = X64ShiftForms(register: .shl64MC, immediate: .shl64MI)
    static let sar32 = X64ShiftForms(register: .sar32MC, immediate: .sar32MI)
    static let sar64 = X64ShiftForms(register: .sar64MC, immediate: .sar64MI)
    static let shr32 = X64ShiftForms(register: .shr32MC, immediate: .shr32MI)
    static let shr64 = X64ShiftForms(register: .shr64MC, immediate: .shr64MI)
    static let rol32 = X64ShiftForms(register: .rol32MC, immediate: .rol32MI)
    static let rol64 = X64ShiftForms(register: .rol64MC, immediate: .rol64MI)
    static let ror32 = X64ShiftForms(register: .ror32MC, immediate: .ror32MI)
    static let ror64 = X64ShiftForms(register: .ror64MC, immediate: .ror64MI)
}
