import Invariants
import MachineCode

/// The numbers of machine instruction forms: those of ``X64Form``, ``X64Sequence`` and the rows of ``X64VectorRows``.
///
/// A machine instruction with an `X64Form` is that one instruction; its ``MachineInstruction/auxiliary`` is an ``X64OperandPlaces``.
enum X64MachineForm {
    static let numbering = MachineFormNumbering(
        instructionCount: X64FormTable.forms.count,
        sequenceCount: X64Sequence.allCases.count
    )

    static func number(_ form: X64Form) -> UInt16 { numbering.number(instruction: form.position) }
    static func number(_ sequence: X64Sequence) -> UInt16 { numbering.number(sequence: sequence.rawValue) }

    static func name(_ number: UInt16) -> String {
        switch numbering.meaning(of: number) {
        case .instruction(let position): "\(X64FormTable.forms[position])"
        case .sequence(let number): "\(sequence(number))"
        case .program(let position): X64VectorTable.shared.programs.programs[position].name
        }
    }

    /// The sequence with a raw value.
    static func sequence(_ number: UInt16) -> X64Sequence {
        guard let sequence = X64Sequence(rawValue: number) else { invariantFailed("sequence \(number) exists") }
        return sequence
    }
}

/// Machine instructions that become several x86_64 instructions.
///
/// Those that compare have an ``X64ComparisonAuxiliary``. Of the others `isDouble` and `isWide` are bits 0 and 1 of the auxiliary:
/// whether the float is an f64, and whether the integer has 64 bits.
enum X64Sequence: UInt16, CaseIterable {
    /// Definition in the register of operand 1; uses: register, any (integers) or register (others), condition any. Bit 0: vector, bit 1: 64 bits.
    case select
    /// Definition in rax, use of the dividend in rax, use: any. Clobbers rdx. Bit 1: 64 bits.
    case divideSigned
    case divideUnsigned
    /// Definition in rdx, use of the dividend in rax, use: any. Clobbers rax. Bit 1: 64 bits.
    case remainderSigned
    case remainderUnsigned
    /// Definition in the register of operand 1; uses: register, register.
    case floatMinimum
    case floatMaximum
    case floatCopySign
    /// Definition in the register of operand 1; use: register.
    case floatAbsolute
    case floatNegate
    /// Definition; use: any. Copies bits between the classes of registers. Bit 0: to a vector register, bit 1: 64 bits.
    case reinterpret
    /// Definition; the bits of a float are the immediate.
    case floatConstant
    /// Definition; the immediate is the position in the function's vector constants.
    case vectorConstant
    /// Definition; use: register.
    case truncateToUnsigned64
    case truncateSaturatingSigned
    case truncateSaturatingUnsigned32
    case truncateSaturatingUnsigned64
    /// Definition; use: any.
    case convertUnsigned32
    case convertUnsigned64

    /// Definition in the register of operand 1; use: register. No instruction at all.
    case copy
    /// Definition in the register of operand 1; use: register. The immediate is the position of the lanes in the function's vector
    /// constants.
    case shuffleOne

    // Comparisons: a use in a register and the right operand come last.
    /// Definition: whether the condition holds.
    case compareAndSet
    /// Definition: the same for floats and equality, where an unordered result is not equal.
    case compareFloatsEqual
    case compareFloatsNotEqual
    /// Ends the block.
    case compareAndBranch
    /// May leave with the trap code.
    case compareAndTrap
    /// Definition in the register of operand 1; uses: register, any (integers) or register (others).
    case compareAndSelect32
    case compareAndSelect64
    case compareAndSelectVector

    static func auxiliary(isDouble: Bool, isWide: Bool = false) -> UInt32 { (isDouble ? 1 : 0) | (isWide ? 2 : 0) }
}

extension MachineInstruction {
    var isDouble: Bool { auxiliary & 1 != 0 }
    var isWide: Bool { auxiliary & 2 != 0 }
}
