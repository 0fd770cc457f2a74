import Invariants
import MachineCode

/// The numbers of machine instruction forms: those of ``ARM64Form``, ``ARM64Sequence`` and the rows of ``ARM64VectorRows``.
///
/// A machine instruction with an `ARM64Form` is that one instruction; its ``MachineInstruction/auxiliary`` is an ``ARM64FieldValues``.
enum ARM64MachineForm {
    static let numbering = MachineFormNumbering(
        instructionCount: ARM64FormTable.forms.count,
        sequenceCount: ARM64Sequence.allCases.count
    )

    static func number(_ form: ARM64Form) -> UInt16 { numbering.number(instruction: form.position) }
    static func number(_ sequence: ARM64Sequence) -> UInt16 { numbering.number(sequence: sequence.rawValue) }

    static func name(_ number: UInt16) -> String {
        switch numbering.meaning(of: number) {
        case .instruction(let position): "\(ARM64FormTable.forms[position])"
        case .sequence(let number): "\(sequence(number))"
        case .program(let position): ARM64VectorTable.shared.programs.programs[position].name
        }
    }

    /// The sequence with a raw value.
    static func sequence(_ number: UInt16) -> ARM64Sequence {
        guard let sequence = ARM64Sequence(rawValue: number) else { invariantFailed("sequence \(number) exists") }
        return sequence
    }
}

/// What the auxiliary of a machine instruction says about the fields of its one instruction, or about the widths of its sequence.
///
/// Operands are in the order Rd, Rn, Rm, Ra; all are in registers. The immediate is that of the machine instruction.
struct ARM64FieldValues: Hashable, Sendable {
    var is64 = false
    var isDouble = false
    /// What the form says, or ``ARM64Access``.
    var modifier: UInt8 = 0
    var amount: UInt8 = 0
    /// How many operands there are.
    var operandCount: UInt8 = 0

    /// In 32 bits.
    var auxiliary: UInt32 {
        (is64 ? 1 : 0) | (isDouble ? 2 : 0) | UInt32(operandCount) << 4 | UInt32(modifier) << 8 | UInt32(amount) << 16
    }

    init(
        is64: Bool = false,
        isDouble: Bool = false,
        modifier: UInt8 = 0,
        amount: UInt8 = 0,
        operandCount: UInt8 = 0
    ) {
        self.is64 = is64
        self.isDouble = isDouble
        self.modifier = modifier
        self.amount = amount
        self.operandCount = operandCount
    }

    init(auxiliary: UInt32) {
        is64 = auxiliary & 1 != 0
        isDouble = auxiliary & 2 != 0
        operandCount = UInt8(auxiliary >> 4 & 0xF)
        modifier = UInt8(auxiliary >> 8 & 0xFF)
        amount = UInt8(auxiliary >> 16 & 0xFF)
    }
}

/// Machine instructions that become several instructions, or one of several forms.
///
/// The auxiliary is an ``ARM64FieldValues``. Definitions are operand 0; all operands are in registers.
enum ARM64Sequence: UInt16, CaseIterable {
    /// Definition; use: the same bits in 32 bits, the upper ones cleared.
    case moveLowHalf
    /// Definition; uses: value, amount.
    case rotateLeft
    /// Definition; use.
    case countTrailingZeros, populationCount
    /// Definition; uses: dividend, divisor.
    case remainderSigned, remainderUnsigned
    /// Definition; uses: first, second, condition.
    case selectInteger, selectFloat, selectVector
    /// Definition; uses: magnitude, sign.
    case floatCopySign
    /// Definition; the bits of a float are the immediate.
    case floatConstant
    /// Definition; the immediate is the position in the function's vector constants.
    case vectorConstant
    /// Definition; use: address register, to which the immediate is added. The modifier is an ``ARM64Access``.
    case load
    /// Uses: address register, to which the immediate is added; the value.
    case store
    /// Definition; uses: base, index. The modifier is an ``ARM64Access``, the amount the extension and the shift of the index.
    case loadIndexed
    /// Uses: the value, base, index.
    case storeIndexed

    // A comparison, whose operands are the last, and what its condition decides. The auxiliary is an ``ARM64ComparisonAuxiliary``.
    /// Definition: the condition as a number.
    case compareAndSet
    case compareAndBranch, compareAndTrap
    /// Definition; uses: first, second.
    case compareAndSelectInteger, compareAndSelectFloat, compareAndSelectVector
}
