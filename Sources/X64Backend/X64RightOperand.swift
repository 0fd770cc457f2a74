import Invariants
import MachineCode
import SSA

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
    /// No operand: ModRM.rm is what is in the register.
    case immediate(Int64)
    case memory(X64Address)
    /// Memory at a register plus an offset of any size.
    case distant(base: Value, offset: Int64)
    /// The bits of a float, in the constant pool.
    case pooled(UInt64, isDouble: Bool)
}

/// How a machine instruction keeps its right operand, whose registers are its last operands.
struct X64RightPlace {
    enum Mode: UInt8 {
        /// A register or a slot; the machine instruction's immediate is that of the instruction.
        case location
        /// No operand: the immediate is in the machine instruction.
        case immediate
        /// Memory: no operand, one or two; the displacement is in the low half of the machine instruction's immediate.
        case context, base, baseAndIndex
        /// Memory: a register, to which the whole immediate is added.
        case distant
        /// A constant in the pool: no operand, the bits are in the machine instruction's immediate, the logarithm of the size is
        /// the scale.
        case pooled
    }

    var mode: Mode
    var scaleShift: UInt8 = 0

    init(_ mode: Mode, scaleShift: UInt8 = 0) {
        self.mode = mode
        self.scaleShift = scaleShift
    }

    /// From bit 0 on: 3 bits of mode, 2 of scale.
    var bits: UInt32 { UInt32(mode.rawValue) | UInt32(scaleShift) << 3 }

    init(bits: UInt32) {
        mode = Mode(rawValue: UInt8(bits & 7))!
        scaleShift = UInt8(bits >> 3 & 3)
    }
}

/// What the auxiliary of a machine instruction says about the operands of its one x86_64 instruction.
struct X64OperandPlaces {
    enum Pattern: UInt8 {
        /// Definition in the register of operand 1; use: register; right operand. ModRM.reg is the definition, ModRM.rm the right
        /// operand; where that is an immediate, ModRM.rm is the definition. Further uses are fixed.
        case reuse
        /// Definition; right operand. ModRM.reg is the definition, ModRM.rm the right operand.
        case definition
        /// Definition, in ModRM.reg or in the opcode; the immediate is that of the machine instruction.
        case constant
        /// Use: the value; right operand, which is memory.
        case store
        /// Right operand, which is memory; the value is the upper half of the immediate.
        case storeImmediate
        /// Uses: address register, to which the machine instruction's immediate is added; the value.
        case storeBehindAddress
    }

    var pattern: Pattern
    var right: X64RightPlace

    init(_ pattern: Pattern, _ right: X64RightPlace) {
        self.pattern = pattern
        self.right = right
    }

    /// From bit 0 on: 5 bits of right operand, 3 of pattern.
    var bits: UInt32 { right.bits | UInt32(pattern.rawValue) << 5 }

    init(bits: UInt32) {
        pattern = Pattern(rawValue: UInt8(bits >> 5 & 7))!
        right = X64RightPlace(bits: bits & 31)
    }
}

/// What the sequences that compare keep in ``MachineInstruction/auxiliary``.
struct X64ComparisonAuxiliary {
    var form: X64Form
    var condition: X64Condition
    var parity: X64ConditionShape.Parity
    var right: X64RightPlace
    var trapCode: UInt32

    init(_ shape: X64ConditionShape, _ right: X64RightPlace, trapCode: UInt32 = 0) {
        form = shape.form
        condition = shape.condition
        parity = shape.parity
        self.right = right
        self.trapCode = trapCode
    }

    /// From bit 0 on: 10 bits of form, 4 of condition, 2 of parity, 5 of right operand, 11 of trap code.
    var bits: UInt32 {
        invariant(
            form.position < 1 << 10 && trapCode < 1 << 11,
            "form \(form) and trap code \(trapCode) fit their fields"
        )
        let low = UInt32(form.position) | UInt32(condition.rawValue) << 10 | UInt32(parity.rawValue) << 14
        return low | right.bits << 16 | trapCode << 21
    }

    init(bits: UInt32) {
        form = X64FormTable.forms[Int(bits & 0x3FF)]
        condition = X64Condition(rawValue: UInt8(bits >> 10 & 15))!
        parity = X64ConditionShape.Parity(rawValue: UInt8(bits >> 14 & 3))!
        right = X64RightPlace(bits: bits >> 16 & 31)
        trapCode = bits >> 21
    }
}

extension SelectedInstruction {
    /// Adds the uses of a right operand, and what the machine instruction's immediate says of it.
    mutating func use(_ right: X64RightOperand) -> X64RightPlace {
        switch right {
        case .value(let value):
            use(value, .any)
            return X64RightPlace(.location)
        case .immediate(let value):
            immediate = value
            return X64RightPlace(.immediate)
        case .pooled(let bits, let isDouble):
            immediate = Int64(bitPattern: bits)
            return X64RightPlace(.pooled, scaleShift: isDouble ? 3 : 2)
        case .distant(let base, let offset):
            use(base)
            immediate = offset
            return X64RightPlace(.distant)
        case .memory(let address):
            immediate = Int64(UInt32(bitPattern: address.displacement))
            guard let base = address.base else { return X64RightPlace(.context) }
            use(base)
            guard let index = address.index else { return X64RightPlace(.base) }
            use(index)
            return X64RightPlace(.baseAndIndex, scaleShift: address.scaleShift)
        }
    }

    /// Says that the instruction is one x86_64 instruction.
    mutating func finish(_ form: X64Form, _ pattern: X64OperandPlaces.Pattern, _ right: X64RightPlace) {
        self.form = X64MachineForm.number(form)
        auxiliary = X64OperandPlaces(pattern, right).bits
    }

    /// Says that the instruction is a sequence that compares: adds the two sides, which come last.
    mutating func finish(_ sequence: X64Sequence, _ shape: X64ConditionShape, trapCode: UInt32 = 0) {
        use(shape.left)
        let right = use(shape.right)
        form = X64MachineForm.number(sequence)
        auxiliary = X64ComparisonAuxiliary(shape, right, trapCode: trapCode).bits
    }
}
