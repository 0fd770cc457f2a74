import MachineCode
import SSA

/// How the numbers of machine instruction forms are given out: first every ``X64Form``, then every ``X64Sequence``, then every
/// ``X64VectorProgram``.
///
/// A machine instruction with an `X64Form` is that one instruction; its ``MachineInstruction/auxiliary`` is an ``X64OperandPattern``.
enum X64MachineForm {
    private static let firstSequence = SharedForm.firstOfBackend + UInt16(X64FormTable.forms.count)

    private static let firstProgram = firstSequence + UInt16(X64Sequence.allCases.count)

    static func number(_ form: X64Form) -> UInt16 { SharedForm.firstOfBackend + UInt16(form.position) }
    static func number(_ sequence: X64Sequence) -> UInt16 { firstSequence + sequence.rawValue }
    static func number(program: Int) -> UInt16 { firstProgram + UInt16(program) }

    /// The single instruction that a number stands for; nil for a sequence.
    static func form(_ number: UInt16) -> X64Form? {
        number < firstSequence ? X64FormTable.forms[Int(number - SharedForm.firstOfBackend)] : nil
    }

    /// The sequence that a number stands for; nil for other forms.
    static func sequence(_ number: UInt16) -> X64Sequence? {
        number < firstSequence ? nil : X64Sequence(rawValue: number - firstSequence)
    }

    /// The vector instruction that a number stands for; nil for other forms.
    static func program(_ number: UInt16) -> X64VectorProgram? {
        if number < firstProgram { return nil }
        let position = Int(number - firstProgram)
        let programs = X64VectorTable.shared.programs
        return position < programs.count ? programs[position] : nil
    }

    static func name(_ number: UInt16) -> String {
        if let form = form(number) { return "\(form)" }
        if let sequence = sequence(number) { return "\(sequence)" }
        if let program = program(number) { return program.name }
        return "form \(number)"
    }
}

/// Which operands of a machine instruction go where in the one x86_64 instruction that it stands for.
///
/// The immediate is that of the machine instruction where the form has one.
enum X64OperandPattern: UInt32, CaseIterable {
    /// Definition in the register of operand 1; uses: register, any. ModRM.reg is the definition, ModRM.rm operand 2.
    case reuseAndSource
    /// Definition in the register of operand 1; use: register. ModRM.rm is the definition. Further uses are fixed.
    case reuse
    /// Definition; use: any. ModRM.reg is the definition, ModRM.rm operand 1.
    case source
    /// Definition. ModRM.reg or the opcode's register is the definition.
    case definition
    /// Definition; use: address register, to which the machine instruction's immediate is added.
    case load
    /// Uses: address register, to which the machine instruction's immediate is added; the value.
    case store
}

/// Machine instructions that become several x86_64 instructions.
///
/// `form` is an ``X64Form`` whose position is in the low 16 bits of the auxiliary, `condition` an ``X64Condition`` above them.
/// `isDouble` and `isWide` are bits 0 and 1 of the auxiliary: whether the float is an f64, and whether the integer has 64 bits.
enum X64Sequence: UInt16, CaseIterable {
    /// Definition; uses: register, any. Compares the operands with `form` and makes `condition` a number.
    case compareAndSet
    /// Definition; use: register. Compares the operand with the immediate by `form`.
    case compareImmediateAndSet
    /// As `compareAndSet` for floats and equality: an unordered result is not equal.
    case compareFloatsEqual
    case compareFloatsNotEqual
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

    // Instructions with folded operands. The right operand takes the last operands; see ``X64FoldedAuxiliary``.
    /// Definition in the register of operand 1; use: register; right operand.
    case foldedReuse
    /// Definition in the register of operand 1; use: register. No instruction at all.
    case foldedCopy
    /// Definition; right operand.
    case foldedDefinition
    /// Definition in the register of operand 1; use: register. The immediate is the position of the lanes in the function's vector
    /// constants.
    case foldedShuffle
    /// Use: the value; right operand.
    case foldedStore
    /// Right operand; the value is the upper half of the immediate.
    case foldedStoreImmediate
    /// Definition; use: register; right operand. Compares the last two.
    case foldedSet
    /// Use: register; right operand. Compares them and ends the block.
    case foldedBranch
    /// Use: register; right operand. Compares them and may leave with the trap code.
    case foldedTrap
    /// Definition in the register of operand 1; uses: register, any (integers) or register (others), register; right operand.
    /// Compares the last two.
    case foldedSelect32
    case foldedSelect64
    case foldedSelectVector

    static func auxiliary(_ form: X64Form, _ condition: X64Condition) -> UInt32 {
        UInt32(form.position) | UInt32(condition.rawValue) << 16
    }
    static func auxiliary(isDouble: Bool, isWide: Bool = false) -> UInt32 { (isDouble ? 1 : 0) | (isWide ? 2 : 0) }
}

extension MachineInstruction {
    var comparisonForm: X64Form { X64FormTable.forms[Int(auxiliary & 0xFFFF)] }
    var condition: X64Condition { X64Condition(rawValue: UInt8(truncatingIfNeeded: auxiliary >> 16))! }
    var isDouble: Bool { auxiliary & 1 != 0 }
    var isWide: Bool { auxiliary & 2 != 0 }
}
