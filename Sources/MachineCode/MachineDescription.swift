import RegisterAllocation

/// What a machine and the conventions on it are, as data: registers by purpose, and a few sizes.
///
/// Frames have one shape on all machines. In bytes, downwards:
///
///     fp + 16 …            stack arguments of this function, which this function pops when it returns
///     fp + 8               return address
///     fp + 0               caller's frame pointer
///     fp - 8               (where it is kept) the function's context, see ``FrameLayout/contextSlot``
///     fp - …               (entry stubs) the host's registers, see ``EntryFrame``
///     …                    spill area, values area (stubs), result area
///     sp + 0 …             outgoing stack arguments
///
/// In the body `fp` and `sp` are multiples of 16 and `fp - sp` is ``FrameLayout/size``; everything but incoming
/// arguments is addressed from `sp`.
public struct MachineDescription: Hashable, Sendable {
    /// What error messages and listings call the machine.
    public var name: String
    /// The registers that virtual registers can get.
    public var allocatable: RegisterSet
    /// For each ``RegisterClass`` the register that moves and shared code may overwrite between any two instructions;
    /// not allocatable. Leaf operations that need a register of their own must use another one: an operand of theirs
    /// may be this one.
    public var scratch: [PhysicalRegister]
    /// The base of stack addresses.
    public var stackPointer: PhysicalRegister
    /// The base of incoming stack arguments, and the chain of frames.
    public var framePointer: PhysicalRegister
    /// Points to the instance context in all compiled code; not allocatable.
    public var context: PhysicalRegister
    /// The register in which a callee finds its return address, and which its frame start saves; nil where calls push
    /// the address instead. Not allocatable.
    public var link: PhysicalRegister?

    /// Compiled code: the registers of arguments, in the order in which they are used up. Allocatable.
    public var integerArguments: [PhysicalRegister]
    public var vectorArguments: [PhysicalRegister]
    /// Compiled code: the registers of results. Allocatable.
    public var integerResults: [PhysicalRegister]
    public var vectorResults: [PhysicalRegister]

    /// The host's C convention: the registers of the first integer arguments, at least four. Allocatable.
    public var hostArguments: [PhysicalRegister]
    /// The host's C convention: the register of an integer result, in which trap codes travel too. Allocatable.
    public var hostResult: PhysicalRegister
    /// The host's C convention: the registers that a callee must keep, the frame pointer excepted; 64 bits of each.
    public var hostSaved: [PhysicalRegister]

    /// What lies between functions.
    public var codeFiller: UInt8

    /// Makes a description.
    public init(
        name: String,
        allocatable: RegisterSet,
        scratch: [PhysicalRegister],
        stackPointer: PhysicalRegister,
        framePointer: PhysicalRegister,
        context: PhysicalRegister,
        link: PhysicalRegister? = nil,
        integerArguments: [PhysicalRegister],
        vectorArguments: [PhysicalRegister],
        integerResults: [PhysicalRegister],
        vectorResults: [PhysicalRegister],
        hostArguments: [PhysicalRegister],
        hostResult: PhysicalRegister,
        hostSaved: [PhysicalRegister],
        codeFiller: UInt8 = 0
    ) {
        self.name = name
        self.allocatable = allocatable
        self.scratch = scratch
        self.stackPointer = stackPointer
        self.framePointer = framePointer
        self.context = context
        self.link = link
        self.integerArguments = integerArguments
        self.vectorArguments = vectorArguments
        self.integerResults = integerResults
        self.vectorResults = vectorResults
        self.hostArguments = hostArguments
        self.hostResult = hostResult
        self.hostSaved = hostSaved
        self.codeFiller = codeFiller
    }

    /// The scratch register of a class.
    @inlinable
    public func scratch(_ registerClass: RegisterClass) -> PhysicalRegister { scratch[Int(registerClass.rawValue)] }

    /// The distance from the frame pointer to the first stack argument, in bytes: the frame pointer and the return
    /// address.
    public static let linkageSize = 16
    /// Prologues of frames that are at least so large, in bytes, touch the stack at steps of this size before they lower
    /// the stack pointer, so that no frame reaches over a guard of this size, whatever the stack limit says.
    public static let probeDistance = 32 << 10
    /// What the stack pointer is a multiple of at calls and in bodies, in bytes.
    public static let stackAlignment = 16
}
