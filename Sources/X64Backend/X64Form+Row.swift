import Invariants

/// What the encoder needs of a row of ``X64Form``, read once.
struct X64FormRow: Sendable {
    /// What ModRM.reg holds.
    enum ModRM: Sendable {
        case absent
        case register
        case digit(UInt8)
    }

    /// What is added to the last opcode byte.
    enum OpcodeAddend: Sendable {
        case none
        case register
        case condition
    }

    /// 0x66, 0xF3 or 0xF2; zero where there is none.
    var mandatoryPrefix: UInt8 = 0
    var rexW = false
    /// The opcode bytes: one, or two or three that begin with 0F, first byte lowest.
    var opcode: UInt32 = 0
    var opcodeLength: UInt8 = 0
    var addend = OpcodeAddend.none
    var modRM = ModRM.absent
    /// The size of the immediate or of the branch displacement in bytes; zero where there is none.
    var immediateSize: UInt8 = 0
    /// Whether the immediate is a displacement from the end of the instruction.
    var isRelative = false
    /// Whether ModRM.reg is a byte register: spl, bpl, sil and dil then need a REX prefix.
    var hasByteRegister = false
    /// Whether ModRM.rm is a byte register when it is a register.
    var hasByteRM = false
}

/// An operand of a row of ``X64Form`` as its printer sees it.
struct X64OperandKind: Hashable, Sendable {
    enum Role: Hashable, Sendable {
        case register
        case rm
        case rmMemoryOnly
        case rmRegisterOnly
        case immediate
        /// An immediate of eight bits without a sign.
        case unsignedImmediate
        /// An immediate of 0 to 7 that is part of the mnemonic.
        case predicate
        case relative
        /// The register cl, not encoded.
        case fixedCL
    }

    var role: Role
    var isVector = false
    var isIndirect = false
    /// The width of the register, of the memory or of the immediate, in bits; zero where it does not matter.
    var widthInBits: UInt8 = 0

    /// Whether the operand may be in memory.
    var allowsMemory: Bool { role == .rm || role == .rmMemoryOnly }
}

/// The rows of ``X64Form`` in the order of its cases.
enum X64FormTable {
    static let forms: [X64Form] = X64Form.allCases
    static let rows: [X64FormRow] = forms.map { X64FormRow(encoding: $0.fields[1], operands: $0.operands) }
}

extension X64Form {
    /// The position of the case in declaration order, which is the position of its row.
    ///
    /// An enumeration without payloads is laid out as the number of its case, in one byte up to 256 cases and in two above (Swift
    /// ABI, "Type Layout: Fragile Enum Layout"); a test compares it with `allCases`.
    @inline(__always)
    var position: Int {
        MemoryLayout<X64Form>.size == 1
            ? Int(unsafeBitCast(self, to: UInt8.self)) : Int(unsafeBitCast(self, to: UInt16.self))
    }

    @inline(__always)
    var row: X64FormRow { X64FormTable.rows[position] }

    /// The three fields of the row without the blanks around them.
    fileprivate var fields: [String] {
        let fields = rawValue.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.split(separator: " ").joined(separator: " ") }
        invariant(fields.count == 3, "row of three fields: \(rawValue)")
        return fields
    }

    /// The name as the row writes it, with its places for the condition and the memory suffix.
    var mnemonic: String { fields[0] }

    /// The operands in the manual's order; read from the row at every call, for printing and tests.
    var operands: [X64OperandKind] { fields[2].split(separator: " ").map { X64OperandKind(reading: $0) } }
}

extension X64OperandKind {
    fileprivate init(reading text: Substring) {
        switch text {
        case "m": self.init(role: .rmMemoryOnly, widthInBits: 64)
        case "cl": self.init(role: .fixedCL)
        case "xmm": self.init(role: .register, isVector: true)
        case "xr": self.init(role: .rmRegisterOnly, isVector: true)
        case "xm32", "xm64", "xm128": self.init(role: .rm, isVector: true)
        case "*rm64": self.init(role: .rm, isIndirect: true, widthInBits: 64)
        default:
            let letters = text.prefix { $0.isLetter }
            guard let width = UInt8(text.dropFirst(letters.count)) else {
                invariantFailed("operand in a row of the form table: \(text)")
            }
            switch letters {
            case "r": self.init(role: .register, widthInBits: width)
            case "rm": self.init(role: .rm, widthInBits: width)
            case "rr": self.init(role: .rmRegisterOnly, widthInBits: width)
            case "pred": self.init(role: .predicate, widthInBits: width)
            case "uimm": self.init(role: .unsignedImmediate, widthInBits: width)
            case "imm": self.init(role: .immediate, widthInBits: width)
            case "rel": self.init(role: .relative, widthInBits: width)
            default: invariantFailed("operand in a row of the form table: \(text)")
            }
        }
    }
}

extension X64FormRow {
    fileprivate init(encoding: String, operands: [X64OperandKind]) {
        let tokens = encoding.split(separator: " ")
        var bytes: [UInt8] = []
        for token in tokens {
            switch token {
            case "REX.W": rexW = true
            case "+r": addend = .register
            case "+cc": addend = .condition
            case "/r": modRM = .register
            case "ib": immediateSize = 1
            case "iw": immediateSize = 2
            case "id": immediateSize = 4
            case "io": immediateSize = 8
            case "cb": (immediateSize, isRelative) = (1, true)
            case "cd": (immediateSize, isRelative) = (4, true)
            default:
                if token.first == "/", let digit = UInt8(token.dropFirst()) {
                    modRM = .digit(digit)
                } else if let byte = UInt8(token, radix: 16) {
                    bytes.append(byte)
                } else {
                    invariantFailed("encoding in a row of the form table: \(encoding)")
                }
            }
        }
        if bytes.count > 1, [0x66, 0xF3, 0xF2].contains(bytes[0]) {
            mandatoryPrefix = bytes.removeFirst()
        }
        invariant((1...3).contains(bytes.count), "one to three opcode bytes: \(encoding)")
        opcodeLength = UInt8(bytes.count)
        for byte in bytes.reversed() { opcode = opcode << 8 | UInt32(byte) }
        for operand in operands where operand.widthInBits == 8 {
            if operand.role == .register { hasByteRegister = true }
            if operand.role == .rm { hasByteRM = true }
        }
    }
}
