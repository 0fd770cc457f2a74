/// A machine function as the allocator sees it, in flat arrays.
public struct AllocationProblem: Sendable {
    /// By virtual register.
    public var registerKinds: [VirtualRegisterKind] = []
    /// The operands of all instructions, in order.
    public var operands: [Operand] = []
    public var instructions: [AllocationInstruction] = []
    /// Block 0 is the entry, which has no parameters and no predecessors. The instructions of the blocks follow each
    /// other.
    public var blocks: [AllocationBlock] = []
    /// The edges of all blocks, each block's in a row. An edge from a block with several successors to a block with
    /// several predecessors (a critical edge) carries no arguments.
    public var edges: [AllocationEdge] = []
    /// The arguments of all edges.
    public var edgeArguments: [VirtualRegister] = []
    /// The parameters of all blocks.
    public var blockParameters: [VirtualRegister] = []
    /// The registers that may be given to virtual registers.
    public var allocatable = RegisterSet()
    /// The registers of each class that moves between slots and cycles of moves may use; not allocatable. Indexed by
    /// ``RegisterClass``.
    public var scratch: [PhysicalRegister] = []

    /// Makes a problem without instructions.
    public init() {}
}

/// The operands and side effects of one instruction.
public struct AllocationInstruction: Hashable, Sendable {
    /// Positions in ``AllocationProblem/operands``.
    public var firstOperand: UInt32
    public var operandCount: UInt32
    /// Registers that lose their content between the early and the late position; no definition with the constraint
    /// `any` or `register` may be in them before the instruction's end, fixed definitions may.
    public var clobbers: RegisterSet

    /// Makes an instruction.
    @inlinable
    public init(firstOperand: Int, operandCount: Int, clobbers: RegisterSet = RegisterSet()) {
        self.firstOperand = UInt32(firstOperand)
        self.operandCount = UInt32(operandCount)
        self.clobbers = clobbers
    }

    /// The positions in ``AllocationProblem/operands``.
    @inlinable
    public var operands: Range<Int> { Int(firstOperand)..<Int(firstOperand) + Int(operandCount) }
}

/// One block: ranges in the arrays of the problem. The last instruction is the terminator.
public struct AllocationBlock: Hashable, Sendable {
    public var instructions: Range<Int>
    /// In ``AllocationProblem/blockParameters``.
    public var parameters: Range<Int>
    /// In ``AllocationProblem/edges``.
    public var successors: Range<Int>

    /// Makes a block.
    public init(instructions: Range<Int>, parameters: Range<Int>, successors: Range<Int>) {
        self.instructions = instructions
        self.parameters = parameters
        self.successors = successors
    }
}

/// One way from a block to another.
public struct AllocationEdge: Hashable, Sendable {
    public var target: Int
    /// In ``AllocationProblem/edgeArguments``; as many as the target has parameters.
    public var arguments: Range<Int>
    /// Whether the edge is taken instead of the end of the terminator, a call that ends by an exception: what the
    /// terminator defines is not defined here, the locations of its definitions hold nothing, and so do the registers
    /// that it clobbers. Other edges of the same block are taken after the definitions. The target has no other
    /// predecessor.
    public var isExceptional: Bool

    /// Makes an edge.
    public init(target: Int, arguments: Range<Int>, isExceptional: Bool = false) {
        self.target = target
        self.arguments = arguments
        self.isExceptional = isExceptional
    }
}

/// A solution of an ``AllocationProblem``.
public struct Allocation: Sendable {
    /// For each operand of the problem where it is.
    public var locations: [Location] = []
    /// Moves between instructions, sorted by ``Edit/point``; moves at one point are done one after another.
    public var edits: [Edit] = []
    /// The size of the spill area, in units of 8 bytes.
    public var spillSlotCount = 0

    /// Makes a solution without locations.
    public init() {}
}

/// A place between instructions.
public struct ProgramPoint: Hashable, Comparable, Sendable {
    /// Twice the instruction's position, plus one for the place after it.
    public var rawValue: UInt32
    /// The place before an instruction.
    @inlinable public static func before(_ instruction: Int) -> ProgramPoint {
        ProgramPoint(rawValue: UInt32(instruction) * 2)
    }
    /// The place after an instruction.
    @inlinable public static func after(_ instruction: Int) -> ProgramPoint {
        ProgramPoint(rawValue: UInt32(instruction) * 2 + 1)
    }
    @inlinable public init(rawValue: UInt32) { self.rawValue = rawValue }
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A move that the allocator adds: at most one of the two is a slot.
public struct Edit: Hashable, Sendable {
    public var point: ProgramPoint
    public var source: Location
    public var destination: Location
    public var kind: VirtualRegisterKind

    /// Makes a move.
    public init(point: ProgramPoint, source: Location, destination: Location, kind: VirtualRegisterKind) {
        self.point = point
        self.source = source
        self.destination = destination
        self.kind = kind
    }
}
