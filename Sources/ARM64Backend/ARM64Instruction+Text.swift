import Invariants

extension ARM64Instruction {
    /// The instruction in the syntax of `llvm-objdump`, aliases included, with one blank after the mnemonic.
    ///
    /// - Parameter address: where the instruction is, in bytes from the start of the code; the target of a branch is printed as an
    ///   address.
    public func text(at address: Int = 0) -> String {
        if let text = bitfieldText ?? wideMoveText { return text }
        var template = form.template[...]
        for alias in ARM64Alias.all where alias.form == form && alias.requirements.allSatisfy(meets) {
            template = alias.template[...]
            break
        }
        return render(template, at: address)
    }

    private func render(_ template: Substring, at address: Int) -> String {
        var text = ""
        var rest = template
        while let character = rest.first {
            switch character {
            case "<":
                let end = rest.firstIndex(of: ">") ?? rest.endIndex
                text += self.text(ofToken: rest[rest.startIndex..<end].dropFirst(), at: address)
                rest = rest[end...].dropFirst()
            case "{":
                let end = rest.firstIndex(of: "}") ?? rest.endIndex
                let section = rest[rest.startIndex..<end].dropFirst()
                if !isZero(section) { text += render(section, at: address) }
                rest = rest[end...].dropFirst()
            default:
                text.append(character)
                rest = rest.dropFirst()
            }
        }
        return text
    }

    /// Whether what stands in braces is left out.
    private func isZero(_ section: Substring) -> Bool {
        if section.contains("<shift>") { return modifier == 0 && amount == 0 }
        if section.contains("<amount>") { return amount == 0 }
        return immediate == 0
    }

    private func text(ofToken token: Substring, at address: Int) -> String {
        switch token {
        case "shift": return "\(ARM64Shift(rawValue: modifier)!) #\(amount)"
        case "extended": return extendedText
        case "index": return indexText
        case "code": return immediate == 0 ? "0" : hexadecimal(immediate)
        case "imm", "immr": return hexadecimal(immediate)
        case "imms", "nzcv", "bit": return hexadecimal(Int64(amount))
        case "amount": return String(amount)
        case "bitmask": return "0x" + String(UInt64(bitPattern: immediate), radix: 16)
        case "cond": return ARM64Condition(rawValue: modifier)!.name
        case "invcond": return ARM64Condition(rawValue: modifier)!.negated.name
        case "float": return decimal(ARM64FloatImmediate.expand(UInt8(truncatingIfNeeded: immediate)))
        case "bytes": return byteMaskText
        case "T": return arrangement.name
        case "Ta": return arrangement.longer.name
        case "Tp": return arrangement.paired.name
        case "Ts": return String(laneLetter)
        case "2": return modifier & 1 == 1 ? "2" : ""
        case "lane": return String(immediate)
        case "lane2": return String(amount)
        case "width": return String(8 << (modifier >> 1))
        case "list1": return "{ v\(n).16b }"
        case "list2": return "{ v\(n).16b, v\((n + 1) & 31).16b }"
        case "label":
            let origin = form == .adrp ? Int64(address) & ~4095 : Int64(address)
            return "0x" + String(UInt64(bitPattern: origin &+ immediate), radix: 16)
        default: return registerText(token)
        }
    }

    /// A token such as `Xn|SP`: the class of the register, the letter of its field, and what 31 means.
    private func registerText(_ token: Substring) -> String {
        var token = token
        let isStackPointer = token.hasSuffix("|SP")
        if isStackPointer { token = token.dropLast(3) }
        var width = token.removeFirst()
        if token.hasSuffix("/b5") {
            token = token.dropLast(3)
            width = amount >= 32 ? "X" : "W"
        }
        let number: UInt8
        switch token {
        case "d", "t": number = d
        case "n": number = n
        case "m": number = m
        case "a", "t2": number = a
        default: invariantFailed("register in a row of the form table: \(token)")
        }
        switch width {
        case "R": return generalName(number, is64: is64, isStackPointer: isStackPointer)
        case "W": return generalName(number, is64: false, isStackPointer: isStackPointer)
        case "X": return generalName(number, is64: true, isStackPointer: isStackPointer)
        case "F": return (isDouble ? "d" : "s") + String(number)
        case "E": return String(laneLetter) + String(number)
        case "B", "S", "D", "Q", "V": return width.lowercased() + String(number)
        default: invariantFailed("class of a register in a row of the form table: \(width)")
        }
    }

    private var arrangement: ARM64Arrangement { ARM64Arrangement(rawValue: modifier)! }

    /// Of the lanes of the arrangement.
    private var laneLetter: Character {
        switch modifier >> 1 {
        case 0: "b"
        case 1: "h"
        case 2: "s"
        default: "d"
        }
    }

    private var extendedText: String {
        let isDoubleWord = is64 && modifier & 3 == 3
        let name = generalName(m, is64: isDoubleWord, isStackPointer: false)
        let hasStackPointer = n == 31 || (d == 31 && form.template.contains("<Rd|SP>"))
        if hasStackPointer && modifier == (is64 ? ARM64Extension.uxtx : .uxtw).rawValue {
            return amount == 0 ? name : "\(name), lsl #\(amount)"
        }
        return "\(name), \(ARM64Extension(rawValue: modifier)!)" + (amount == 0 ? "" : " #\(amount)")
    }

    private var indexText: String {
        let name = generalName(m, is64: modifier & 1 == 1, isStackPointer: false)
        if modifier == ARM64Extension.uxtx.rawValue { return amount == 0 ? name : "\(name), lsl #\(amount)" }
        return "\(name), \(ARM64Extension(rawValue: modifier)!)" + (amount == 0 ? "" : " #\(amount)")
    }

    /// Every bit of the immediate as a byte of all ones or zeros.
    private var byteMaskText: String {
        var value: UInt64 = 0
        for bit: UInt64 in 0..<8 where immediate >> Int64(bit) & 1 == 1 { value |= 0xFF << (bit * 8) }
        let digits = String(value, radix: 16)
        if value == 0 { return "0000000000000000" }
        return "0x" + String(repeating: "0", count: max(0, 14 - digits.count)) + digits
    }

    /// The preferred disassembly of sbfm, bfm and ubfm, which is never the form's own.
    ///
    /// Source: Arm ARM, section C6.2, "SBFM", "BFM" and "UBFM", alias conditions.
    private var bitfieldText: String? {
        guard form == .sbfm || form == .bfm || form == .ubfm else { return nil }
        let width = is64 ? 64 : 32
        let first = Int(immediate)
        let last = Int(amount)
        let d = generalName(self.d, is64: is64, isStackPointer: false)
        let n = generalName(self.n, is64: is64, isStackPointer: false)
        if form == .bfm {
            if last < first {
                return "bfi \(d), \(n), #\(width - first), #\(last + 1)"
            }
            return "bfxil \(d), \(n), #\(first), #\(last - first + 1)"
        }
        let isSigned = form == .sbfm
        if first == 0 && (isSigned || !is64) {
            let narrow = generalName(self.n, is64: false, isStackPointer: false)
            let letter = isSigned ? "s" : "u"
            if last == 7 { return "\(letter)xtb \(d), \(narrow)" }
            if last == 15 { return "\(letter)xth \(d), \(narrow)" }
            if last == 31 && isSigned && is64 { return "sxtw \(d), \(narrow)" }
        }
        if last == width - 1 { return "\(isSigned ? "asr" : "lsr") \(d), \(n), #\(first)" }
        if !isSigned && first == last + 1 { return "lsl \(d), \(n), #\(width - 1 - last)" }
        if last < first {
            return "\(isSigned ? "sbfiz" : "ubfiz") \(d), \(n), #\(width - first), #\(last + 1)"
        }
        return "\(isSigned ? "sbfx" : "ubfx") \(d), \(n), #\(first), #\(last - first + 1)"
    }

    /// `mov` for the moves of an immediate that are the preferred way to make their value.
    ///
    /// Source: Arm ARM, section C6.2, "MOV (wide immediate)", "MOV (inverted wide immediate)", "MOV (bitmask immediate)".
    private var wideMoveText: String? {
        let mask: UInt64 = is64 ? .max : 0xFFFF_FFFF
        var value: UInt64
        if form == .movz {
            if immediate == 0 && amount != 0 { return nil }
            value = UInt64(immediate) << UInt64(amount)
        } else if form == .movn {
            if immediate == 0 && amount != 0 { return nil }
            value = ~(UInt64(immediate) << UInt64(amount)) & mask
            if isHalfword(value) { return nil }
        } else if form == .orrImmediate && n == 31 {
            value = UInt64(bitPattern: immediate)
            if isHalfword(value) || isHalfword(~value & mask) { return nil }
        } else {
            return nil
        }
        if !is64 { value = UInt64(bitPattern: Int64(Int32(truncatingIfNeeded: value))) }
        let name = generalName(d, is64: is64, isStackPointer: form == .orrImmediate)
        return "mov \(name), #" + hexadecimal(Int64(bitPattern: value))
    }

    /// Whether a value is one halfword at its place, and zero elsewhere.
    private func isHalfword(_ value: UInt64) -> Bool {
        [UInt64(0), 16, 32, 48].contains { value & ~(0xFFFF << $0) == 0 }
    }

    private func meets(_ requirement: ARM64Alias.Requirement) -> Bool {
        switch requirement {
        case .dIsZero: d == 31
        case .nIsZero: n == 31
        case .mIsZero: m == 31
        case .aIsZero: a == 31
        case .nIsM: n == m
        case .nIsLink: n == 30
        case .dOrNIsStackPointer: d == 31 || n == 31
        case .immediateIsZero: immediate == 0
        case .notShifted: modifier == 0 && amount == 0
        case .conditional: modifier < 14
        }
    }
}

/// Another name for some instructions of a form, which is the preferred one.
///
/// Source: Arm ARM, section C6.2, alias conditions of each instruction.
private struct ARM64Alias {
    enum Requirement {
        case dIsZero, nIsZero, mIsZero, aIsZero, nIsM, nIsLink, dOrNIsStackPointer
        case immediateIsZero, notShifted, conditional
    }

    var form: ARM64Form
    var requirements: [Requirement]
    var template: String

    init(_ form: ARM64Form, _ requirements: [Requirement], _ template: String) {
        self.form = form
        self.requirements = requirements
        self.template = template
    }

    /// The first that fits is taken.
    static let all: [ARM64Alias] = [
        ARM64Alias(.addsShifted, [.dIsZero], "cmn <Rn>, <Rm>{, <shift>}"),
        ARM64Alias(.subsShifted, [.dIsZero], "cmp <Rn>, <Rm>{, <shift>}"),
        ARM64Alias(.subsShifted, [.nIsZero], "negs <Rd>, <Rm>{, <shift>}"),
        ARM64Alias(.subShifted, [.nIsZero], "neg <Rd>, <Rm>{, <shift>}"),
        ARM64Alias(.addsExtended, [.dIsZero], "cmn <Rn|SP>, <extended>"),
        ARM64Alias(.subsExtended, [.dIsZero], "cmp <Rn|SP>, <extended>"),
        ARM64Alias(.addsImmediate, [.dIsZero], "cmn <Rn|SP>, #<imm>{, lsl #<amount>}"),
        ARM64Alias(.subsImmediate, [.dIsZero], "cmp <Rn|SP>, #<imm>{, lsl #<amount>}"),
        ARM64Alias(
            .addImmediate,
            [.immediateIsZero, .notShifted, .dOrNIsStackPointer],
            "mov <Rd|SP>, <Rn|SP>"
        ),
        ARM64Alias(.sbc, [.nIsZero], "ngc <Rd>, <Rm>"),
        ARM64Alias(.sbcs, [.nIsZero], "ngcs <Rd>, <Rm>"),
        ARM64Alias(.andsShifted, [.dIsZero], "tst <Rn>, <Rm>{, <shift>}"),
        ARM64Alias(.andsImmediate, [.dIsZero], "tst <Rn>, #<bitmask>"),
        ARM64Alias(.orrShifted, [.nIsZero, .notShifted], "mov <Rd>, <Rm>"),
        ARM64Alias(.ornShifted, [.nIsZero], "mvn <Rd>, <Rm>{, <shift>}"),
        ARM64Alias(.madd, [.aIsZero], "mul <Rd>, <Rn>, <Rm>"),
        ARM64Alias(.msub, [.aIsZero], "mneg <Rd>, <Rn>, <Rm>"),
        ARM64Alias(.smaddl, [.aIsZero], "smull <Xd>, <Wn>, <Wm>"),
        ARM64Alias(.umaddl, [.aIsZero], "umull <Xd>, <Wn>, <Wm>"),
        ARM64Alias(.csinc, [.nIsZero, .mIsZero, .conditional], "cset <Rd>, <invcond>"),
        ARM64Alias(.csinc, [.nIsM, .conditional], "cinc <Rd>, <Rn>, <invcond>"),
        ARM64Alias(.csinv, [.nIsZero, .mIsZero, .conditional], "csetm <Rd>, <invcond>"),
        ARM64Alias(.csinv, [.nIsM, .conditional], "cinv <Rd>, <Rn>, <invcond>"),
        ARM64Alias(.csneg, [.nIsM, .conditional], "cneg <Rd>, <Rn>, <invcond>"),
        ARM64Alias(.extr, [.nIsM], "ror <Rd>, <Rn>, #<imms>"),
        ARM64Alias(.ret, [.nIsLink], "ret"),
        ARM64Alias(.hint, [.immediateIsZero], "nop"),
        ARM64Alias(.orr16B, [.nIsM], "mov <Vd>.16b, <Vn>.16b"),
    ]
}

/// The name of a general-purpose register.
private func generalName(_ number: UInt8, is64: Bool, isStackPointer: Bool) -> String {
    if number == 31 { return isStackPointer ? (is64 ? "sp" : "wsp") : (is64 ? "xzr" : "wzr") }
    return (is64 ? "x" : "w") + String(number)
}

/// A signed number as the disassembler prints it: `0x10`, `-0x80`.
private func hexadecimal(_ value: Int64) -> String {
    (value < 0 ? "-0x" : "0x") + String(value.magnitude, radix: 16)
}

/// A number of `fmov` with eight decimals.
private func decimal(_ value: Double) -> String {
    let units = Int64(value.magnitude * 100_000_000)
    let fraction = String(units % 100_000_000)
    return (value < 0 ? "-" : "") + "\(units / 100_000_000)." + String(repeating: "0", count: 8 - fraction.count)
        + fraction
}
