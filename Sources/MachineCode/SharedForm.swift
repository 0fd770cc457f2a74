/// The machine instruction forms that exist on every machine and that the emission driver turns into leaf operations of
/// the back end.
///
/// Back ends number their own forms from ``firstOfBackend``. Types are in the low byte of
/// ``MachineInstruction/auxiliary``, frame areas in the next (``MachineInstruction/type``,
/// ``MachineInstruction/area``). Operands in their order are given with each form; values that are moved to or from
/// memory may be in a spill slot (constraint `any`).
public enum SharedForm: UInt16, Hashable, Sendable, CaseIterable {
    /// Definitions: the register parameters, fixed. The first instruction of a function; emits nothing.
    case entry
    /// Definition: a value of `type` at `immediate` bytes in a frame area.
    case loadFrame
    /// Use: a value of `type`, stored at `immediate` bytes in a frame area.
    case storeFrame
    /// Definition: the address of `immediate` bytes in a frame area.
    case frameAddress
    /// Definition: a value of `type`; use: address register, to which `immediate` bytes are added.
    case loadAddress
    /// Uses: a value of `type`; address register, to which `immediate` bytes are added.
    case storeAddress
    /// Definition: `immediate`, an integer.
    case loadImmediate
    /// Definition: the address of the instance context.
    case contextAddress
    /// Definition: a value of `type` at `immediate` bytes in the instance context.
    case loadContext
    /// Use: a value of `type`, stored at `immediate` bytes in the instance context.
    case storeContext
    /// A call; `immediate` is the position in ``MachineFunction/callSites``, which says the meaning of the operands.
    case call
    /// A call of the host gate. Uses: the first three arguments, fixed; definition: the host's result register, fixed.
    /// The fourth argument is the frame pointer.
    case callHost
    /// Use: the host's result register, fixed, which holds a trap code; leaves through the trap exit where it is not
    /// zero.
    case leaveIfNotZero
    /// Use: i32; traps with the code `immediate` where it is not zero.
    case trapIf
    /// Use: i32; traps with the code `immediate` where it is zero.
    case trapUnless
    /// Always traps with the code `immediate`. A terminator.
    case trap
    /// To the only edge's target. A terminator.
    case jump
    /// Use: i32; to the first edge's target where it is not zero, otherwise to the second's. A terminator.
    case branchIfNotZero
    /// Definition: the address of the branch table with the number `immediate`.
    case branchTableAddress
    /// Uses: i32 index; the table's address. `immediate` is the table's number; its entries are the edges' targets. A
    /// terminator.
    case branchTable
    /// Uses: the register results, fixed. Pops the stack arguments. A terminator.
    case `return`
    /// Use: the host's result register, fixed. Returns from an entry stub to the host. A terminator.
    case returnToHost
    /// As ``call``, and a terminator: to the first edge's target after the definitions; the second edge, where there is one,
    /// is exceptional.
    case tryCall
    /// A tail call; `immediate` is the position in ``MachineFunction/callSites``. The stack arguments are in the area
    /// of outgoing arguments. A terminator.
    case tailCall
    /// Definition: the reference to the exception that arrived. In the target of an exceptional edge; restores the
    /// context, after it has lowered the stack pointer by `immediate` bytes: by what the search for the landing has not.
    case landingPad

    /// The lowest number that a back end may give to a form of its own.
    public static let firstOfBackend: UInt16 = 64
}

/// The parts of a frame that instructions address.
public enum FrameArea: UInt8, Hashable, Sendable, CaseIterable {
    /// The stack arguments of this function, from the frame pointer upwards.
    case incomingArguments
    /// The stack arguments of calls, at the stack pointer.
    case outgoingArguments
    /// The results of calls that are not in registers.
    case results
    /// The array of 16-byte values of an exit stub.
    case values
}
