/// Where an operand must be.
public enum OperandConstraint: Hashable, Sendable {
    /// A register or a spill slot.
    case any
    /// Any allocatable register of the class.
    case register
    /// This register.
    case fixed(PhysicalRegister)
    /// A spill slot.
    case stack
    /// A definition in the register of the use operand at this position among the instruction's operands; that use has
    /// the constraint `register` and is early.
    case reuse(UInt32)
}

/// Whether an operand is read or written.
public enum OperandRole: UInt8, Hashable, Sendable {
    case use, definition
}

/// When an operand is read or written: uses that are early are read before anything is written; a late use shares no
/// register with a definition, and neither does an early definition with a use.
public enum OperandPosition: UInt8, Hashable, Sendable {
    case early, late
}

/// One operand of an instruction.
public struct Operand: Hashable, Sendable {
    public var register: VirtualRegister
    public var constraint: OperandConstraint
    public var role: OperandRole
    public var position: OperandPosition

    /// Makes an operand; uses are early and definitions late unless told otherwise.
    @inlinable
    public init(
        _ role: OperandRole,
        _ register: VirtualRegister,
        _ constraint: OperandConstraint,
        _ position: OperandPosition? = nil
    ) {
        self.register = register
        self.constraint = constraint
        self.role = role
        self.position = position ?? (role == .use ? .early : .late)
    }
}

/// Where the allocator put an operand.
public enum Location: Hashable, Sendable {
    /// Nowhere: what an operand has before allocation.
    case none
    case register(PhysicalRegister)
    /// The spill slot at this offset, in units of 8 bytes from the start of the spill area; 128-bit slots have even
    /// offsets.
    case slot(UInt32)
}
