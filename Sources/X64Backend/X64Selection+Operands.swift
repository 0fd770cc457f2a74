import MachineCode
import SSA

/// What the operands of an instruction can be.
extension X64Selection {
    func operand(_ number: Int) -> Value { facts.operand(number, of: instruction) }

    // MARK: Constants

    /// A constant integer that an instruction can hold, with its sign.
    func immediate(_ value: Value) -> Int64? {
        guard let constant = facts.constant(value), Int32(exactly: constant) != nil else { return nil }
        return constant
    }

    /// A float that is not zero.
    func pooled(_ instruction: InstructionRecord) -> X64RightOperand? {
        guard instruction.operation == .constant, instruction.immediate != 0 else { return nil }
        switch instruction.type {
        case .f32: return .pooled(UInt64(UInt32(truncatingIfNeeded: instruction.immediate)), isDouble: false)
        case .f64: return .pooled(UInt64(bitPattern: instruction.immediate), isDouble: true)
        case .i32, .i64, .reference, .v128: return nil
        }
    }

    private static let clearsUpperHalf: Set<SSA.Operation> = [
        .add, .subtract, .multiply, .and, .or, .exclusiveOr, .populationCount, .wrap, .constant, .load(.full),
        .load(.unsigned8), .load(.unsigned16), .load(.signed8), .load(.signed16), .compare(.equal),
    ]

    /// Whether a value of 32 bits comes from an instruction that clears the upper half of its 64-bit register; moves and spill
    /// slots keep all 64 bits.
    ///
    /// Source: Intel SDM vol. 1, section 3.4.1.1 "General-Purpose Registers in 64-Bit Mode".
    func isZeroExtended(_ value: Value) -> Bool {
        guard let instruction = facts.definition(of: value) else { return false }
        if instruction.operation == .shiftLeft || instruction.operation == .shiftRightUnsigned {
            // A count of zero may leave the register as it is.
            return immediate(facts.operand(1, of: instruction)).map { $0 & 31 != 0 } ?? false
        }
        return Self.clearsUpperHalf.contains(instruction.operation)
    }

    // MARK: Memory

    /// What an instruction can take as its last operand: a float in the constant pool, a load, or the value itself.
    func source(_ value: Value, _ type: IRType) -> X64RightOperand {
        if let constant = facts.definition(of: value).flatMap({ pooled($0) }) { return constant }
        return movableLoad(value, type).map { .memory($0) } ?? .value(value)
    }

    /// What is shifted left by 1, 2 or 3 for this instruction only.
    func scaled(_ value: Value) -> (index: Value, shift: UInt8)? {
        guard let shift = facts.onlyUsed(value, at: position), shift.operation == .shiftLeft,
            let amount = immediate(facts.operand(1, of: shift)), (1...3).contains(amount)
        else { return nil }
        return (facts.operand(0, of: shift), UInt8(amount))
    }

    /// The address of a load of just this type that only this instruction uses and that may be done here.
    func movableLoad(_ value: Value, _ type: IRType) -> X64Address? {
        guard type != .v128, let definition = facts.onlyUse(value, at: position) else { return nil }
        let load = facts.function.instructions[definition]
        guard load.type == type, facts.canMove(load.operation, from: definition, to: position),
            let displacement = Int32(exactly: load.immediate)
        else { return nil }
        if load.operation == .load(.full) { return address(facts.operand(0, of: load), displacement) }
        return load.operation == .loadContext ? X64Address(base: nil, displacement: displacement) : nil
    }

    /// The memory that a load or store accesses.
    func address(_ value: Value, _ offset: Int64) -> X64RightOperand {
        guard let displacement = Int32(exactly: offset) else { return .distant(base: value, offset: offset) }
        return .memory(address(value, displacement))
    }

    /// The address that a load or store accesses: sums that are nothing but addresses are folded.
    private func address(_ value: Value, _ displacement: Int32) -> X64Address {
        var address = X64Address(base: value, displacement: displacement)
        // A sum with a constant may be around a sum of registers.
        for _ in 0..<2 {
            guard let base = address.base, let (left, right) = facts.addressSum(base, at: position) else { break }
            if let amount = immediate(right), let sum = Int32(exactly: Int64(address.displacement) + amount) {
                address.base = left
                address.displacement = sum
                continue
            }
            if let (index, shift) = scaled(left) {
                (address.base, address.index, address.scaleShift) = (right, index, shift)
            } else if let (index, shift) = scaled(right) {
                (address.base, address.index, address.scaleShift) = (left, index, shift)
            } else {
                (address.base, address.index) = (left, right)
            }
            break
        }
        return address
    }

    func store(_ width: MemoryWidth) -> SelectedInstruction {
        let value = operand(1)
        let form = X64Form.store(instruction.type, width)
        let right = address(operand(0), instruction.immediate)
        guard facts.foldsOperands, case .memory(let address) = right else {
            var selected = SelectedInstruction(defining: nil)
            selected.use(operand(0))
            selected.use(value)
            selected.immediate = instruction.immediate
            selected.finish(form, .storeBehindAddress, X64RightPlace(.distant))
            return selected
        }
        var selected = SelectedInstruction(defining: nil)
        if instruction.type.isInteger, let constant = immediate(value) {
            let place = selected.use(.memory(address))
            let (form, bits) = X64Form.storeImmediate(instruction.type, width, constant)
            selected.immediate |= Int64(bits) << 32
            selected.finish(form, .storeImmediate, place)
        } else {
            selected.use(value)
            let place = selected.use(.memory(address))
            selected.finish(form, .store, place)
        }
        return selected
    }
}
