import MachineCode
import SSA
import WasmModel

/// An address as ModRM and SIB can say it, over values.
struct X64Address {
    /// nil stands for the context register.
    var base: Value?
    var index: Value?
    var scaleShift: UInt8 = 0
    var displacement: Int32
}

/// What an instruction can take as its last operand.
enum X64RightOperand {
    case value(Value)
    case immediate(Int64)
    case memory(X64Address)
    /// The bits of a float, in the constant pool.
    case pooled(UInt64, isDouble: Bool)
}

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

/// What one SSA instruction becomes together with the instructions that it folds.
enum X64FoldedShape {
    /// It folds nothing: all its operands are needed.
    case plain
    /// The definition takes the left operand's register.
    case reusing(X64Form, left: Value, right: X64RightOperand)
    /// A load, an address or a conversion into a register of its own.
    case defining(X64Form, X64RightOperand)
    /// One use that may be in memory, and an immediate.
    case definingImmediate(X64Form, Value, Int64)
    /// The definition takes the operand's register.
    case reusingImmediate(X64Form, Value, Int64)
    /// The same bits in another value.
    case copying(Value)
    /// Bytes of one vector, by the function's vector constant at the instruction's immediate.
    case shuffling(Value)
    case storing(X64Form, Value, X64Address)
    case storingImmediate(X64Form, X64Address, Int32)
    case comparing(X64ConditionShape)
    case branching(X64ConditionShape)
    case trapping(X64ConditionShape)
    case selecting(X64ConditionShape, first: Value, second: Value)
}

/// Decides what instructions fold; the answer depends on nothing but the function and its facts.
struct X64Folder {
    let function: IRFunction
    let folding: OperandFolding

    /// The shape of the instruction at a position.
    static func shape(
        of instruction: InstructionRecord,
        at position: Int,
        in function: IRFunction,
        _ folding: OperandFolding
    ) -> X64FoldedShape {
        X64Folder(function: function, folding: folding).shape(of: instruction, at: position)
    }

    func operand(_ number: Int, of instruction: InstructionRecord) -> Value {
        function.valuePool[Int(instruction.operands.start) + number]
    }

    // MARK: Instructions

    private func shape(of instruction: InstructionRecord, at position: Int) -> X64FoldedShape {
        let isWide = instruction.type != .i32
        let isDouble = instruction.type == .f64
        switch instruction.operation {
        case .add: return sum(instruction, isWide: isWide, at: position)
        case .subtract:
            let left = operand(0, of: instruction)
            let form: X64Form = isWide ? .lea64RM : .lea32RM
            if let amount = immediate(operand(1, of: instruction)), let negated = Int32(exactly: -amount) {
                return .defining(form, .memory(X64Address(base: left, displacement: negated)))
            }
            return loading(isWide ? .sub64RM : .sub32RM, instruction, at: position)
        case .and: return logic(instruction, isWide ? X64LogicForms.and64 : .and32, at: position)
        case .or: return logic(instruction, isWide ? X64LogicForms.or64 : .or32, at: position)
        case .exclusiveOr: return logic(instruction, isWide ? X64LogicForms.xor64 : .xor32, at: position)
        case .multiply:
            if let factor = immediate(operand(1, of: instruction)) {
                let isShort = Int8(exactly: factor) != nil
                let short: X64Form = isWide ? .imul64RMI8 : .imul32RMI8
                let long: X64Form = isWide ? .imul64RMI : .imul32RMI
                return .definingImmediate(isShort ? short : long, operand(0, of: instruction), factor)
            }
            return loading(isWide ? .imul64RM : .imul32RM, instruction, at: position)
        case .shiftLeft: return shift(isWide ? .shl64MI : .shl32MI, instruction, isWide: isWide)
        case .shiftRightSigned: return shift(isWide ? .sar64MI : .sar32MI, instruction, isWide: isWide)
        case .shiftRightUnsigned: return shift(isWide ? .shr64MI : .shr32MI, instruction, isWide: isWide)
        case .rotateLeft: return shift(isWide ? .rol64MI : .rol32MI, instruction, isWide: isWide)
        case .rotateRight: return shift(isWide ? .ror64MI : .ror32MI, instruction, isWide: isWide)

        case .floatAdd: return loading(isDouble ? .addsd : .addss, instruction, at: position)
        case .floatSubtract: return loading(isDouble ? .subsd : .subss, instruction, at: position)
        case .floatMultiply: return loading(isDouble ? .mulsd : .mulss, instruction, at: position)
        case .floatDivide: return loading(isDouble ? .divsd : .divss, instruction, at: position)

        case .extendSigned: return unary(.movsxd64RM32, instruction, at: position)
        case .wrap: return unary(.mov32RM, instruction, at: position)
        case .extendUnsigned:
            let source = operand(0, of: instruction)
            if isZeroExtended(source), movableLoad(source, .i32, at: position) == nil { return .copying(source) }
            return unary(.mov32RM, instruction, at: position)
        case .promote: return unary(.cvtss2sd, instruction, at: position)
        case .demote: return unary(.cvtsd2ss, instruction, at: position)
        case .floatSquareRoot: return unary(isDouble ? .sqrtsd : .sqrtss, instruction, at: position)
        case .populationCount: return unary(isWide ? .popcnt64RM : .popcnt32RM, instruction, at: position)

        case .compare, .floatCompare:
            guard let shape = condition(of: instruction, at: position), shape.parity == .ignored else { return .plain }
            return .comparing(shape)
        case .branchIf:
            return condition(operand(0, of: instruction), at: position).map { .branching($0) } ?? .plain
        case .trapIf, .trapUnless:
            guard var shape = condition(operand(0, of: instruction), at: position), shape.parity == .ignored else {
                return .plain
            }
            if instruction.operation == .trapUnless { shape.condition = shape.condition.negated }
            return .trapping(shape)
        case .select:
            guard let shape = condition(operand(2, of: instruction), at: position), shape.parity == .ignored else {
                return .plain
            }
            return .selecting(shape, first: operand(0, of: instruction), second: operand(1, of: instruction))

        case .load(let width):
            guard let address = address(operand(0, of: instruction), instruction.immediate, at: position) else {
                return .plain
            }
            return .defining(X64Backend.loadForm(instruction.type, width), .memory(address))
        case .store(let width): return store(instruction, width, at: position)
        case .constant:
            guard let bits = pooled(instruction) else { return .plain }
            return .defining(isDouble ? .movsdRM : .movssRM, bits)
        case .vector(let opcode):
            if opcode == .i8x16Shuffle { return shuffle(instruction) }
            return vectorShift(opcode, instruction)

        case .constantVector, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned,
            .countLeadingZeros, .countTrailingZeros, .signExtend8, .signExtend16, .signExtend32, .floatMinimum,
            .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate, .floatCeiling, .floatFloor, .floatTruncate,
            .floatNearest, .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret, .loadContext, .storeContext,
            .contextAddress, .functionAddress, .call, .callIndirect, .callRuntime, .landingPad, .jump, .branchTable,
            .return, .trap, .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime,
            .vectorFromScalar:
            return .plain
        }
    }

    /// Sums of a register with a constant, a shifted register, or a register that lives on are addresses.
    private func sum(_ instruction: InstructionRecord, isWide: Bool, at position: Int) -> X64FoldedShape {
        let form: X64Form = isWide ? .lea64RM : .lea32RM
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        for (one, other) in [(left, right), (right, left)] {
            if let amount = immediate(other) {
                return .defining(form, .memory(X64Address(base: one, displacement: Int32(amount))))
            }
            if let (index, shift) = scaled(other, at: position) {
                let address = X64Address(base: one, index: index, scaleShift: shift, displacement: 0)
                return .defining(form, .memory(address))
            }
            if let address = movableLoad(other, instruction.type, at: position) {
                return .reusing(isWide ? .add64RM : .add32RM, left: one, right: .memory(address))
            }
        }
        if folding.useCounts[left.position] > 1 {
            // The shorter instruction takes the other register, if that dies here.
            if folding.useCounts[right.position] == 1 {
                return .reusing(isWide ? .add64RM : .add32RM, left: right, right: .value(left))
            }
            return .defining(form, .memory(X64Address(base: left, index: right, displacement: 0)))
        }
        return .plain
    }

    private func logic(_ instruction: InstructionRecord, _ forms: X64LogicForms, at position: Int) -> X64FoldedShape {
        if let value = immediate(operand(1, of: instruction)) {
            let form = Int8(exactly: value) != nil ? forms.short : forms.long
            return .reusing(form, left: operand(0, of: instruction), right: .immediate(value))
        }
        return loading(forms.register, instruction, at: position)
    }

    private func shift(_ form: X64Form, _ instruction: InstructionRecord, isWide: Bool) -> X64FoldedShape {
        guard let amount = immediate(operand(1, of: instruction)) else { return .plain }
        return .reusingImmediate(form, operand(0, of: instruction), amount & (isWide ? 63 : 31))
    }

    /// A shift of a vector by a constant. The shifts of bytes, and the signed one of 64 bits, have no such instruction.
    private func vectorShift(_ opcode: Opcode, _ instruction: InstructionRecord) -> X64FoldedShape {
        let (form, mask): (X64Form, Int64)
        if opcode == .i16x8Shl {
            (form, mask) = (.psllwI, 15)
        } else if opcode == .i16x8ShrS {
            (form, mask) = (.psrawI, 15)
        } else if opcode == .i16x8ShrU {
            (form, mask) = (.psrlwI, 15)
        } else if opcode == .i32x4Shl {
            (form, mask) = (.pslldI, 31)
        } else if opcode == .i32x4ShrS {
            (form, mask) = (.psradI, 31)
        } else if opcode == .i32x4ShrU {
            (form, mask) = (.psrldI, 31)
        } else if opcode == .i64x2Shl {
            (form, mask) = (.psllqI, 63)
        } else if opcode == .i64x2ShrU {
            (form, mask) = (.psrlqI, 63)
        } else {
            return .plain
        }
        guard let amount = immediate(operand(1, of: instruction)) else { return .plain }
        return .reusingImmediate(form, operand(0, of: instruction), amount & mask)
    }

    /// A shuffle of one vector.
    private func shuffle(_ instruction: InstructionRecord) -> X64FoldedShape {
        let constant = function.vectorConstants[Int(instruction.immediate)]
        let (first, second) = (operand(0, of: instruction), operand(1, of: instruction))
        let second16: UInt64 = 0x1010_1010_1010_1010
        let isOfFirst = (constant.low | constant.high) & second16 == 0
        let isOfSecond = constant.low & constant.high & second16 == second16
        guard first == second || isOfFirst || isOfSecond else { return .plain }
        let source = isOfSecond ? second : first
        // Words that stay together are moved by one instruction that needs no mask.
        var selector: Int64 = 0
        for word in UInt64(0)..<4 {
            let half = word < 2 ? constant.low : constant.high
            let lanes = half >> (32 * (word & 1)) & 0x0F0F_0F0F
            guard lanes & 3 == 0, lanes == (lanes & 0xFF) * 0x0101_0101 + 0x0302_0100 else { return .shuffling(source) }
            selector |= Int64(lanes >> 2 & 3) << Int64(2 * word)
        }
        return .definingImmediate(.pshufd, source, selector)
    }

    /// A float that is not zero.
    private func pooled(_ instruction: InstructionRecord) -> X64RightOperand? {
        guard instruction.operation == .constant, instruction.immediate != 0 else { return nil }
        switch instruction.type {
        case .f32: return .pooled(UInt64(UInt32(truncatingIfNeeded: instruction.immediate)), isDouble: false)
        case .f64: return .pooled(UInt64(bitPattern: instruction.immediate), isDouble: true)
        case .i32, .i64, .reference, .v128: return nil
        }
    }

    /// A float that an instruction can read from the constant pool.
    private func pooled(_ value: Value) -> X64RightOperand? {
        let definition = Int(folding.definitions[value.position])
        return definition < 0 ? nil : pooled(function.instructions[definition])
    }

    /// An instruction whose second operand may be loaded by it.
    private func loading(_ form: X64Form, _ instruction: InstructionRecord, at position: Int) -> X64FoldedShape {
        if let constant = pooled(operand(1, of: instruction)) {
            return .reusing(form, left: operand(0, of: instruction), right: constant)
        }
        guard let address = movableLoad(operand(1, of: instruction), instruction.type, at: position) else {
            return .plain
        }
        return .reusing(form, left: operand(0, of: instruction), right: .memory(address))
    }

    /// An instruction whose only operand may be loaded by it.
    private func unary(_ form: X64Form, _ instruction: InstructionRecord, at position: Int) -> X64FoldedShape {
        let source = operand(0, of: instruction)
        guard let address = movableLoad(source, function.type(of: source), at: position) else { return .plain }
        return .defining(form, .memory(address))
    }

    private func store(_ instruction: InstructionRecord, _ width: MemoryWidth, at position: Int) -> X64FoldedShape {
        guard let address = address(operand(0, of: instruction), instruction.immediate, at: position) else {
            return .plain
        }
        let value = operand(1, of: instruction)
        if instruction.type.isInteger, let constant = immediate(value) {
            let form: X64Form
            let bits: Int32
            switch width {
            case .signed8, .unsigned8: (form, bits) = (.mov8MI, Int32(Int8(truncatingIfNeeded: constant)))
            case .signed16, .unsigned16: (form, bits) = (.mov16MI, Int32(Int16(truncatingIfNeeded: constant)))
            case .signed32, .unsigned32: (form, bits) = (.mov32MI, Int32(constant))
            case .full: (form, bits) = (instruction.type == .i32 ? .mov32MI : .mov64MI, Int32(constant))
            }
            return .storingImmediate(form, address, bits)
        }
        return .storing(X64Backend.storeForm(instruction.type, width), value, address)
    }

    private static let clearsUpperHalf: Set<SSA.Operation> = [
        .add, .subtract, .multiply, .and, .or, .exclusiveOr, .populationCount, .wrap, .constant, .load(.full),
        .load(.unsigned8), .load(.unsigned16), .load(.signed8), .load(.signed16), .compare(.equal),
    ]

    // MARK: Operands

    /// Whether a value of 32 bits comes from an instruction that clears the upper half of its 64-bit register; moves and spill
    /// slots keep all 64 bits.
    ///
    /// Source: Intel SDM vol. 1, section 3.4.1.1 "General-Purpose Registers in 64-Bit Mode".
    private func isZeroExtended(_ value: Value) -> Bool {
        let definition = Int(folding.definitions[value.position])
        guard definition >= 0 else { return false }
        let instruction = function.instructions[definition]
        if instruction.operation == .shiftLeft || instruction.operation == .shiftRightUnsigned {
            // A count of zero may leave the register as it is.
            return immediate(operand(1, of: instruction)).map { $0 & 31 != 0 } ?? false
        }
        return Self.clearsUpperHalf.contains(instruction.operation)
    }

    /// A constant integer that an instruction can hold, with its sign.
    func immediate(_ value: Value) -> Int64? {
        let definition = Int(folding.definitions[value.position])
        guard definition >= 0 else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .constant else { return nil }
        switch instruction.type {
        case .i32: return Int64(Int32(truncatingIfNeeded: instruction.immediate))
        case .i64, .reference: return Int32(exactly: instruction.immediate).map { Int64($0) }
        case .f32, .f64, .v128: return nil
        }
    }

    /// The definition of a value that only this instruction uses, in its block.
    private func onlyUse(_ value: Value, at position: Int) -> Int? {
        folding.useCounts[value.position] == 1 ? folding.definition(of: value, inBlockOf: position) : nil
    }

    /// What is shifted left by 1, 2 or 3 for this instruction only.
    private func scaled(_ value: Value, at position: Int) -> (index: Value, shift: UInt8)? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .shiftLeft, let amount = immediate(operand(1, of: instruction)),
            (1...3).contains(amount)
        else { return nil }
        return (operand(0, of: instruction), UInt8(amount))
    }

    /// The address of a load of just this type that only this instruction uses and that may be done here.
    private func movableLoad(_ value: Value, _ type: IRType, at position: Int) -> X64Address? {
        guard type != .v128, let definition = onlyUse(value, at: position) else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.type == type, folding.canMove(instruction.operation, from: definition, to: position) else {
            return nil
        }
        if instruction.operation == .load(.full) {
            return address(operand(0, of: instruction), instruction.immediate, at: position)
        }
        if instruction.operation == .loadContext, let displacement = Int32(exactly: instruction.immediate) {
            return X64Address(base: nil, displacement: displacement)
        }
        return nil
    }

    /// The address that a load or store accesses: sums that are nothing but addresses are folded.
    private func address(_ value: Value, _ offset: Int64, at position: Int) -> X64Address? {
        guard let displacement = Int32(exactly: offset) else { return nil }
        var address = X64Address(base: value, displacement: displacement)
        // A sum with a constant may be around a sum of registers.
        for _ in 0..<2 {
            guard let base = address.base, let (left, right) = addressSum(base, at: position) else { break }
            if let amount = immediate(right), let sum = Int32(exactly: Int64(address.displacement) + amount) {
                address.base = left
                address.displacement = sum
                continue
            }
            if let (index, shift) = scaled(left, at: position) {
                (address.base, address.index, address.scaleShift) = (right, index, shift)
            } else if let (index, shift) = scaled(right, at: position) {
                (address.base, address.index, address.scaleShift) = (left, index, shift)
            } else {
                (address.base, address.index) = (left, right)
            }
            break
        }
        return address
    }

    private func addressSum(_ value: Value, at position: Int) -> (Value, Value)? {
        let uses = folding.useCounts[value.position]
        guard uses == 1 || uses == folding.addressUseCounts[value.position],
            let definition = folding.definition(of: value, inBlockOf: position)
        else { return nil }
        let instruction = function.instructions[definition]
        guard instruction.operation == .add, instruction.type == .i64 else { return nil }
        return (operand(0, of: instruction), operand(1, of: instruction))
    }

    // MARK: Conditions

    /// The comparison that a value is the result of, for this instruction only.
    private func condition(_ value: Value, at position: Int) -> X64ConditionShape? {
        guard let definition = onlyUse(value, at: position) else { return nil }
        return condition(of: function.instructions[definition], at: position)
    }

    private func condition(of instruction: InstructionRecord, at position: Int) -> X64ConditionShape? {
        if case .compare(let condition) = instruction.operation {
            return integerCondition(instruction, X64Condition(condition), at: position)
        }
        if case .floatCompare(let condition) = instruction.operation {
            return floatCondition(instruction, condition, at: position)
        }
        return nil
    }

    private func integerCondition(
        _ instruction: InstructionRecord,
        _ condition: X64Condition,
        at position: Int
    ) -> X64ConditionShape {
        let isWide = instruction.type != .i32
        let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
        let form: X64Form = isWide ? .cmp64RM : .cmp32RM
        for (one, other, condition) in [(left, right, condition), (right, left, condition.swapped)] {
            if let value = immediate(other) {
                if value == 0 { return comparisonWithZero(one, condition, isWide: isWide, at: position) }
                let short: X64Form = isWide ? .cmp64MI8 : .cmp32MI8
                let long: X64Form = isWide ? .cmp64MI : .cmp32MI
                let form = Int8(exactly: value) != nil ? short : long
                return X64ConditionShape(form: form, left: one, right: .immediate(value), condition: condition)
            }
            if let address = movableLoad(other, instruction.type, at: position) {
                return X64ConditionShape(form: form, left: one, right: .memory(address), condition: condition)
            }
        }
        return X64ConditionShape(form: form, left: left, right: .value(right), condition: condition)
    }

    /// `test` clears the carry and overflow flags, as a comparison with zero does.
    private func comparisonWithZero(
        _ value: Value,
        _ condition: X64Condition,
        isWide: Bool,
        at position: Int
    ) -> X64ConditionShape {
        let form: X64Form = isWide ? .test64MR : .test32MR
        if let definition = onlyUse(value, at: position) {
            let instruction = function.instructions[definition]
            if instruction.operation == .and {
                let (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
                if let mask = immediate(right) {
                    let form: X64Form = isWide ? .test64MI : .test32MI
                    return X64ConditionShape(form: form, left: left, right: .immediate(mask), condition: condition)
                }
                return X64ConditionShape(form: form, left: left, right: .value(right), condition: condition)
            }
        }
        return X64ConditionShape(form: form, left: value, right: .value(value), condition: condition)
    }

    /// `ucomis` sets the carry and zero flags where an operand is a NaN, so only "above" conditions can be used as they are.
    private func floatCondition(
        _ instruction: InstructionRecord,
        _ condition: FloatCondition,
        at position: Int
    ) -> X64ConditionShape {
        let form: X64Form = instruction.type == .f64 ? .ucomisd : .ucomiss
        var (left, right) = (operand(0, of: instruction), operand(1, of: instruction))
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
        let source = movableLoad(right, instruction.type, at: position).map { X64RightOperand.memory($0) }
        return X64ConditionShape(
            form: form,
            left: left,
            right: source ?? pooled(right) ?? .value(right),
            condition: flags,
            parity: parity
        )
    }
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
