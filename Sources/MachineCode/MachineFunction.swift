import RegisterAllocation
import SSA

/// A function in instructions of the machine over virtual registers, in flat arrays.
///
/// Operands, blocks and edges are those of ``problem``; instruction `i` here is instruction `i` there.
public struct MachineFunction: Sendable {
    public var name: String
    public var shape: MachineFunctionShape
    /// Operands, clobbers, blocks and edges, ready for the allocator.
    public var problem = AllocationProblem()
    public var instructions: [MachineInstruction] = []
    public var callSites: [CallSite] = []
    /// The stack results that calls define as operands, each call's in a row.
    public var stackResults: [StackResult] = []
    public var branchTableCount = 0
    public var vectorConstants: [(low: UInt64, high: UInt64)] = []

    /// The size of the stack arguments that this function pops when it returns, in bytes.
    public var incomingArgumentSize = 0
    /// The size of the largest stack arguments of its calls, in bytes.
    public var outgoingArgumentSize = 0
    /// The size of the largest result area of its calls, in bytes.
    public var resultAreaSize = 0
    /// The size of the array of values of an exit stub, in bytes.
    public var valuesAreaSize = 0
    /// Whether the function's context is kept in its frame, at ``FrameLayout/contextSlot``, because calls and landings
    /// restore it.
    public var keepsContext = false
    /// Whether a call gives results in memory, so that the ``ResultStrategy`` decides what the function consists of.
    public var dependsOnResultStrategy = false
    /// Whether the code counts how often the function and its loops begin; see ``PipelineConfiguration/countsFuel``.
    public var countsFuel = false

    /// Makes a function without instructions.
    public init(name: String, shape: MachineFunctionShape) {
        self.name = name
        self.shape = shape
    }
}

/// Who calls a function, which says what its prologue does.
public enum MachineFunctionShape: Hashable, Sendable {
    /// Compiled code, by the convention of ``CallLayout``.
    case compiled
    /// The host, by its C convention; see ``EntryFrame``.
    case entryStub
}

/// An instruction without its operands, which are at the same position in the allocation problem.
public struct MachineInstruction: Hashable, Sendable {
    /// A ``SharedForm`` or, from ``SharedForm/firstOfBackend`` on, a form of the back end.
    public var form: UInt16
    /// Whatever the form says.
    public var auxiliary: UInt32
    /// Whatever the form says.
    public var immediate: Int64
    /// Where the wasm instruction stands in the module's binary, in bytes; `UInt32.max` where unknown.
    public var wasmOffset: UInt32

    /// Makes an instruction.
    @inlinable
    public init(form: UInt16, auxiliary: UInt32 = 0, immediate: Int64 = 0, wasmOffset: UInt32 = .max) {
        self.form = form
        self.auxiliary = auxiliary
        self.immediate = immediate
        self.wasmOffset = wasmOffset
    }

    /// The type that the shared forms keep in the low byte of ``auxiliary``.
    public var type: IRType { IRType(rawValue: UInt8(truncatingIfNeeded: auxiliary))! }
    /// The area that the shared forms keep in the second byte of ``auxiliary``.
    public var area: FrameArea { FrameArea(rawValue: UInt8(truncatingIfNeeded: auxiliary >> 8))! }

    /// What shared forms keep in ``auxiliary``.
    public static func auxiliary(_ type: IRType, _ area: FrameArea = .incomingArguments) -> UInt32 {
        UInt32(type.rawValue) | UInt32(area.rawValue) << 8
    }
}

/// What one call instruction does beside its operands.
///
/// The operands of a call are, in this order: the address of the callee or of its record (where the target is one of
/// these), the register arguments, the result area's address (where there is one), the register results, and the stack
/// results (where these are definitions of the call). A tail call has no results; its result area is that of the
/// function itself.
public struct CallSite: Hashable, Sendable {
    public var target: CallTarget
    /// The size of the stack arguments, in bytes.
    public var argumentSize: Int
    /// How far the stack pointer is lowered after the call, in bytes: by what the callee takes off the stack when it
    /// returns. Not of tail calls.
    public var poppedSize: Int
    /// The size of the result area, in bytes.
    public var resultSize: Int
    /// Whether the context's register has another content after the call, so that it is restored from
    /// ``FrameLayout/contextSlot``.
    public var restoresContext: Bool
    /// Register results, which hold something after the call.
    public var resultRegisters: RegisterSet
    /// The position among the call's operands of the first stack result.
    public var firstStackResult: Int
    /// In ``MachineFunction/stackResults``: one for each operand from ``firstStackResult`` on.
    public var stackResults: Range<Int>
}

/// Whom a call calls.
public enum CallTarget: Hashable, Sendable {
    case symbol(Symbol)
    /// The address in the first operand; the context stays.
    case register
    /// The function record (``SSA/InstanceContextLayout/FunctionRecord``) at the address in the first operand, whose
    /// context becomes that of the code.
    case record

    /// Whether the first operand says whom.
    public var isInRegister: Bool {
        switch self {
        case .symbol: false
        case .register, .record: true
        }
    }
}

/// A result that a call moves from the result area to where the allocator wants it.
public struct StackResult: Hashable, Sendable {
    public var type: IRType
    /// In the result area, in bytes.
    public var offset: Int
}

/// Something in the module's code that instructions of a function refer to.
public enum Symbol: Hashable, Sendable {
    /// A function of the module by its index; an imported one stands for its exit stub.
    case function(UInt32)
    case runtime(RuntimeFunction)
    /// Where all traps leave; see ``EntryFrame``.
    case trapExit
}
