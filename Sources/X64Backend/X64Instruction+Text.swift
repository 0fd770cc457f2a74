extension X64Instruction {
    /// The instruction in the AT&T syntax of `llvm-objdump`, with one blank after the mnemonic.
    ///
    /// - Parameter address: where the instruction is, in bytes from the start of the code; the target of a branch is printed as an
    ///   address.
    public func text(at address: Int = 0) -> String {
        let operands = form.operands
        var mnemonic = form.mnemonic
        if let place = mnemonic.firstIndex(of: "{") {
            let isPredicate = mnemonic[place...].hasPrefix("{p}")
            let infix = isPredicate ? Self.predicates[Int(immediate & 7)] : condition.mnemonic
            mnemonic = mnemonic[..<place] + infix + mnemonic[place...].drop { $0 != "}" }.dropFirst()
        }
        if let place = mnemonic.firstIndex(of: "(") {
            var suffix = ""
            if case .memory = rm { suffix = String(mnemonic[place...].dropFirst().dropLast()) }
            mnemonic = mnemonic[..<place] + suffix
        }
        let texts = operands.reversed().filter { $0.role != .predicate }.map { text(of: $0, at: address) }
        return texts.isEmpty ? mnemonic : mnemonic + " " + texts.joined(separator: ", ")
    }

    /// By the immediate of `cmpps`.
    private static let predicates = ["eq", "lt", "le", "unord", "neq", "nlt", "nle", "ord"]

    private func text(of operand: X64OperandKind, at address: Int) -> String {
        switch operand.role {
        case .register: return registerText(register, operand)
        case .fixedCL: return "%cl"
        case .predicate: return ""
        case .immediate: return "$" + hexadecimalText(immediateAsPrinted)
        case .unsignedImmediate: return "$" + hexadecimalText(immediate & 0xFF)
        case .relative:
            var bytes: [UInt8] = []
            encode(into: &bytes)
            let target = Int64(address + bytes.count) &+ immediate
            return "0x" + String(UInt64(bitPattern: target), radix: 16)
        case .rm, .rmMemoryOnly, .rmRegisterOnly:
            let star = operand.isIndirect ? "*" : ""
            switch rm {
            case .register(let number): return star + registerText(number, operand)
            case .memory(let memory): return star + memory.text
            }
        }
    }

    /// The immediate as a 16-bit or 32-bit operation sees it, without a sign; of other widths with its sign.
    private var immediateAsPrinted: Int64 {
        let row = form.row
        switch row.immediateSize {
        case 2: return immediate & 0xFFFF
        case 4 where !row.rexW: return immediate & 0xFFFF_FFFF
        default: return immediate
        }
    }

    private func registerText(_ number: UInt8, _ operand: X64OperandKind) -> String {
        operand.isVector ? "%xmm\(number)" : "%" + gprName(number, widthInBits: operand.widthInBits)
    }
}

extension X64Memory {
    /// The address in AT&T syntax: `displacement(base,index,scale)`.
    var text: String {
        let hasIndex = index != X64Memory.noRegister
        let displacementText =
            displacement == 0 && (base != X64Memory.noRegister || hasIndex) ? "" : hexadecimalText(Int64(displacement))
        var registers = ""
        if base == X64Memory.instructionPointer {
            registers = "%rip"
        } else if base != X64Memory.noRegister {
            registers = "%" + gprName(base, widthInBits: 64)
        }
        if hasIndex {
            registers += ",%" + gprName(index, widthInBits: 64)
            if scaleShift != 0 { registers += ",\(1 << scaleShift)" }
        }
        return registers.isEmpty ? displacementText : "\(displacementText)(\(registers))"
    }
}

/// A signed number as the disassembler prints it: `0x10`, `-0x80`.
private func hexadecimalText(_ value: Int64) -> String {
    (value < 0 ? "-0x" : "0x") + String(value.magnitude, radix: 16)
}
