import Invariants
import RegisterAllocation
import SSA

/// How far the conditional branches of a function reach.
public enum BranchReach: Hashable, Sendable {
    /// One instruction each, whatever it reaches; tried first.
    case near
    /// To anywhere in the function: where the one instruction reaches less than ``CompilationLimits/functionCodeSize``,
    /// the inverted branch over an unconditional one. Taken when an emission with ``near`` left a distance that does
    /// not fit; constants are not taken from the pool by instructions of lesser reach then either.
    case far
}

/// The replaceable decisions of emission.
public struct EmissionStages: Sendable {
    /// The distances in bytes that a kind is taken to hold; a function with others is emitted anew with ``BranchReach/far``.
    public var reach: @Sendable (FixUpKind) -> ClosedRange<Int> = { $0.reach }
    /// The most bytes that an instruction of a function becomes, which is asserted; nil where nobody counts on a figure.
    public var worstCaseSize: (@Sendable (MachineInstruction, MachineFunction) -> Int)?
    /// In which order tail calls copy the pieces of their stack arguments.
    public var tailCallCopies = TailCallCopies.lastFirst
    /// Changes a frame of so many spill slots before code is emitted for it; nil for no change.
    public var changeFrame: (@Sendable (inout FrameLayout, MachineFunction, Int) -> Void)?

    /// Makes the stages of the healthy pipeline.
    public init() {}
}

/// A function while its code is written: what back ends read, and the buffer that they append to.
public struct Emission {
    /// Where the code goes.
    public var code: CodeBuffer
    public let function: MachineFunction
    public let frame: FrameLayout
    public let machine: MachineDescription
    public let branchReach: BranchReach
    let allocation: Allocation
    /// The position of the current instruction's first operand in the allocation problem.
    var firstOperand = 0
    var currentBlock = 0
    /// Which blocks are left out, and where branches to them go.
    let threading: JumpThreading
    /// Block `b` is the label with this number plus `b`.
    var firstBlockLabel = Label(0)
    /// The labels of trap codes that are used.
    var trapLabels: [(code: UInt32, label: Label)] = []
    var trapSites: [TrapSite] = []
    /// The return addresses of calls that may throw, and the labels of their landings.
    var landings: [(returnOffset: Int, label: Label)] = []

    /// Where an operand of the current instruction is, counted from zero.
    public func location(_ operand: Int) -> Location {
        let location = allocation.locations[firstOperand + operand]
        invariant(location != .none, "register is real")
        return location
    }

    /// The register of an operand of the current instruction, whose constraint asks for one.
    public func register(_ operand: Int) -> PhysicalRegister {
        guard case .register(let register) = allocation.locations[firstOperand + operand] else {
            invariantFailed("register is real")
        }
        return register
    }

    /// The offset of a spill slot from the stack pointer, in bytes.
    public func offset(ofSlot slot: UInt32) -> Int { frame.offset(ofSlot: slot) }

    /// The label of the target of one of the current block's edges.
    public func target(_ edge: Int) -> Label { label(ofBlock: targetBlock(edge)) }

    /// Whether the target of one of the current block's edges follows the block, so that no jump is needed.
    public func isNext(_ edge: Int) -> Bool { targetBlock(edge) == threading.following(currentBlock) }

    private func targetBlock(_ edge: Int) -> Int {
        let edges = function.problem.blocks[currentBlock].successors
        return threading.target(function.problem.edges[edges.lowerBound + edge].target)
    }

    /// The label of the stub that leaves with a trap code; the current position is noted as one that traps so.
    public mutating func trapLabel(_ trapCode: UInt32) -> Label {
        trapSites.append(TrapSite(offset: code.count, code: trapCode))
        if let known = trapLabels.first(where: { $0.code == trapCode }) { return known.label }
        let label = code.makeLabel()
        trapLabels.append((trapCode, label))
        return label
    }

    init(
        function: MachineFunction,
        frame: FrameLayout,
        machine: MachineDescription,
        branchReach: BranchReach,
        allocation: Allocation
    ) {
        code = CodeBuffer()
        self.function = function
        self.frame = frame
        self.machine = machine
        self.branchReach = branchReach
        self.allocation = allocation
        threading = JumpThreading(function, allocation)
    }

    func label(ofBlock block: Int) -> Label { Label(Int(firstBlockLabel.index) + block) }
}

/// A place in code that may trap.
public struct TrapSite: Hashable, Sendable {
    /// In bytes from the start of the function's code.
    public var offset: Int
    public var code: UInt32
}
