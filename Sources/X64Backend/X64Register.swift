/// A general-purpose register; the raw value is its hardware number.
///
/// Source: Intel SDM vol. 1, section 3.4.1.
public enum X64GPR: UInt8, CaseIterable, Sendable {
    case rax, rcx, rdx, rbx, rsp, rbp, rsi, rdi
    case r8, r9, r10, r11, r12, r13, r14, r15
}

/// The name of a general-purpose register in AT&T syntax at a width of 8, 16, 32 or 64 bits, without the percent sign.
func gprName(_ number: UInt8, widthInBits: UInt8) -> String {
    if number >= 8 {
        switch widthInBits {
        case 8: return "r\(number)b"
        case 16: return "r\(number)w"
        case 32: return "r\(number)d"
        default: return "r\(number)"
        }
    }
    let position = Int(number)
    switch widthInBits {
    case 8: return ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil"][position]
    case 16: return ["ax", "cx", "dx", "bx", "sp", "bp", "si", "di"][position]
    case 32: return ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi"][position]
    default: return ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"][position]
    }
}

/// A condition of the flags; the raw value is its number in the opcodes of `jcc`, `setcc` and `cmovcc`.
///
/// Source: Intel SDM vol. 1, appendix B.
public enum X64Condition: UInt8, CaseIterable, Sendable {
    case overflow, notOverflow, below, aboveOrEqual, equal, notEqual, belowOrEqual, above
    case sign, notSign, parity, notParity, less, greaterOrEqual, lessOrEqual, greater

    /// The condition that holds where this one does not.
    @inlinable
    public var negated: X64Condition { X64Condition(rawValue: rawValue ^ 1)! }

    /// The letters in mnemonics: `e` in `je`, `sete`, `cmovel`.
    var mnemonic: String {
        switch self {
        case .overflow: "o"
        case .notOverflow: "no"
        case .below: "b"
        case .aboveOrEqual: "ae"
        case .equal: "e"
        case .notEqual: "ne"
        case .belowOrEqual: "be"
        case .above: "a"
        case .sign: "s"
        case .notSign: "ns"
        case .parity: "p"
        case .notParity: "np"
        case .less: "l"
        case .greaterOrEqual: "ge"
        case .lessOrEqual: "le"
        case .greater: "g"
        }
    }
}
