extension ARM64Instruction {
    /// The instruction that 32 bits stand for, for listings; nil where no form of the table has these bits.
    ///
    /// Fields that have the same bits for several values get the one that ``encoded()`` makes them from. The simulator does not use this: it
    /// reads instructions by a table of its own.
    public init?(decoding word: UInt32) {
        let table = ARM64FormTable.shared
        for form in ARM64FormTable.forms {
            let row = table.rows[form.position]
            if (word ^ row.digits) & row.digitMask != 0 { continue }
            self.init(form)
            var isValid = true
            for position in row.fields where !read(table.fields[position], from: word) { isValid = false }
            if isValid { return }
        }
        return nil
    }

    /// Sets what a field says; false where its bits are reserved. Where halves make up one number, the lower positions come later.
    private mutating func read(_ placed: ARM64PlacedField, from word: UInt32) -> Bool {
        let width = placed.field.width
        let bits = word >> UInt32(placed.position) & (UInt32(1) << UInt32(width) - 1)
        let small = UInt8(truncatingIfNeeded: bits)
        let unit = Int64(placed.unit)
        switch placed.field {
        case .Rd, .Rt: d = small
        case .Rn: n = small
        case .Rm: m = small
        case .Ra, .Rt2: a = small
        case .sf: is64 = bits == 1
        case .N: return is64 == (bits == 1)
        case .ftype:
            isDouble = bits == 1
            return bits < 2
        case .shift, .option, .cond: modifier = small
        case .imm6, .imms:
            amount = small
            return is64 || bits < 32
        case .imm3:
            amount = small
            return bits <= 4
        case .hw:
            amount = small * 16
            return is64 || bits < 2
        case .sh: amount = small * 12
        case .S: amount = small * placed.unit
        case .b5: amount = small << 5
        case .b40: amount |= small
        case .nzcv: amount = small
        case .Q: modifier = small
        case .size: return read(laneSize: small, placed)
        case .sz: return read(laneSize: small + 2, placed)
        case .x, .xx: amount = small * 8
        case .lane:
            let laneSize = UInt8(small.trailingZeroBitCount)
            immediate = Int64(small >> min(7, laneSize + 1))
            return read(laneSize: laneSize, placed)
        case .lane2:
            amount = small >> (modifier >> 1)
            return amount << (modifier >> 1) == small
        case .shiftLeft, .shiftRight:
            if small < 8 { return false }
            let laneSize = UInt8(4 - (small.leadingZeroBitCount))
            let lane = Int64(8) << Int64(laneSize)
            immediate = placed.field == .shiftLeft ? Int64(small) - lane : 2 * lane - Int64(small)
            return read(laneSize: laneSize, placed)
        case .immr:
            immediate = Int64(bits)
            return is64 || bits < 32
        case .imm4, .imm5, .imm7, .imm8, .imm12, .imm16: immediate = Int64(bits) * unit
        case .abc: immediate = Int64(bits) << 5
        case .defgh: immediate |= Int64(bits)
        case .simm7, .imm9: immediate = signed(bits, width) * unit
        case .imm14, .imm19, .imm26: immediate = signed(bits, width) * 4
        case .immlo: immediate = Int64(bits)
        case .immhi: immediate |= signed(bits, width) * 4
        case .pagelo: immediate = Int64(bits) * 4096
        case .pagehi: immediate += signed(bits, width) * 4 * 4096
        case .bitmask:
            guard let value = ARM64BitmaskImmediate.decode(bits, is64: is64) else { return false }
            immediate = Int64(bitPattern: value)
        }
        return true
    }

    /// Completes the arrangement, of which the lower bit may have been read before.
    private mutating func read(laneSize: UInt8, _ placed: ARM64PlacedField) -> Bool {
        if laneSize > 3 { return false }
        modifier |= laneSize << 1 | (placed.hasHalves ? 0 : 1)
        return placed.allows(arrangement: modifier)
    }

    private func signed(_ bits: UInt32, _ width: UInt8) -> Int64 {
        let sign = Int64(1) << Int64(width - 1)
        return (Int64(bits) ^ sign) - sign
    }
}

/// The text of code, one instruction a line.
public enum ARM64Listing {
    /// The instructions of code that lies at an address, each as offset in hexadecimal, a blank, and text; words that are no instruction of the
    /// table are written `.inst 0x…`.
    public static func text(of code: some Collection<UInt8>, at address: Int = 0) -> String {
        var lines: [String] = []
        var bytes = code.makeIterator()
        var offset = 0
        while let first = bytes.next(), let second = bytes.next(), let third = bytes.next(), let fourth = bytes.next() {
            let word = UInt32(first) | UInt32(second) << 8 | UInt32(third) << 16 | UInt32(fourth) << 24
            let text = ARM64Instruction(decoding: word)?.text(at: address + offset)
            lines.append(String(address + offset, radix: 16) + " " + (text ?? ".inst 0x" + String(word, radix: 16)))
            offset += 4
        }
        return lines.joined(separator: "\n")
    }
}
