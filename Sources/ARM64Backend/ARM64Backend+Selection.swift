import MachineCode
import RegisterAllocation
import SSA

extension Selection {
    /// Finishes one instruction whose registers are the operands in the order Rd, Rn, Rm, Ra.
    fileprivate mutating func finish(_ form: ARM64Form, _ values: ARM64FieldValues, immediate: Int64 = 0) {
        var values = values
        values.operandCount = UInt8(pendingOperandCount)
        finish(ARM64MachineForm.number(form), auxiliary: values.auxiliary, immediate: immediate)
    }

    fileprivate mutating func finish(_ sequence: ARM64Sequence, _ values: ARM64FieldValues, immediate: Int64 = 0) {
        finish(ARM64MachineForm.number(sequence), auxiliary: values.auxiliary, immediate: immediate)
    }

    /// Adds the definition of the result and the uses of so many operands.
    private mutating func defineAndUse(_ count: Int) {
        define(result())
        for position in 0..<count { use(operand(position)) }
    }

    /// `result = operand 0 op operand 1`.
    fileprivate mutating func binary(_ form: ARM64Form, _ values: ARM64FieldValues) {
        defineAndUse(2)
        finish(form, values)
    }

    fileprivate mutating func binary(_ sequence: ARM64Sequence, _ values: ARM64FieldValues) {
        defineAndUse(2)
        finish(sequence, values)
    }

    /// `result = op(operand 0)`.
    fileprivate mutating func unary(_ form: ARM64Form, _ values: ARM64FieldValues) {
        defineAndUse(1)
        finish(form, values)
    }

    fileprivate mutating func unary(_ sequence: ARM64Sequence, _ values: ARM64FieldValues) {
        defineAndUse(1)
        finish(sequence, values)
    }

    /// `result =` the low bits of operand 0, extended.
    fileprivate mutating func extend(_ form: ARM64Form, bits: UInt8, is64: Bool) {
        unary(form, ARM64FieldValues(is64: is64, amount: bits - 1))
    }

    fileprivate mutating func select(_ sequence: ARM64Sequence, _ values: ARM64FieldValues) {
        defineAndUse(3)
        finish(sequence, values)
    }
}

extension ARM64Condition {
    init(_ condition: IntegerCondition) {
        switch condition {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .lessSigned: self = .signedLess
        case .lessUnsigned: self = .carryClear
        case .greaterSigned: self = .signedGreater
        case .greaterUnsigned: self = .unsignedHigher
        case .lessOrEqualSigned: self = .signedLessOrEqual
        case .lessOrEqualUnsigned: self = .unsignedLowerOrSame
        case .greaterOrEqualSigned: self = .signedGreaterOrEqual
        case .greaterOrEqualUnsigned: self = .carrySet
        }
    }

    /// After `fcmp`, which sets C and V where an operand is a NaN: all but "not equal" are false then.
    init(_ condition: FloatCondition) {
        switch condition {
        case .equal: self = .equal
        case .notEqual: self = .notEqual
        case .less: self = .minus
        case .greater: self = .signedGreater
        case .lessOrEqual: self = .unsignedLowerOrSame
        case .greaterOrEqual: self = .signedGreaterOrEqual
        }
    }
}

extension ARM64Backend {
    public func select(
        _ instruction: InstructionRecord,
        into selection: inout Selection
    ) throws(CompilationError) -> Bool {
        if let folding = selection.folding, selectFolded(instruction, folding, into: &selection) { return true }
        let type = instruction.type
        // The width of the integer or of the float that the record's type may be.
        let width = ARM64FieldValues(is64: type == .i64, isDouble: type == .f64)
        switch instruction.operation {
        case .constant: selectConstant(instruction, into: &selection)
        case .constantVector:
            selection.define(selection.result())
            selection.finish(.vectorConstant, width, immediate: instruction.immediate)

        case .add: selection.binary(.addShifted, width)
        case .subtract: selection.binary(.subShifted, width)
        // The operand that is missing, Ra, is the zero register.
        case .multiply: selection.binary(.madd, width)
        case .divideSigned: selection.binary(.sdiv, width)
        case .divideUnsigned: selection.binary(.udiv, width)
        case .remainderSigned: selection.binary(.remainderSigned, width)
        case .remainderUnsigned: selection.binary(.remainderUnsigned, width)
        case .and: selection.binary(.andShifted, width)
        case .or: selection.binary(.orrShifted, width)
        case .exclusiveOr: selection.binary(.eorShifted, width)
        case .shiftLeft: selection.binary(.lslv, width)
        case .shiftRightSigned: selection.binary(.asrv, width)
        case .shiftRightUnsigned: selection.binary(.lsrv, width)
        case .rotateLeft: selection.binary(.rotateLeft, width)
        case .rotateRight: selection.binary(.rorv, width)
        case .countLeadingZeros: selection.unary(.clz, width)
        case .countTrailingZeros: selection.unary(.countTrailingZeros, width)
        case .populationCount: selection.unary(.populationCount, width)
        case .signExtend8: selection.extend(.sbfm, bits: 8, is64: width.is64)
        case .signExtend16: selection.extend(.sbfm, bits: 16, is64: width.is64)
        case .signExtend32, .extendSigned: selection.extend(.sbfm, bits: 32, is64: true)
        case .extendUnsigned, .wrap: selection.unary(.moveLowHalf, width)
        case .compare(let condition):
            let values = ARM64FieldValues(is64: type.size == 8, modifier: ARM64Condition(condition).rawValue)
            selection.binary(.compareAndSet, values)

        case .floatAdd: selection.binary(.fadd, width)
        case .floatSubtract: selection.binary(.fsub, width)
        case .floatMultiply: selection.binary(.fmul, width)
        case .floatDivide: selection.binary(.fdiv, width)
        // Both give a NaN where an operand is one, and order the zeros by their signs, as wasm does.
        case .floatMinimum: selection.binary(.fmin, width)
        case .floatMaximum: selection.binary(.fmax, width)
        case .floatCopySign: selection.binary(.floatCopySign, width)
        case .floatAbsolute: selection.unary(.fabs, width)
        case .floatNegate: selection.unary(.fneg, width)
        case .floatSquareRoot: selection.unary(.fsqrt, width)
        case .floatCeiling: selection.unary(.frintp, width)
        case .floatFloor: selection.unary(.frintm, width)
        case .floatTruncate: selection.unary(.frintz, width)
        case .floatNearest: selection.unary(.frintn, width)
        case .floatCompare(let condition):
            let values = ARM64FieldValues(isDouble: width.isDouble, modifier: ARM64Condition(condition).rawValue)
            selection.binary(.compareFloatsAndSet, values)
        case .demote: selection.unary(.fcvtSD, width)
        case .promote: selection.unary(.fcvtDS, width)

        // The instructions saturate, and make 0 of a NaN.
        case .truncateSigned, .truncateSaturatingSigned:
            let isDouble = selection.operandType(0) == .f64
            selection.unary(.fcvtzs, ARM64FieldValues(is64: type == .i64, isDouble: isDouble))
        case .truncateUnsigned, .truncateSaturatingUnsigned:
            let isDouble = selection.operandType(0) == .f64
            selection.unary(.fcvtzu, ARM64FieldValues(is64: type == .i64, isDouble: isDouble))
        case .convertSigned:
            let is64 = selection.operandType(0) == .i64
            selection.unary(.scvtf, ARM64FieldValues(is64: is64, isDouble: type == .f64))
        case .convertUnsigned:
            let is64 = selection.operandType(0) == .i64
            selection.unary(.ucvtf, ARM64FieldValues(is64: is64, isDouble: type == .f64))
        case .reinterpret: selectReinterpretation(to: type, into: &selection)

        case .select:
            let values = ARM64FieldValues(is64: type.size == 8, isDouble: type == .f64)
            switch type {
            case .i32, .i64, .reference: selection.select(.selectInteger, values)
            case .f32, .f64: selection.select(.selectFloat, values)
            case .v128: selection.select(.selectVector, values)
            }

        case .vector(let opcode):
            return selectVector(opcode, immediate: instruction.immediate, into: &selection)
        // A move of a scalar makes the upper lanes zero.
        case .vectorFromScalar: selection.unary(.fmov, width)

        case .load(let width):
            let values = ARM64FieldValues(modifier: ARM64Access.load(type, width).rawValue)
            selection.define(selection.result())
            selection.use(selection.operand(0))
            selection.finish(.load, values, immediate: instruction.immediate)
        case .store(let width):
            let values = ARM64FieldValues(modifier: ARM64Access.store(type, width).rawValue)
            selection.use(selection.operand(0))
            selection.use(selection.operand(1))
            selection.finish(.store, values, immediate: instruction.immediate)

        case .loadContext, .storeContext, .contextAddress, .functionAddress, .call, .callIndirect, .callRuntime,
            .trapIf, .trapUnless, .jump, .branchIf, .branchTable, .return, .trap, .landingPad,
            .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime:
            return false
        }
        return true
    }

    private func selectConstant(_ instruction: InstructionRecord, into selection: inout Selection) {
        selection.define(selection.result())
        let immediate = instruction.immediate
        let low = Int64(UInt32(truncatingIfNeeded: immediate))
        switch instruction.type {
        case .i32: selection.finish(.loadImmediate, auxiliary: MachineInstruction.auxiliary(.i32), immediate: low)
        case .i64, .reference:
            selection.finish(.loadImmediate, auxiliary: MachineInstruction.auxiliary(.i64), immediate: immediate)
        case .f32: selection.finish(.floatConstant, ARM64FieldValues(), immediate: low)
        case .f64: selection.finish(.floatConstant, ARM64FieldValues(isDouble: true), immediate: immediate)
        case .v128:
            // Vectors have an operation of their own; the verifier refuses this one.
            selection.finish(.vectorConstant, ARM64FieldValues(), immediate: immediate)
        }
    }

    private func selectReinterpretation(to type: IRType, into selection: inout Selection) {
        let values = ARM64FieldValues()
        switch (type, selection.operandType(0).isInteger) {
        case (.i32, false): selection.unary(.fmovWS, values)
        case (.i64, false), (.reference, false): selection.unary(.fmovXD, values)
        case (.f32, true): selection.unary(.fmovSW, values)
        case (.f64, true): selection.unary(.fmovDX, values)
        case (.i32, true): selection.unary(.moveLowHalf, values)
        // Shifts by nothing copy.
        case (.i64, true), (.reference, true):
            selection.unary(.ubfm, ARM64FieldValues(is64: true, amount: 63))
        case (.f32, false), (.f64, false): selection.unary(.fmov, ARM64FieldValues(isDouble: true))
        case (.v128, _): selection.unary(.fmovDX, values)
        }
    }
}
