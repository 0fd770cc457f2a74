import MachineCode
import RegisterAllocation
import SSA

extension Selection {
    /// Adds a definition in the register of operand 1.
    fileprivate mutating func defineReusing() { define(result(), .reuse(1)) }

    fileprivate mutating func finish(_ form: X64Form, _ pattern: X64OperandPattern, immediate: Int64 = 0) {
        finish(X64MachineForm.number(form), auxiliary: pattern.rawValue, immediate: immediate)
    }

    fileprivate mutating func finish(_ sequence: X64Sequence, auxiliary: UInt32 = 0, immediate: Int64 = 0) {
        finish(X64MachineForm.number(sequence), auxiliary: auxiliary, immediate: immediate)
    }

    /// `result = operand 0 op operand 1`, in the register of operand 0.
    fileprivate mutating func binary(_ form: X64Form) {
        defineReusing()
        use(operand(0))
        use(operand(1), .any)
        finish(form, .reuseAndSource)
    }

    /// `result = op(operand 0)`, in a register of its own.
    fileprivate mutating func unary(_ form: X64Form, immediate: Int64 = 0) {
        define(result())
        use(operand(0), .any)
        finish(form, .source, immediate: immediate)
    }

    /// `result = operand 0 op (operand 1 in rcx)`.
    fileprivate mutating func shift(_ form: X64Form) {
        defineReusing()
        use(operand(0))
        use(operand(1), .fixed(X64GPR.rcx.physical))
        finish(form, .reuse)
    }

    /// A division: dividend in rax, the result in one register of rax and rdx while the other is lost.
    fileprivate mutating func divide(_ sequence: X64Sequence, isWide: Bool, result register: X64GPR) {
        define(result(), .fixed(register.physical))
        use(operand(0), .fixed(X64GPR.rax.physical))
        use(operand(1), .any)
        let other: X64GPR = register == .rax ? .rdx : .rax
        finish(
            X64MachineForm.number(sequence),
            auxiliary: X64Sequence.auxiliary(isDouble: false, isWide: isWide),
            clobbers: RegisterSet([other.physical])
        )
    }

    /// A comparison of operands of which the first is in a register.
    fileprivate mutating func compare(_ form: X64Form, _ condition: X64Condition, _ first: Int, _ second: Int) {
        define(result())
        use(operand(first))
        use(operand(second), .any)
        finish(.compareAndSet, auxiliary: X64Sequence.auxiliary(form, condition))
    }

    /// A sequence with a definition in the register of operand 1, and register uses.
    fileprivate mutating func reusing(_ sequence: X64Sequence, uses: Int, isDouble: Bool) {
        defineReusing()
        for position in 0..<uses { use(operand(position)) }
        finish(sequence, auxiliary: X64Sequence.auxiliary(isDouble: isDouble))
    }

    /// A sequence with a definition and one use.
    fileprivate mutating func converting(
        _ sequence: X64Sequence,
        _ constraint: OperandConstraint,
        isDouble: Bool,
        isWide: Bool = false
    ) {
        define(result())
        use(operand(0), constraint)
        finish(sequence, auxiliary: X64Sequence.auxiliary(isDouble: isDouble, isWide: isWide))
    }
}

extension X64Condition {
    init(_ condition: IntegerCondition) {
        switch condition {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .lessSigned: self = .less
        case .lessUnsigned: self = .below
        case .greaterSigned: self = .greater
        case .greaterUnsigned: self = .above
        case .lessOrEqualSigned: self = .lessOrEqual
        case .lessOrEqualUnsigned: self = .belowOrEqual
        case .greaterOrEqualSigned: self = .greaterOrEqual
        case .greaterOrEqualUnsigned: self = .aboveOrEqual
        }
    }
}

extension X64Backend {
    public func select(
        _ instruction: InstructionRecord,
        into selection: inout Selection
    ) throws(CompilationError) -> Bool {
        if selectFolded(instruction, into: &selection) { return true }
        let type = instruction.type
        // The width of the integer and of the float that the record's type may be.
        let isWide = type == .i64
        let isDouble = type == .f64
        switch instruction.operation {
        case .constant: return selectConstant(instruction, into: &selection)
        case .constantVector:
            selection.define(selection.result())
            selection.finish(.vectorConstant, immediate: instruction.immediate)

        case .add: selection.binary(isWide ? .add64RM : .add32RM)
        case .subtract: selection.binary(isWide ? .sub64RM : .sub32RM)
        case .multiply: selection.binary(isWide ? .imul64RM : .imul32RM)
        case .and: selection.binary(isWide ? .and64RM : .and32RM)
        case .or: selection.binary(isWide ? .or64RM : .or32RM)
        case .exclusiveOr: selection.binary(isWide ? .xor64RM : .xor32RM)
        case .divideSigned: selection.divide(.divideSigned, isWide: isWide, result: .rax)
        case .divideUnsigned: selection.divide(.divideUnsigned, isWide: isWide, result: .rax)
        case .remainderSigned: selection.divide(.remainderSigned, isWide: isWide, result: .rdx)
        case .remainderUnsigned: selection.divide(.remainderUnsigned, isWide: isWide, result: .rdx)
        case .shiftLeft: selection.shift(isWide ? .shl64MC : .shl32MC)
        case .shiftRightSigned: selection.shift(isWide ? .sar64MC : .sar32MC)
        case .shiftRightUnsigned: selection.shift(isWide ? .shr64MC : .shr32MC)
        case .rotateLeft: selection.shift(isWide ? .rol64MC : .rol32MC)
        case .rotateRight: selection.shift(isWide ? .ror64MC : .ror32MC)
        case .countLeadingZeros: selection.unary(isWide ? .lzcnt64RM : .lzcnt32RM)
        case .countTrailingZeros: selection.unary(isWide ? .tzcnt64RM : .tzcnt32RM)
        case .populationCount: selection.unary(isWide ? .popcnt64RM : .popcnt32RM)
        case .signExtend8: selection.unary(isWide ? .movsx64RM8 : .movsx32RM8)
        case .signExtend16: selection.unary(isWide ? .movsx64RM16 : .movsx32RM16)
        case .signExtend32: selection.unary(.movsxd64RM32)
        case .extendSigned: selection.unary(.movsxd64RM32)
        case .extendUnsigned: selection.unary(.mov32RM)
        case .wrap: selection.unary(.mov32RM)
        case .compare(let condition):
            let form: X64Form = type == .i32 ? .cmp32RM : .cmp64RM
            selection.compare(form, X64Condition(condition), 0, 1)

        case .floatAdd: selection.binary(isDouble ? .addsd : .addss)
        case .floatSubtract: selection.binary(isDouble ? .subsd : .subss)
        case .floatMultiply: selection.binary(isDouble ? .mulsd : .mulss)
        case .floatDivide: selection.binary(isDouble ? .divsd : .divss)
        case .floatMinimum: selection.reusing(.floatMinimum, uses: 2, isDouble: isDouble)
        case .floatMaximum: selection.reusing(.floatMaximum, uses: 2, isDouble: isDouble)
        case .floatCopySign: selection.reusing(.floatCopySign, uses: 2, isDouble: isDouble)
        case .floatAbsolute: selection.reusing(.floatAbsolute, uses: 1, isDouble: isDouble)
        case .floatNegate: selection.reusing(.floatNegate, uses: 1, isDouble: isDouble)
        case .floatSquareRoot: selection.unary(isDouble ? .sqrtsd : .sqrtss)
        // The rounding mode in the low two bits; bit 3 keeps the precision exception quiet.
        case .floatNearest: selection.unary(isDouble ? .roundsd : .roundss, immediate: 8)
        case .floatFloor: selection.unary(isDouble ? .roundsd : .roundss, immediate: 9)
        case .floatCeiling: selection.unary(isDouble ? .roundsd : .roundss, immediate: 10)
        case .floatTruncate: selection.unary(isDouble ? .roundsd : .roundss, immediate: 11)
        case .floatCompare(let condition):
            selectFloatComparison(condition, isDouble ? .ucomisd : .ucomiss, into: &selection)
        case .demote: selection.unary(.cvtsd2ss)
        case .promote: selection.unary(.cvtss2sd)

        case .truncateSigned: selectTruncation(to: type, isSigned: true, into: &selection)
        case .truncateUnsigned: selectTruncation(to: type, isSigned: false, into: &selection)
        case .truncateSaturatingSigned: selectSaturatingTruncation(to: type, isSigned: true, into: &selection)
        case .truncateSaturatingUnsigned: selectSaturatingTruncation(to: type, isSigned: false, into: &selection)
        case .convertSigned: selectConversion(to: type, isSigned: true, into: &selection)
        case .convertUnsigned: selectConversion(to: type, isSigned: false, into: &selection)
        case .reinterpret where type.isInteger && selection.operandType(0).isInteger: selection.unary(.mov64RM)
        case .reinterpret:
            selection.define(selection.result())
            selection.use(selection.operand(0), .any)
            let flags = X64Sequence.auxiliary(isDouble: !type.isInteger, isWide: type.size == 8)
            selection.finish(.reinterpret, auxiliary: flags)

        case .select:
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.operand(0))
            selection.use(selection.operand(1), type.isInteger ? .any : .register)
            selection.use(selection.operand(2), .any)
            let flags = X64Sequence.auxiliary(isDouble: !type.isInteger, isWide: type.size == 8)
            selection.finish(.select, auxiliary: flags)

        case .vector(let opcode):
            return selectVector(opcode, immediate: instruction.immediate, into: &selection)
        case .vectorFromScalar:
            // `insertps` with a mask of the three lanes that become zero; `movq` makes the upper half zero.
            if isDouble { selection.unary(.movqRM) } else { selection.unary(.insertps, immediate: 0b1110) }

        case .load(let width):
            selection.define(selection.result())
            selection.use(selection.operand(0))
            selection.finish(Self.loadForm(type, width), .load, immediate: instruction.immediate)
        case .store(let width):
            selection.use(selection.operand(0))
            selection.use(selection.operand(1))
            selection.finish(Self.storeForm(type, width), .store, immediate: instruction.immediate)

        case .loadContext, .storeContext, .contextAddress, .functionAddress, .call, .callIndirect, .callRuntime,
            .trapIf, .trapUnless, .jump, .branchIf, .branchTable, .return, .trap, .landingPad,
            .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime:
            return false
        }
        return true
    }

    private func selectConstant(_ instruction: InstructionRecord, into selection: inout Selection) -> Bool {
        selection.define(selection.result())
        switch instruction.type {
        case .i32:
            let bits = UInt32(truncatingIfNeeded: instruction.immediate)
            selection.finish(.mov32OI, .definition, immediate: Int64(bits))
        case .i64, .reference:
            selection.finish(
                .loadImmediate,
                auxiliary: MachineInstruction.auxiliary(.i64),
                immediate: instruction.immediate
            )
        case .f32:
            let bits = UInt32(truncatingIfNeeded: instruction.immediate)
            selection.finish(.floatConstant, immediate: Int64(bits))
        case .f64:
            selection.finish(
                .floatConstant,
                auxiliary: X64Sequence.auxiliary(isDouble: true),
                immediate: instruction.immediate
            )
        case .v128:
            // Vectors have an operation of their own; the verifier refuses this one.
            selection.finish(.vectorConstant, immediate: instruction.immediate)
        }
        return true
    }

    /// `ucomis` sets the carry and zero flags where an operand is a NaN, so only "above" conditions can be used as they are.
    private func selectFloatComparison(_ condition: FloatCondition, _ form: X64Form, into selection: inout Selection) {
        switch condition {
        case .greater: selection.compare(form, .above, 0, 1)
        case .greaterOrEqual: selection.compare(form, .aboveOrEqual, 0, 1)
        case .less: selection.compare(form, .above, 1, 0)
        case .lessOrEqual: selection.compare(form, .aboveOrEqual, 1, 0)
        case .equal, .notEqual:
            selection.define(selection.result())
            selection.use(selection.operand(0))
            selection.use(selection.operand(1), .any)
            selection.finish(
                condition == .equal ? .compareFloatsEqual : .compareFloatsNotEqual,
                auxiliary: X64Sequence.auxiliary(form, .equal)
            )
        }
    }

    private func selectTruncation(to type: IRType, isSigned: Bool, into selection: inout Selection) {
        let fromDouble = selection.operandType(0) == .f64
        if type == .i64 && !isSigned {
            selection.converting(.truncateToUnsigned64, .register, isDouble: fromDouble)
        } else if type == .i64 || !isSigned {
            // An unsigned number of 32 bits is the low half of the signed result of 64 bits.
            selection.unary(fromDouble ? .cvttsd2si64 : .cvttss2si64)
        } else {
            selection.unary(fromDouble ? .cvttsd2si32 : .cvttss2si32)
        }
    }

    private func selectSaturatingTruncation(to type: IRType, isSigned: Bool, into selection: inout Selection) {
        let isWide = type == .i64
        let sequence: X64Sequence =
            isSigned
            ? .truncateSaturatingSigned : isWide ? .truncateSaturatingUnsigned64 : .truncateSaturatingUnsigned32
        let fromDouble = selection.operandType(0) == .f64
        selection.converting(sequence, .register, isDouble: fromDouble, isWide: isWide)
    }

    private func selectConversion(to type: IRType, isSigned: Bool, into selection: inout Selection) {
        let isDouble = type == .f64
        let isWide = selection.operandType(0) == .i64
        if isSigned {
            let wide: X64Form = isDouble ? .cvtsi2sd64 : .cvtsi2ss64
            let narrow: X64Form = isDouble ? .cvtsi2sd32 : .cvtsi2ss32
            selection.unary(isWide ? wide : narrow)
        } else {
            selection.converting(isWide ? .convertUnsigned64 : .convertUnsigned32, .any, isDouble: isDouble)
        }
    }

    /// The instruction that loads a value of a type from so many bytes.
    static func loadForm(_ type: IRType, _ width: MemoryWidth) -> X64Form {
        let isWide = type == .i64
        switch width {
        case .full:
            switch type {
            case .i32: return .mov32RM
            case .i64, .reference: return .mov64RM
            case .f32: return .movssRM
            case .f64: return .movsdRM
            case .v128: return .movupsRM
            }
        case .signed8: return isWide ? .movsx64RM8 : .movsx32RM8
        case .unsigned8: return .movzx32RM8
        case .signed16: return isWide ? .movsx64RM16 : .movsx32RM16
        case .unsigned16: return .movzx32RM16
        case .signed32: return .movsxd64RM32
        case .unsigned32: return .mov32RM
        }
    }

    /// The instruction that stores so many of the low bytes of a value of a type.
    static func storeForm(_ type: IRType, _ width: MemoryWidth) -> X64Form {
        switch width {
        case .full:
            switch type {
            case .i32: return .mov32MR
            case .i64, .reference: return .mov64MR
            case .f32: return .movssMR
            case .f64: return .movsdMR
            case .v128: return .movupsMR
            }
        case .signed8, .unsigned8: return .mov8MR
        case .signed16, .unsigned16: return .mov16MR
        case .signed32, .unsigned32: return .mov32MR
        }
    }
}
