/// An address: a base and an index times a scale, or the position of the next instruction, plus a displacement in bytes.
///
/// Source: Intel SDM vol. 2, section 2.1.5.
public struct X64Memory: Hashable, Sendable {
    /// The number of the base register, or one of ``noRegister`` and ``instructionPointer``.
    public var base: UInt8
    /// The number of the index register, or ``noRegister``; never rsp.
    public var index: UInt8
    /// The logarithm of the scale of the index: 0 to 3.
    public var scaleShift: UInt8
    /// The displacement in bytes.
    public var displacement: Int32

    /// The number that stands for no register.
    public static let noRegister: UInt8 = 0xFF
    /// The number of a base that stands for the address of the next instruction.
    public static let instructionPointer: UInt8 = 0xFE

    /// An address from register numbers.
    @inlinable
    public init(base: UInt8, index: UInt8 = X64Memory.noRegister, scaleShift: UInt8 = 0, displacement: Int32 = 0) {
        self.base = base
        self.index = index
        self.scaleShift = scaleShift
        self.displacement = displacement
    }

    /// A displacement in bytes from the end of the instruction.
    @inlinable
    public static func relative(_ displacement: Int32) -> X64Memory {
        X64Memory(base: instructionPointer, displacement: displacement)
    }
}

/// The operand that ModRM.rm names: a register by its hardware number, or memory.
public enum X64RegisterOrMemory: Hashable, Sendable {
    case register(UInt8)
    case memory(X64Memory)
}

/// One instruction: its form and the values of the form's operands; operands that the form lacks are ignored.
public struct X64Instruction: Hashable, Sendable {
    public var form: X64Form
    /// The hardware number of the register in ModRM.reg, or in the opcode byte of the forms with `+r`.
    public var register: UInt8
    public var rm: X64RegisterOrMemory
    /// The immediate, or the displacement of a branch in bytes from the end of the instruction.
    public var immediate: Int64
    public var condition: X64Condition

    /// An instruction from its operands.
    @inlinable
    public init(
        _ form: X64Form,
        register: UInt8 = 0,
        rm: X64RegisterOrMemory = .register(0),
        immediate: Int64 = 0,
        condition: X64Condition = .overflow
    ) {
        self.form = form
        self.register = register
        self.rm = rm
        self.immediate = immediate
        self.condition = condition
    }
}
