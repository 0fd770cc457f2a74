import RegisterAllocation
import SSA

/// The leaf decisions of one machine; all else is shared.
///
/// Selection: the driver asks ``selectedInstruction(for:at:in:)`` for each SSA instruction but calls, jumps and returns. Emission: the
/// driver walks the allocated function, does the allocator's moves, lowers every ``SharedForm`` to the leaf operations
/// below, and asks ``emit(_:into:)`` for the back end's own forms. Leaf operations append to ``Emission/code``. They
/// may overwrite flags, and scratch registers of the back end that are neither allocatable nor in
/// ``MachineDescription/scratch``; nothing else beside their destination.
///
/// Offsets and immediates may have any size below 2 GiB: an operation that encodes fewer bits builds the rest with a
/// scratch register. The upper 32 bits of a register that holds an i32, and the upper bits of a vector register that
/// holds an f32 or f64, are unspecified.
public protocol MachineBackend: Sendable {
    /// Registers and conventions.
    var machine: MachineDescription { get }

    /// An instruction of one of the back end's own forms without its operands, for listings: the name and what it is about.
    func text(of instruction: MachineInstruction) -> String

    // MARK: Selection

    /// Decides which machine instruction an SSA instruction becomes, and with its uses what it folds: the one place that does so.
    ///
    /// The answer depends on nothing but the facts, as the driver asks twice where operands are folded: first from the end of the
    /// function for what is needed in registers, then for what to select. For `branchIf` the instruction becomes the terminator; its edges are the two targets, in
    /// their order. `loadContext`, `storeContext`, `trapIf`, `trapUnless`, `trap`, `branchIf` and `branchTable` have shared lowerings: a
    /// back end answers nil for them unless it has something better.
    /// - Returns: nil where the back end does not select the operation.
    func selectedInstruction(
        for instruction: InstructionRecord,
        at position: Int,
        in facts: SelectionFacts
    ) -> SelectedInstruction?

    // MARK: Emission of own forms

    /// Emits one of the back end's own forms; operands are in ``Emission/register(_:)`` and ``Emission/location(_:)``.
    func emit(_ instruction: MachineInstruction, into emission: inout Emission)

    // MARK: Leaf operations

    /// Copies a register to another of its class: 64 bits, for v128 128 bits. The two differ.
    func emitMove(
        _ type: IRType,
        from source: PhysicalRegister,
        to destination: PhysicalRegister,
        into emission: inout Emission
    )
    /// Loads as many bytes as the type has. The base is a general-purpose register, the stack pointer, the frame
    /// pointer or the context.
    func emitLoad(
        _ type: IRType,
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    )
    /// Stores as many bytes as the type has.
    func emitStore(
        _ type: IRType,
        from source: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    )
    /// Computes base plus offset, in 64 bits.
    func emitAddress(
        to destination: PhysicalRegister,
        base: PhysicalRegister,
        offset: Int,
        into emission: inout Emission
    )
    /// Puts the address of a label of this function into a register; the label is within 64 KiB.
    func emitAddress(to destination: PhysicalRegister, of label: Label, into emission: inout Emission)
    /// Puts 64 bits into a general-purpose register.
    func emitImmediate(_ value: UInt64, to destination: PhysicalRegister, into emission: inout Emission)

    /// Lowers (positive) or raises (negative) the stack pointer by a multiple of 16 bytes.
    func emitStackAdjustment(downBy size: Int, into emission: inout Emission)
    /// First in every function: saves the return address and the frame pointer in 16 bytes below the stack pointer as
    /// the convention of ``MachineDescription`` says (x86_64: the call has pushed the return address), and makes the
    /// frame pointer point there.
    func emitFrameStart(into emission: inout Emission)
    /// Branches to the label where the stack pointer minus the size is below the context's
    /// ``InstanceContextLayout/stackLimit``, unsigned. No allocatable register changes, nor does the stack pointer.
    /// Best as: limit plus size compared with the stack pointer, which cannot wrap.
    func emitStackCheck(size: Int, failing label: Label, into emission: inout Emission)
    /// Subtracts 1 from the 8 bytes at base plus offset, and branches to the label where they were 0. Changes no
    /// register but those that every leaf operation may overwrite. Respects ``Emission/branchReach``.
    func emitCountDown(base: PhysicalRegister, offset: Int, failing label: Label, into emission: inout Emission)
    /// Sets the stack pointer back to the frame pointer, restores the caller's frame pointer, and returns while popping
    /// so many bytes of arguments, a multiple of 16 up to 1 GiB. With 0 no other register changes, for entry stubs.
    func emitReturn(popping size: Int, into emission: inout Emission)

    /// Calls a symbol of the module.
    func emitCall(_ symbol: Symbol, into emission: inout Emission)
    /// Calls the address in a register, which may be the scratch register of shared code.
    func emitCall(_ register: PhysicalRegister, into emission: inout Emission)
    /// Jumps to the address in a register, which may be the scratch register of shared code.
    func emitJump(to register: PhysicalRegister, into emission: inout Emission)
    /// Jumps to a symbol of the module.
    func emitJump(to symbol: Symbol, into emission: inout Emission)
    /// Jumps to a label, anywhere in the function.
    func emitJump(to label: Label, into emission: inout Emission)
    /// Jumps to a label where the low 32 bits of a register are not zero (or are, for `ifNotZero: false`). Respects
    /// ``Emission/branchReach``.
    func emitBranch(ifNotZero: Bool, _ register: PhysicalRegister, to label: Label, into emission: inout Emission)
    /// Jumps to a label where two registers differ in any of their 64 bits. Respects ``Emission/branchReach``.
    func emitBranch(
        ifDifferent left: PhysicalRegister,
        _ right: PhysicalRegister,
        to label: Label,
        into emission: inout Emission
    )
    /// Jumps to a label where a register is no multiple of 16. Respects ``Emission/branchReach``.
    func emitBranch(ifMisaligned register: PhysicalRegister, to label: Label, into emission: inout Emission)
    /// Jumps through a table of four-byte distances from the table's start: entry `min(low 32 bits of index, entryCount
    /// - 1)`, unsigned. The driver puts the table right behind. Both registers may be kept or overwritten.
    func emitBranchTable(
        index: PhysicalRegister,
        table: PhysicalRegister,
        entryCount: Int,
        into emission: inout Emission
    )
}
