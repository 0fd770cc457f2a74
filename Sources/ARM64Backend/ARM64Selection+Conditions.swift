import MachineCode
import SSA

/// How the flags of a condition are set; the raw value is in ``ARM64ComparisonAuxiliary``.
enum ARM64FlagSetter: UInt8 {
    case compare, compareImmediate, compareNegatedImmediate, test, testImmediate, compareFloats
}

/// A comparison that sets the flags, and what to ask of them.
struct ARM64ConditionShape {
    var setter: ARM64FlagSetter
    var is64 = true
    var isDouble = false
    var left: Value
    /// nil where the setter has an immediate.
    var right: Value?
    var immediate: Int64 = 0
    /// Whether the immediate is shifted left by 12.
    var isShifted = false
    var condition: ARM64Condition
}

/// Comparisons, and what is decided by them.
extension ARM64Selection {
    func comparison() -> SelectedInstruction? {
        guard let shape = condition(of: instruction) else { return nil }
        var selected = SelectedInstruction(defining: .register)
        selected.finish(.compareAndSet, shape)
        return selected
    }

    func branch() -> SelectedInstruction? {
        guard let shape = condition(operand(0)) else { return nil }
        var selected = SelectedInstruction(defining: nil)
        selected.finish(.compareAndBranch, shape)
        return selected
    }

    func trap(negates: Bool) -> SelectedInstruction? {
        guard var shape = condition(operand(0)) else { return nil }
        if negates { shape.condition = shape.condition.negated }
        var selected = SelectedInstruction(defining: nil)
        selected.finish(.compareAndTrap, shape, trapCode: UInt32(instruction.immediate))
        return selected
    }

    /// One of two values.
    func choice() -> SelectedInstruction {
        let type = instruction.type
        let sequences: (plain: ARM64Sequence, comparing: ARM64Sequence) =
            switch type {
            case .i32, .i64, .reference: (.selectInteger, .compareAndSelectInteger)
            case .f32, .f64: (.selectFloat, .compareAndSelectFloat)
            case .v128: (.selectVector, .compareAndSelectVector)
            }
        guard let shape = condition(operand(2)) else {
            let values = ARM64FieldValues(is64: type.size == 8, isDouble: type == .f64)
            return sequence(sequences.plain, values, uses: 3)
        }
        var selected = SelectedInstruction(defining: .register)
        selected.use(operand(0))
        selected.use(operand(1))
        selected.finish(sequences.comparing, shape)
        return selected
    }

    // MARK: Conditions

    /// The comparison that a value is the result of, for this instruction only.
    private func condition(_ value: Value) -> ARM64ConditionShape? {
        facts.comparison(value, at: position).flatMap { condition(of: $0) }
    }

    private func condition(of instruction: InstructionRecord) -> ARM64ConditionShape? {
        let (left, right) = facts.operands(of: instruction)
        if case .compare(let condition) = instruction.operation {
            return integerCondition(left, right, instruction.type.size == 8, ARM64Condition(condition))
        }
        guard case .floatCompare(let condition) = instruction.operation else { return nil }
        return ARM64ConditionShape(
            setter: .compareFloats,
            isDouble: instruction.type == .f64,
            left: left,
            right: right,
            condition: ARM64Condition(condition)
        )
    }

    private func integerCondition(
        _ left: Value,
        _ right: Value,
        _ is64: Bool,
        _ condition: ARM64Condition
    ) -> ARM64ConditionShape {
        for (one, other, condition) in [(left, right, condition), (right, left, condition.swapped)] {
            guard let number = facts.constant(other) else { continue }
            if number == 0, condition == .equal || condition == .notEqual,
                let shape = test(one, is64, condition)
            {
                return shape
            }
            guard let immediate = ARM64SumImmediate(number) else { continue }
            return ARM64ConditionShape(
                setter: number < 0 ? .compareNegatedImmediate : .compareImmediate,
                is64: is64,
                left: one,
                immediate: immediate.bits,
                isShifted: immediate.isShifted,
                condition: condition
            )
        }
        return ARM64ConditionShape(setter: .compare, is64: is64, left: left, right: right, condition: condition)
    }

    /// Whether bits of a value that only this instruction uses are zero.
    private func test(
        _ value: Value,
        _ is64: Bool,
        _ condition: ARM64Condition
    ) -> ARM64ConditionShape? {
        guard let conjunction = facts.onlyUsed(value, at: position), conjunction.operation == .and else { return nil }
        let (left, right) = facts.operands(of: conjunction)
        if let number = facts.constant(right) {
            guard let bits = bitmask(number, is64: is64) else { return nil }
            return ARM64ConditionShape(
                setter: .testImmediate,
                is64: is64,
                left: left,
                immediate: bits,
                condition: condition
            )
        }
        return ARM64ConditionShape(setter: .test, is64: is64, left: left, right: right, condition: condition)
    }
}

extension SelectedInstruction {
    /// Says that the instruction is a sequence that compares: adds the two sides, which come last.
    fileprivate mutating func finish(_ sequence: ARM64Sequence, _ shape: ARM64ConditionShape, trapCode: UInt32 = 0) {
        use(shape.left)
        if let right = shape.right { use(right) }
        let auxiliary = ARM64ComparisonAuxiliary(shape, trapCode: trapCode)
        finish(ARM64MachineForm.number(sequence), auxiliary: auxiliary.bits, immediate: shape.immediate)
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

extension ARM64Condition {
    /// The condition for the operands in the other order; not for what depends on one flag.
    var swapped: ARM64Condition {
        switch self {
        case .carrySet: .unsignedLowerOrSame
        case .carryClear: .unsignedHigher
        case .unsignedHigher: .carryClear
        case .unsignedLowerOrSame: .carrySet
        case .signedGreaterOrEqual: .signedLessOrEqual
        case .signedLess: .signedGreater
        case .signedGreater: .signedLess
        case .signedLessOrEqual: .signedGreaterOrEqual
        case .equal, .notEqual, .minus, .plus, .overflow, .noOverflow, .always, .never: self
        }
    }
}
