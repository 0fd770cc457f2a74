import MachineCode
import SSA

/// A comparison that sets the flags, and what to ask of them.
struct X64ConditionShape {
    /// What a NaN changes.
    enum Parity: UInt8 {
        case ignored
        /// The condition holds only for ordered operands.
        case mustBeOrdered
        /// The condition holds for unordered operands too.
        case mayBeUnordered
    }

    /// With the left operand in ModRM.reg; with an immediate the one that has it in ModRM.rm.
    var form: X64Form
    var left: Value
    var right: X64RightOperand
    var condition: X64Condition
    var parity = Parity.ignored
}

/// Comparisons, and what is decided by them.
extension X64Selection {
    func comparison() -> SelectedInstruction? {
        guard var shape = condition(of: instruction) else { return nil }
        var selected = SelectedInstruction(defining: .register)
        switch shape.parity {
        case .ignored: selected.finish(.compareAndSet, shape)
        case .mustBeOrdered, .mayBeUnordered:
            shape.right = .value(operand(1))
            let isEqual = shape.parity == .mustBeOrdered
            selected.finish(isEqual ? .compareFloatsEqual : .compareFloatsNotEqual, shape)
        }
        return selected
    }

    func branch() -> SelectedInstruction? {
        guard let shape = condition(operand(0)) else { return nil }
        var selected = SelectedInstruction(defining: nil)
        selected.finish(.compareAndBranch, shape)
        return selected
    }

    func trap(negates: Bool) -> SelectedInstruction? {
        guard var shape = condition(operand(0)), shape.parity == .ignored else { return nil }
        if negates { shape.condition = shape.condition.negated }
        var selected = SelectedInstruction(defining: nil)
        selected.finish(.compareAndTrap, shape, trapCode: UInt32(instruction.immediate))
        return selected
    }

    /// One of two values, which the definition's register holds before the other may replace it.
    func choice() -> SelectedInstruction {
        let type = instruction.type
        let isWide = type.size == 8
        var selected = SelectedInstruction(defining: .reuse(1))
        selected.use(operand(0))
        selected.use(operand(1), type.isInteger ? .any : .register)
        if let shape = condition(operand(2)), shape.parity == .ignored {
            let integer: X64Sequence = isWide ? .compareAndSelect64 : .compareAndSelect32
            selected.finish(type.isInteger ? integer : .compareAndSelectVector, shape)
        } else {
            selected.use(operand(2), .any)
            let auxiliary = X64Sequence.auxiliary(isDouble: !type.isInteger, isWide: isWide)
            selected.finish(X64MachineForm.number(.select), auxiliary: auxiliary)
        }
        return selected
    }

    // MARK: Conditions

    /// The comparison that a value is the result of, for this instruction only.
    private func condition(_ value: Value) -> X64ConditionShape? {
        facts.comparison(value, at: position).flatMap { condition(of: $0) }
    }

    private func condition(of instruction: InstructionRecord) -> X64ConditionShape? {
        if case .compare(let condition) = instruction.operation {
            return integerCondition(instruction, X64Condition(condition))
        }
        if case .floatCompare(let condition) = instruction.operation { return floatCondition(instruction, condition) }
        return nil
    }

    private func integerCondition(
        _ instruction: InstructionRecord,
        _ condition: X64Condition
    ) -> X64ConditionShape {
        let isWide = instruction.type != .i32
        let (left, right) = facts.operands(of: instruction)
        let form: X64Form = isWide ? .cmp64RM : .cmp32RM
        for (one, other, condition) in [(left, right, condition), (right, left, condition.swapped)] {
            if let value = immediate(other) {
                if value == 0 { return comparisonWithZero(one, condition, isWide: isWide) }
                let short: X64Form = isWide ? .cmp64MI8 : .cmp32MI8
                let long: X64Form = isWide ? .cmp64MI : .cmp32MI
                let form = Int8(exactly: value) != nil ? short : long
                return X64ConditionShape(form: form, left: one, right: .immediate(value), condition: condition)
            }
            if let address = movableLoad(other, instruction.type) {
                return X64ConditionShape(form: form, left: one, right: .memory(address), condition: condition)
            }
        }
        return X64ConditionShape(form: form, left: left, right: .value(right), condition: condition)
    }

    /// `test` clears the carry and overflow flags, as a comparison with zero does.
    private func comparisonWithZero(
        _ value: Value,
        _ condition: X64Condition,
        isWide: Bool
    ) -> X64ConditionShape {
        let form: X64Form = isWide ? .test64MR : .test32MR
        if let conjunction = facts.onlyUsed(value, at: position), conjunction.operation == .and {
            let (left, right) = facts.operands(of: conjunction)
            if let mask = immediate(right) {
                let form: X64Form = isWide ? .test64MI : .test32MI
                return X64ConditionShape(form: form, left: left, right: .immediate(mask), condition: condition)
            }
            return X64ConditionShape(form: form, left: left, right: .value(right), condition: condition)
        }
        return X64ConditionShape(form: form, left: value, right: .value(value), condition: condition)
    }

    /// `ucomis` sets the carry and zero flags where an operand is a NaN, so only "above" conditions can be used as they are.
    private func floatCondition(
        _ instruction: InstructionRecord,
        _ condition: FloatCondition
    ) -> X64ConditionShape {
        let form: X64Form = instruction.type == .f64 ? .ucomisd : .ucomiss
        var (left, right) = facts.operands(of: instruction)
        let flags: X64Condition
        var parity = X64ConditionShape.Parity.ignored
        switch condition {
        case .greater: flags = .above
        case .greaterOrEqual: flags = .aboveOrEqual
        case .less:
            flags = .above
            swap(&left, &right)
        case .lessOrEqual:
            flags = .aboveOrEqual
            swap(&left, &right)
        case .equal: (flags, parity) = (.equal, .mustBeOrdered)
        case .notEqual: (flags, parity) = (.notEqual, .mayBeUnordered)
        }
        return X64ConditionShape(
            form: form,
            left: left,
            right: source(right, instruction.type),
            condition: flags,
            parity: parity
        )
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

extension X64Condition {
    /// The condition for the operands in the other order.
    var swapped: X64Condition {
        switch self {
        case .below: .above
        case .above: .below
        case .belowOrEqual: .aboveOrEqual
        case .aboveOrEqual: .belowOrEqual
        case .less: .greater
        case .greater: .less
        case .lessOrEqual: .greaterOrEqual
        case .greaterOrEqual: .lessOrEqual
        case .overflow, .notOverflow, .equal, .notEqual, .sign, .notSign, .parity, .notParity: self
        }
    }
}
