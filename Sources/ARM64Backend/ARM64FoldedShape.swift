import MachineCode
import SSA
import WasmModel

/// An address of two registers: the base, and an index that is extended and shifted.
struct ARM64IndexedAddress {
    var base: Value
    var index: Value
    /// An ``ARM64Extension``.
    var extending: ARM64Extension
    /// The size of the access as a power of two, or 0.
    var shift: UInt8
}

/// How the flags of a condition are set; the raw value is in ``ARM64FoldedAuxiliary``.
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

/// What one SSA instruction becomes together with the instructions that it folds.
enum ARM64FoldedShape {
    /// It folds nothing: all its operands are needed.
    case plain
    /// One instruction with so many of the values as Rn, Rm and Ra.
    case single(ARM64Form, ARM64FieldValues, Value, Value? = nil, Value? = nil, immediate: Int64 = 0)
    case loading(ARM64Access, ARM64IndexedAddress)
    case storing(ARM64Access, ARM64IndexedAddress, Value)
    /// With another base and offset than the instruction says.
    case loadingAt(ARM64Access, Value, offset: Int64)
    case storingAt(ARM64Access, Value, offset: Int64, Value)
    case comparing(ARM64ConditionShape)
    case branching(ARM64ConditionShape)
    case trapping(ARM64ConditionShape)
    case selecting(ARM64ConditionShape, first: Value, second: Value)
}

/// Decides what instructions fold; the answer depends on nothing but the function and its facts.
struct ARM64Folder {
    let function: IRFunction
    let folding: OperandFolding

    /// The shape of the instruction at a position.
    static func shape(
        of instruction: InstructionRecord,
        at position: Int,
        in function: IRFunction,
        _ folding: OperandFolding
    ) -> ARM64FoldedShape {
        ARM64Folder(function: function, folding: folding).shape(of: instruction, at: position)
    }

    private func operand(_ number: Int, of instruction: InstructionRecord) -> Value {
        function.valuePool[Int(instruction.operands.start) + number]
    }

    // MARK: Instructions

    private func shape(of instruction: InstructionRecord, at position: Int) -> ARM64FoldedShape {
        switch instruction.operation {
        case .add: return sum(instruction, at: position)
        case .subtract: return difference(instruction, at: position)
        case .and: return logic(instruction, .andImmediate, .andShifted, negated: .bicShifted, at: position)
        case .or: return logic(instruction, .orrImmediate, .orrShifted, negated: .ornShifted, at: position)
        case .exclusiveOr: return logic(instruction, .eorImmediate, .eorShifted, negated: .eonShifted, at: position)
        case .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight:
            return shift(instruction)

        case .compare, .floatCompare:
            return condition(of: instruction, at: position).map { .comparing($0) } ?? .plain
        case .branchIf:
            return condition(operand(0, of: instruction), at: position).map { .branching($0) } ?? .plain
        case .trapIf, .trapUnless:
            guard var shape = condition(operand(0, of: instruction), at: position) else { return .plain }
            if instruction.operation == .trapUnless { shape.condition = shape.condition.negated }
            return .trapping(shape)
        case .select:
            guard let shape = condition(operand(2, of: instruction), at: position) else { return .plain }
            return .selecting(shape, first: operand(0, of: instruction), second: operand(1, of: instruction))

        case .load(let width):
            let access = ARM64Access.load(instruction.type, width)
            let address = operand(0, of: instruction)
            if let indexed = indexedAddress(address, instruction.immediate, access, at: position) {
                return .loading(access, indexed)
            }
            guard let (base, offset) = displaced(address, instruction.immediate, access, at: position) else {
                return .plain
            }
            return .loadingAt(access, base, offset: offset)
        case .store(let width):
            let access = ARM64Access.store(instruction.type, width)
            let address = operand(0, of: instruction)
            let value = operand(1, of: instruction)
            if let indexed = indexedAddress(address, instruction.immediate, access, at: position) {
                return .storing(access, indexed, value)
            }
            guard let (base, offset) = displaced(address, instruction.immediate, access, at: position) else {
                return .plain
            }
            return .storingAt(access, base, offset: offset, value)

        case .vector(let opcode): return vectorShift(opcode, instruction)

        case .constant, .constantVector, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8, .signExtend16,
            .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd, .floatSubtract, .floatMultiply,
            .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate,
            .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .demote, .promote,
            .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned, .truncateSaturatingUnsigned, .convertSigned,
            .convertUnsigned, .reinterpret, .loadContext, .storeContext, .contextAddress, .functionAddress, .call,
            .callIndirect, .callRuntime, .landingPad, .jump, .branchTable, .return, .trap, .returnCall,
            .returnCallIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime, .vectorFromScalar:
            return .plain
        }
    }

    private func sum(_ instruction: InstructionRecord, at position: Int) -> ARM64FoldedShape {
        let values = ARM64FieldValues(is64: instruction.type != .i32)
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        for (one, other) in [(left, right), (right, left)] {
            if let number = constant(other) { return sum(one, number, values) }
            if let (first, second) = factors(other, at: position) {
                return .single(.madd, values, first, second, one)
            }
            if let (source, modifier, amount) = shifted(other, at: position, rotates: false) {
                return .single(.addShifted, values.with(modifier, amount), one, source)
            }
            if let (source, modifier, amount) = extended(other, at: position) {
                return .single(.addExtended, values.with(modifier, amount), one, source)
            }
        }
        return .plain
    }

    private func difference(_ instruction: InstructionRecord, at position: Int) -> ARM64FoldedShape {
        let values = ARM64FieldValues(is64: instruction.type != .i32)
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        if let number = constant(right) { return sum(left, 0 &- number, values) }
        if let (first, second) = factors(right, at: position) { return .single(.msub, values, first, second, left) }
        if let (source, modifier, amount) = shifted(right, at: position, rotates: false) {
            return .single(.subShifted, values.with(modifier, amount), left, source)
        }
        if let (source, modifier, amount) = extended(right, at: position) {
            return .single(.subExtended, values.with(modifier, amount), left, source)
        }
        return .plain
    }

    /// The addition of a number.
    private func sum(_ value: Value, _ number: Int64, _ values: ARM64FieldValues) -> ARM64FoldedShape {
        guard let immediate = ARM64SumImmediate(number) else { return .plain }
        let form: ARM64Form = number < 0 ? .subImmediate : .addImmediate
        let amount: UInt8 = immediate.isShifted ? 12 : 0
        return .single(form, values.with(0, amount), value, immediate: immediate.bits)
    }

    private func logic(
        _ instruction: InstructionRecord,
        _ immediateForm: ARM64Form,
        _ form: ARM64Form,
        negated: ARM64Form,
        at position: Int
    ) -> ARM64FoldedShape {
        let values = ARM64FieldValues(is64: instruction.type != .i32)
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        for (one, other) in [(left, right), (right, left)] {
            if let number = constant(other) {
                guard let bits = bitmask(number, is64: values.is64) else { return .plain }
                return .single(immediateForm, values, one, immediate: bits)
            }
            if let (source, modifier, amount) = shifted(other, at: position, rotates: true) {
                return .single(form, values.with(modifier, amount), one, source)
            }
            if let definition = onlyUse(other, at: position),
                function.instructions[definition].operation == .exclusiveOr,
                constant(operand(1, of: function.instructions[definition])) == -1
            {
                return .single(negated, values, one, operand(0, of: function.instructions[definition]))
            }
        }
        return .plain
    }

    /// Shifts by constants are moves of bit fields.
    private func shift(_ instruction: InstructionRecord) -> ARM64FoldedShape {
        guard let number = constant(operand(1, of: instruction)) else { return .plain }
        let is64 = instruction.type != .i32
        let last: Int64 = is64 ? 63 : 31
        let amount = number & last
        let source = operand(0, of: instruction)
        var values = ARM64FieldValues(is64: is64, amount: UInt8(last))
        switch instruction.operation {
        case .shiftLeft:
            values.amount = UInt8(last - amount)
            return .single(.ubfm, values, source, immediate: (0 - amount) & last)
        case .shiftRightUnsigned: return .single(.ubfm, values, source, immediate: amount)
        case .shiftRightSigned: return .single(.sbfm, values, source, immediate: amount)
        default:
            values.amount = UInt8(instruction.operation == .rotateRight ? amount : (0 - amount) & last)
            return .single(.extr, values, source, source)
        }
    }

    /// Shifts of lanes by constants have immediates; one to the right by nothing has not.
    private func vectorShift(_ opcode: Opcode, _ instruction: InstructionRecord) -> ARM64FoldedShape {
        let (form, arrangement): (ARM64Form, ARM64Arrangement)
        switch opcode {
        case .i8x16Shl: (form, arrangement) = (.shl, .bytes16)
        case .i8x16ShrS: (form, arrangement) = (.sshr, .bytes16)
        case .i8x16ShrU: (form, arrangement) = (.ushr, .bytes16)
        case .i16x8Shl: (form, arrangement) = (.shl, .halfwords8)
        case .i16x8ShrS: (form, arrangement) = (.sshr, .halfwords8)
        case .i16x8ShrU: (form, arrangement) = (.ushr, .halfwords8)
        case .i32x4Shl: (form, arrangement) = (.shl, .words4)
        case .i32x4ShrS: (form, arrangement) = (.sshr, .words4)
        case .i32x4ShrU: (form, arrangement) = (.ushr, .words4)
        case .i64x2Shl: (form, arrangement) = (.shl, .doublewords2)
        case .i64x2ShrS: (form, arrangement) = (.sshr, .doublewords2)
        case .i64x2ShrU: (form, arrangement) = (.ushr, .doublewords2)
        default: return .plain
        }
        guard let number = constant(operand(1, of: instruction)) else { return .plain }
        let amount = number & (Int64(8) << Int64(arrangement.size) - 1)
        let values = ARM64FieldValues(modifier: arrangement.rawValue)
        if amount == 0 { return .single(.shl, values, operand(0, of: instruction)) }
        return .single(form, values, operand(0, of: instruction), immediate: amount)
    }

    // MARK: Operands

    /// A constant integer, with its sign.
    private func constant(_ value: Value) -> Int64? {
        let definition = Int(folding.definitions[value.position])
        guard definition >= 0 else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .constant else { return nil }
        switch instruction.type {
        case .i32: return Int64(Int32(truncatingIfNeeded: instruction.immediate))
        case .i64, .reference: return instruction.immediate
        case .f32, .f64, .v128: return nil
        }
    }

    /// A number as the immediate of logical instructions.
    private func bitmask(_ number: Int64, is64: Bool) -> Int64? {
        let bits = is64 ? UInt64(bitPattern: number) : UInt64(UInt32(truncatingIfNeeded: number))
        return ARM64BitmaskImmediate.encode(bits, is64: is64) == nil ? nil : Int64(bitPattern: bits)
    }

    /// The definition of a value that only this instruction uses, in its block.
    private func onlyUse(_ value: Value, at position: Int) -> Int? {
        folding.useCounts[value.position] == 1 ? folding.definition(of: value, inBlockOf: position) : nil
    }

    /// What is multiplied for this instruction only.
    private func factors(_ value: Value, at position: Int) -> (Value, Value)? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .multiply else { return nil }
        return (operand(0, of: instruction), operand(1, of: instruction))
    }

    /// What is shifted by a constant for this instruction only, with modifier and amount of the shifted forms.
    private func shifted(_ value: Value, at position: Int, rotates: Bool) -> (Value, UInt8, UInt8)? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        let instruction = function.instructions[definition]
        let shift: ARM64Shift
        switch instruction.operation {
        case .shiftLeft: shift = .lsl
        case .shiftRightUnsigned: shift = .lsr
        case .shiftRightSigned: shift = .asr
        case .rotateRight where rotates: shift = .ror
        default: return nil
        }
        guard let number = constant(operand(1, of: instruction)) else { return nil }
        let amount = UInt8(number & (instruction.type == .i32 ? 31 : 63))
        return (operand(0, of: instruction), shift.rawValue, amount)
    }

    /// What is extended from 32 bits for this instruction only, with modifier and amount of the extended forms.
    private func extended(_ value: Value, at position: Int) -> (Value, UInt8, UInt8)? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        let instruction = function.instructions[definition]
        switch instruction.operation {
        case .extendUnsigned: return (operand(0, of: instruction), ARM64Extension.uxtw.rawValue, 0)
        case .extendSigned: return (operand(0, of: instruction), ARM64Extension.sxtw.rawValue, 0)
        default: return nil
        }
    }

    /// The two sides of a sum that is nothing but an address.
    private func addressSum(_ value: Value, at position: Int) -> (Value, Value)? {
        let uses = folding.useCounts[value.position]
        guard uses == 1 || uses == folding.addressUseCounts[value.position],
            let definition = folding.definition(of: value, inBlockOf: position)
        else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .add, instruction.type == .i64 else { return nil }
        return (operand(0, of: instruction), operand(1, of: instruction))
    }

    /// An address without offset that is a sum of registers.
    private func indexedAddress(
        _ value: Value,
        _ offset: Int64,
        _ access: ARM64Access,
        at position: Int
    ) -> ARM64IndexedAddress? {
        guard offset == 0, let (left, right) = addressSum(value, at: position), constant(right) == nil,
            constant(left) == nil
        else { return nil }
        // Where the sum is used more than once, what it is made of must be in registers.
        if folding.useCounts[value.position] == 1 {
            for (base, other) in [(left, right), (right, left)] {
                if let (source, modifier, _) = extended(other, at: position) {
                    let kind = ARM64Extension(rawValue: modifier)!
                    return ARM64IndexedAddress(base: base, index: source, extending: kind, shift: 0)
                }
                if let (source, modifier, amount) = shifted(other, at: position, rotates: false),
                    modifier == ARM64Shift.lsl.rawValue, amount > 0, 1 << Int(amount) == access.size
                {
                    return ARM64IndexedAddress(base: base, index: source, extending: .uxtx, shift: amount)
                }
            }
        }
        return ARM64IndexedAddress(base: left, index: right, extending: .uxtx, shift: 0)
    }

    /// A sum with a constant, where base and offset together fit an instruction.
    private func displaced(
        _ value: Value,
        _ offset: Int64,
        _ access: ARM64Access,
        at position: Int
    ) -> (Value, Int64)? {
        guard let (left, right) = addressSum(value, at: position) else { return nil }
        for (base, other) in [(left, right), (right, left)] {
            guard let number = constant(other) else { continue }
            let (sum, overflows) = number.addingReportingOverflow(offset)
            let size = Int64(access.size)
            if !overflows && ((sum >= -256 && sum < 256) || (sum >= 0 && sum % size == 0 && sum < 4096 * size)) {
                return (base, sum)
            }
        }
        return nil
    }

    // MARK: Conditions

    /// The comparison that a value is the result of, for this instruction only.
    private func condition(_ value: Value, at position: Int) -> ARM64ConditionShape? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        return condition(of: function.instructions[definition], at: position)
    }

    private func condition(of instruction: InstructionRecord, at position: Int) -> ARM64ConditionShape? {
        let (left, right): (Value, Value)
        switch instruction.operation {
        case .compare(let condition):
            (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
            return integerCondition(left, right, instruction.type.size == 8, ARM64Condition(condition), at: position)
        case .floatCompare(let condition):
            (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
            return ARM64ConditionShape(
                setter: .compareFloats,
                isDouble: instruction.type == .f64,
                left: left,
                right: right,
                condition: ARM64Condition(condition)
            )
        default: return nil
        }
    }

    private func integerCondition(
        _ left: Value,
        _ right: Value,
        _ is64: Bool,
        _ condition: ARM64Condition,
        at position: Int
    ) -> ARM64ConditionShape {
        for (one, other, condition) in [(left, right, condition), (right, left, condition.swapped)] {
            guard let number = constant(other) else { continue }
            if number == 0, condition == .equal || condition == .notEqual,
                let shape = test(one, is64, condition, at: position)
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
        _ condition: ARM64Condition,
        at position: Int
    ) -> ARM64ConditionShape? {
        guard let definition = onlyUse(value, at: position), function.instructions[definition].operation == .and else {
            return nil
        }
        let instruction = function.instructions[definition]
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        if let number = constant(right) {
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

/// The magnitude of a number as the immediate of additions and subtractions.
struct ARM64SumImmediate {
    var bits: Int64
    var isShifted: Bool

    /// nil where the magnitude does not fit.
    init?(_ number: Int64) {
        let magnitude = number.magnitude
        if magnitude < 4096 {
            bits = Int64(magnitude)
            isShifted = false
        } else if magnitude & 0xFFF == 0 && magnitude < 1 << 24 {
            bits = Int64(magnitude >> 12)
            isShifted = true
        } else {
            return nil
        }
    }
}

extension ARM64FieldValues {
    func with(_ modifier: UInt8, _ amount: UInt8) -> ARM64FieldValues {
        var values = self
        values.modifier = modifier
        values.amount = amount
        return values
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
