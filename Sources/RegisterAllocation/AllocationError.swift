/// Why a problem has no allocation. Positions of operands count from 0 in their instruction.
public enum AllocationError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The operands of an instruction that must be in registers at the same time are more than the registers of the
    /// class.
    case outOfRegisters(instruction: Int, operand: Int, RegisterClass)
    /// Two operands, or an operand and a clobber, want different things of one register at the same time.
    case conflictingRegister(instruction: Int, PhysicalRegister)
    /// The register of a constraint is not allocatable, or not of the operand's class.
    case unsuitableRegister(instruction: Int, operand: Int, PhysicalRegister)
    /// The operand that a definition reuses is not an early use in any register of the same class, or is reused twice.
    case malformedReuse(instruction: Int, operand: Int)
    /// The arguments of this edge, or the definitions of its block's terminator, have no place to be moved at.
    case criticalEdge(fromBlock: Int, toBlock: Int)
    /// The spill area would exceed the limit.
    case spillAreaTooLarge(slotCount: Int, limit: Int)

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .outOfRegisters(let instruction, let operand, let registerClass):
            "instruction \(instruction), operand \(operand): no \(registerClass) register is left"
        case .conflictingRegister(let instruction, let register):
            "instruction \(instruction): conflicting constraints on register \(register)"
        case .unsuitableRegister(let instruction, let operand, let register):
            "instruction \(instruction), operand \(operand): register \(register) cannot hold the operand"
        case .malformedReuse(let instruction, let operand):
            "instruction \(instruction), operand \(operand): the reused operand is not a use that can be reused"
        case .criticalEdge(let source, let target):
            "edge from block \(source) to block \(target): no place for moves"
        case .spillAreaTooLarge(let slotCount, let limit):
            "spill area of \(slotCount) slots exceeds the limit of \(limit)"
        }
    }
}

extension PhysicalRegister: CustomStringConvertible {
    /// `i3` for a general-purpose register, `v3` for a vector register.
    public var description: String { (registerClass == .integer ? "i" : "v") + "\(encoding)" }
}

extension Location: CustomStringConvertible {
    /// `i3`, `v3`, `slot 7` or `nowhere`.
    public var description: String {
        switch self {
        case .none: "nowhere"
        case .register(let register): "\(register)"
        case .slot(let slot): "slot \(slot)"
        }
    }
}

/// The stage that solves allocation problems.
public struct RegisterAllocator: Sendable {
    public var allocate: @Sendable (AllocationProblem) throws(AllocationError) -> Allocation

    /// Makes a stage.
    public init(allocate: @escaping @Sendable (AllocationProblem) throws(AllocationError) -> Allocation) {
        self.allocate = allocate
    }

    /// The single-pass allocator with the given resolver of moves.
    public static func singlePass(_ resolver: ParallelMoveResolver = .standard) -> RegisterAllocator {
        RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            try SinglePassAllocator(resolver: resolver).allocate(problem)
        }
    }
}
