import Invariants
import RegisterAllocation
import SSA

/// Where the areas of a frame lie, in bytes from the stack pointer of the function's body; see ``MachineDescription``.
public struct FrameLayout: Hashable, Sendable {
    /// The result area of the function's calls, above the outgoing arguments.
    public var resultAreaOffset: Int
    /// Whether the frame has room for what audited code keeps.
    public var isAudited: Bool
    /// Audited: 16 bytes between the outgoing arguments and the result area.
    public var guardOffset: Int
    /// Audited: 16 bytes above the result area.
    public var resultGuardOffset: Int
    /// Audited: the second copy of the host's registers of an entry stub.
    public var savedCopyOffset: Int
    /// The values area of an exit stub.
    public var valuesAreaOffset: Int
    /// The spill area; a multiple of 16.
    public var spillAreaOffset: Int
    /// From the stack pointer to the frame pointer; a multiple of 16.
    public var size: Int
    /// The size of the host's registers at the top of the frame, in bytes.
    public var entrySize: Int
    /// What the function pops when it returns, in bytes.
    public var incomingArgumentSize: Int

    /// Lays out the frame of a function.
    /// - Throws: ``CompilationError`` when it exceeds the limit.
    public init(
        of function: MachineFunction,
        spillSlotCount: Int,
        on machine: MachineDescription,
        limits: CompilationLimits,
        isAudited: Bool = false
    ) throws(CompilationError) {
        self.isAudited = isAudited
        let guardSize = isAudited ? 16 : 0
        guardOffset = aligned(function.outgoingArgumentSize, to: 16)
        resultAreaOffset = guardOffset + guardSize
        resultGuardOffset = resultAreaOffset + aligned(function.resultAreaSize, to: 16)
        savedCopyOffset = resultGuardOffset + guardSize
        let hasCopy = isAudited && function.shape == .entryStub
        valuesAreaOffset = savedCopyOffset + (hasCopy ? aligned(8 * machine.hostSaved.count, to: 16) : 0)
        spillAreaOffset = valuesAreaOffset + aligned(function.valuesAreaSize, to: 16)
        entrySize = function.shape == .entryStub ? EntryFrame(on: machine).size : 0
        invariant(!function.keepsContext || entrySize == 0, "an entry stub keeps no context")
        size =
            spillAreaOffset + aligned(spillSlotCount * 8, to: 16) + entrySize
            + (function.keepsContext ? Self.contextAreaSize : 0)
        incomingArgumentSize = function.incomingArgumentSize
        guard size <= limits.frameSize else {
            throw CompilationError(.limit(.frameSize, actual: size, limit: limits.frameSize))
        }
    }

    /// Where a function that keeps its context has it, in bytes from the frame pointer.
    public static let contextSlot = -8
    private static let contextAreaSize = 16

    /// The layout of code that has no frame of its own.
    init() {
        isAudited = false
        guardOffset = 0
        resultAreaOffset = 0
        resultGuardOffset = 0
        savedCopyOffset = 0
        valuesAreaOffset = 0
        spillAreaOffset = 0
        size = 0
        entrySize = 0
        incomingArgumentSize = 0
    }

    /// The offset of a spill slot from the stack pointer, in bytes.
    @inlinable
    public func offset(ofSlot slot: UInt32) -> Int { spillAreaOffset + Int(slot) * 8 }

    /// The offset of an area from the stack pointer in bytes; the incoming arguments' offset is counted from the frame
    /// pointer.
    public func offset(of area: FrameArea) -> Int {
        switch area {
        case .incomingArguments: MachineDescription.linkageSize
        case .outgoingArguments: 0
        case .results: resultAreaOffset
        case .values: valuesAreaOffset
        }
    }
}

/// The top of an entry stub's frame: what the trap exit needs to leave without looking at any other frame.
///
/// An entry stub saves its frame pointer in ``InstanceContextLayout/StoreState/entryFramePointer``, and what was
/// there before in its frame, so that entries nest. The offsets are negative, in bytes from the stub's frame pointer.
public struct EntryFrame: Hashable, Sendable {
    /// The value that the context's field had before.
    public static let previousEntryFramePointer = -8
    /// The host's registers.
    public let savedRegisters: [SavedRegister]
    /// In bytes, a multiple of 16.
    public let size: Int

    /// A register of the host and its place.
    public struct SavedRegister: Hashable, Sendable {
        public var register: PhysicalRegister
        /// In bytes from the frame pointer.
        public var offset: Int
        /// `i64` or `f64`.
        public var type: IRType
    }

    /// The entry frame of a machine.
    public init(on machine: MachineDescription) {
        savedRegisters = machine.hostSaved.enumerated().map { position, register in
            SavedRegister(
                register: register,
                offset: -16 - 8 * position,
                type: register.registerClass == .integer ? .i64 : .f64
            )
        }
        size = aligned(8 + 8 * machine.hostSaved.count, to: 16)
    }
}
