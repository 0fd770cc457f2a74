import MachineCode
import SSA

/// An address of two registers: the base, and an index that is extended and shifted.
struct ARM64IndexedAddress {
    var base: Value
    var index: Value
    /// An ``ARM64Extension``.
    var extending: ARM64Extension
    /// The size of the access as a power of two, or 0.
    var shift: UInt8
}

/// What the operands of an instruction can be.
extension ARM64Selection {
    func operand(_ number: Int) -> Value { facts.operand(number, of: instruction) }

    /// A number as the immediate of logical instructions.
    func bitmask(_ number: Int64, is64: Bool) -> Int64? {
        let bits = is64 ? UInt64(bitPattern: number) : UInt64(UInt32(truncatingIfNeeded: number))
        return ARM64BitmaskImmediate.encode(bits, is64: is64) == nil ? nil : Int64(bitPattern: bits)
    }

    /// What is multiplied for this instruction only.
    func factors(_ value: Value) -> (Value, Value)? {
        guard let product = facts.onlyUsed(value, at: position), product.operation == .multiply else { return nil }
        return facts.operands(of: product)
    }

    /// What is shifted by a constant for this instruction only, with modifier and amount of the shifted forms.
    func shifted(_ value: Value, rotates: Bool) -> (Value, UInt8, UInt8)? {
        guard let instruction = facts.onlyUsed(value, at: position) else { return nil }
        let shift: ARM64Shift
        switch instruction.operation {
        case .shiftLeft: shift = .lsl
        case .shiftRightUnsigned: shift = .lsr
        case .shiftRightSigned: shift = .asr
        case .rotateRight where rotates: shift = .ror
        default: return nil
        }
        guard let number = facts.constant(facts.operand(1, of: instruction)) else { return nil }
        let amount = UInt8(number & (instruction.type == .i32 ? 31 : 63))
        return (facts.operand(0, of: instruction), shift.rawValue, amount)
    }

    /// What is extended from 32 bits for this instruction only, with modifier and amount of the extended forms.
    func extended(_ value: Value) -> (Value, UInt8, UInt8)? {
        guard let instruction = facts.onlyUsed(value, at: position) else { return nil }
        switch instruction.operation {
        case .extendUnsigned: return (facts.operand(0, of: instruction), ARM64Extension.uxtw.rawValue, 0)
        case .extendSigned: return (facts.operand(0, of: instruction), ARM64Extension.sxtw.rawValue, 0)
        default: return nil
        }
    }

    // MARK: Loads and stores

    func load(_ access: ARM64Access) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: .register)
        if let address = indexedAddress(operand(0), instruction.immediate, access) {
            selected.finish(.loadIndexed, access, address)
        } else {
            let (base, offset) = displaced(operand(0), instruction.immediate, access)
            selected.use(base)
            selected.finish(.load, access, offset: offset)
        }
        return selected
    }

    func store(_ access: ARM64Access) -> SelectedInstruction {
        var selected = SelectedInstruction(defining: nil)
        if let address = indexedAddress(operand(0), instruction.immediate, access) {
            selected.use(operand(1))
            selected.finish(.storeIndexed, access, address)
        } else {
            let (base, offset) = displaced(operand(0), instruction.immediate, access)
            selected.use(base)
            selected.use(operand(1))
            selected.finish(.store, access, offset: offset)
        }
        return selected
    }

    /// An address without offset that is a sum of registers.
    private func indexedAddress(
        _ value: Value,
        _ offset: Int64,
        _ access: ARM64Access
    ) -> ARM64IndexedAddress? {
        guard offset == 0, let (left, right) = facts.addressSum(value, at: position), facts.constant(right) == nil,
            facts.constant(left) == nil
        else { return nil }
        // Where the sum is used more than once, what it is made of must be in registers.
        if facts.useCount(value) == 1 {
            for (base, other) in [(left, right), (right, left)] {
                if let (source, modifier, _) = extended(other) {
                    let kind = ARM64Extension(rawValue: modifier)!
                    return ARM64IndexedAddress(base: base, index: source, extending: kind, shift: 0)
                }
                if let (source, modifier, amount) = shifted(other, rotates: false),
                    modifier == ARM64Shift.lsl.rawValue, amount > 0, 1 << Int(amount) == access.size
                {
                    return ARM64IndexedAddress(base: base, index: source, extending: .uxtx, shift: amount)
                }
            }
        }
        return ARM64IndexedAddress(base: left, index: right, extending: .uxtx, shift: 0)
    }

    /// The base and the offset of an address: those of a sum with a constant, where both offsets together fit an instruction.
    private func displaced(
        _ value: Value,
        _ offset: Int64,
        _ access: ARM64Access
    ) -> (Value, Int64) {
        guard let (left, right) = facts.addressSum(value, at: position) else { return (value, offset) }
        for (base, other) in [(left, right), (right, left)] {
            guard let number = facts.constant(other) else { continue }
            let (sum, overflows) = number.addingReportingOverflow(offset)
            let size = Int64(access.size)
            if !overflows && ((sum >= -256 && sum < 256) || (sum >= 0 && sum % size == 0 && sum < 4096 * size)) {
                return (base, sum)
            }
        }
        return (value, offset)
    }
}

extension SelectedInstruction {
    /// Says that the instruction is a load or store at a base and an index, and adds these. The amount of its field values is the
    /// extension above the shift.
    fileprivate mutating func finish(_ sequence: ARM64Sequence, _ access: ARM64Access, _ address: ARM64IndexedAddress) {
        use(address.base)
        use(address.index)
        let amount = address.extending.rawValue << 4 | address.shift
        let values = ARM64FieldValues(modifier: access.rawValue, amount: amount)
        finish(ARM64MachineForm.number(sequence), auxiliary: values.auxiliary)
    }

    /// Says that the instruction is a load or store at a base plus an offset.
    fileprivate mutating func finish(_ sequence: ARM64Sequence, _ access: ARM64Access, offset: Int64) {
        let values = ARM64FieldValues(modifier: access.rawValue)
        finish(ARM64MachineForm.number(sequence), auxiliary: values.auxiliary, immediate: offset)
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
