import Invariants

/// A value that does not fit its field: a limit of the instruction set that the back end did not expect to meet.
public struct ARM64EncodingError: Error, Hashable, CustomStringConvertible {
    public var form: ARM64Form
    /// The name of the field in the form's row.
    public var field: String
    public var value: Int64

    /// For example `value 4096 does not fit field imm12 of ldrb`.
    public var description: String { "value \(value) does not fit field \(field) of '\(form.template)'" }
}

extension ARM64Instruction {
    /// The 32 bits of the instruction.
    ///
    /// This is the one place where values are converted to the widths of fields.
    /// - Throws: ``ARM64EncodingError`` where a number does not fit its field.
    /// Source: Arm ARM, section C4.1.
    @inline(__always)
    public func encoded() throws(ARM64EncodingError) -> UInt32 {
        try encoded(ARM64FormTable.shared)
    }

    func encoded(_ table: borrowing ARM64FormTable) throws(ARM64EncodingError) -> UInt32 {
        let row = table.rows[form.position]
        var word = row.digits
        for position in row.fields {
            let placed = table.fields[position]
            guard let bits = value(of: placed) else {
                throw ARM64EncodingError(form: form, field: placed.field.rawValue, value: source(of: placed.field))
            }
            word |= bits << UInt32(placed.position)
        }
        return word
    }

    /// The field's bits, or nil where the value does not fit.
    @inline(__always)
    private func value(of placed: ARM64PlacedField) -> UInt32? {
        let widthInBits: UInt8 = is64 ? 64 : 32
        switch placed.field {
        case .Rd, .Rt: return register(d)
        case .Rn: return register(n)
        case .Rm: return register(m)
        case .Ra, .Rt2: return register(a)
        case .sf, .N: return is64 ? 1 : 0
        case .ftype: return isDouble ? 1 : 0
        case .shift: return modifier < 4 ? UInt32(modifier) : nil
        case .option: return modifier < 8 ? UInt32(modifier) : nil
        case .cond: return modifier < 16 ? UInt32(modifier) : nil
        case .imm6, .imms: return amount < widthInBits ? UInt32(amount) : nil
        case .imm3: return amount <= 4 ? UInt32(amount) : nil
        case .hw: return amount % 16 == 0 && amount < widthInBits ? UInt32(amount / 16) : nil
        case .sh: return amount == 0 ? 0 : amount == 12 ? 1 : nil
        case .S: return amount == 0 ? 0 : amount == placed.unit ? 1 : nil
        case .b5: return amount < 64 ? UInt32(amount >> 5) : nil
        case .b40: return UInt32(amount & 31)
        case .nzcv: return amount < 16 ? UInt32(amount) : nil
        case .Q: return UInt32(modifier & 1)
        case .size: return placed.allows(arrangement: modifier) ? UInt32(modifier >> 1) : nil
        case .sz: return placed.allows(arrangement: modifier) ? UInt32(modifier >> 1) - 2 : nil
        case .x, .xx:
            return amount % 8 == 0 && amount >> 3 < 1 << placed.field.width ? UInt32(amount >> 3) : nil
        case .lane:
            guard placed.allows(arrangement: modifier), immediate >= 0, immediate < 16 >> Int64(modifier >> 1) else {
                return nil
            }
            return (UInt32(immediate) << 1 | 1) << UInt32(modifier >> 1)
        case .lane2: return amount < 16 >> (modifier >> 1) ? UInt32(amount) << UInt32(modifier >> 1) : nil
        case .shiftLeft:
            let bits = Int64(8) << Int64(modifier >> 1)
            guard placed.allows(arrangement: modifier), immediate >= 0, immediate < bits else { return nil }
            return UInt32(bits + immediate)
        case .shiftRight:
            let bits = Int64(8) << Int64(modifier >> 1)
            guard placed.allows(arrangement: modifier), immediate > 0, immediate <= bits else { return nil }
            return UInt32(2 * bits - immediate)
        case .immr: return immediate >= 0 && immediate < widthInBits ? UInt32(immediate) : nil
        case .imm4, .imm5, .imm7, .imm8, .imm12, .imm16: return unsigned(width: placed.field.width, unit: placed.unit)
        case .abc: return unsigned(width: 8, unit: 1).map { $0 >> 5 }
        case .defgh: return unsigned(width: 8, unit: 1).map { $0 & 31 }
        case .simm7, .imm9: return signed(width: placed.field.width, unit: Int64(placed.unit))
        case .imm14, .imm19, .imm26: return signed(width: placed.field.width, unit: 4)
        case .immlo: return signed(width: 21, unit: 1).map { $0 & 3 }
        case .immhi: return signed(width: 21, unit: 1).map { $0 >> 2 }
        case .pagelo: return signed(width: 21, unit: 4096).map { $0 & 3 }
        case .pagehi: return signed(width: 21, unit: 4096).map { $0 >> 2 }
        case .bitmask: return ARM64BitmaskImmediate.encode(UInt64(bitPattern: immediate), is64: is64)
        }
    }

    /// The number that was given for a field, for messages.
    private func source(of field: ARM64Field) -> Int64 {
        switch field {
        case .Rd, .Rt: Int64(d)
        case .Rn: Int64(n)
        case .Rm: Int64(m)
        case .Ra, .Rt2: Int64(a)
        case .sf, .N: is64 ? 1 : 0
        case .ftype: isDouble ? 1 : 0
        case .shift, .option, .cond, .Q, .size, .sz: Int64(modifier)
        case .imm6, .imms, .imm3, .hw, .sh, .S, .b5, .b40, .nzcv, .x, .xx, .lane2: Int64(amount)
        case .lane, .shiftLeft, .shiftRight, .immr, .imm4, .imm5, .imm7, .imm8, .imm12, .imm16, .abc, .defgh, .simm7,
            .imm9, .imm14, .imm19, .imm26, .immlo,
            .immhi,
            .pagelo, .pagehi, .bitmask:
            immediate
        }
    }

    @inline(__always)
    private func register(_ number: UInt8) -> UInt32? { number < 32 ? UInt32(number) : nil }

    // Units are powers of two: a division takes longer than all the rest of an encoding.

    @inline(__always)
    private func unsigned(width: UInt8, unit: UInt8) -> UInt32? {
        let quotient = immediate >> Int64(unit.trailingZeroBitCount)
        return immediate >= 0 && quotient < 1 << Int64(width)
            && quotient << Int64(unit.trailingZeroBitCount) == immediate
            ? UInt32(quotient) : nil
    }

    @inline(__always)
    private func signed(width: UInt8, unit: Int64) -> UInt32? {
        let quotient = immediate >> Int64(unit.trailingZeroBitCount)
        let limit = Int64(1) << Int64(width - 1)
        guard quotient >= -limit && quotient < limit && quotient << Int64(unit.trailingZeroBitCount) == immediate else {
            return nil
        }
        return UInt32(truncatingIfNeeded: quotient & ((limit << 1) - 1))
    }
}
