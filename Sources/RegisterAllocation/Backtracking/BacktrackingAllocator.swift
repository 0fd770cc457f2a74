/// Allocates registers by live ranges: the values that are copied to each other become bundles, each bundle asks for a
/// register in the order of its length, evicts what weighs less, and is split where it gets none.
///
/// A value that has no register everywhere is stored in its slot once, right after its definition, and loaded where a
/// part of its life in a register begins. As calls overwrite every register, a bundle that lives across calls is split
/// at them first. Slots are shared by values that do not live at the same time. The method follows regalloc2's
/// backtracking allocator, which follows that of IonMonkey. Time grows with operands, and with the number of blocks in
/// which values live.
public struct BacktrackingAllocator: Sendable {
    public var resolver: ParallelMoveResolver
    public var splitting: BundleSplitting

    /// Makes an allocator.
    public init(resolver: ParallelMoveResolver = .standard, splitting: BundleSplitting = .standard) {
        self.resolver = resolver
        self.splitting = splitting
    }

    /// Solves a problem.
    public func allocate(_ problem: AllocationProblem) throws(AllocationError) -> Allocation {
        guard !problem.instructions.isEmpty else { return Allocation() }
        var run = BacktrackingRun(problem, splitting)
        try run.reserveFixedOperands()
        run.formBundles()
        try run.assignRegisters()
        var placement = BacktrackingPlacement(run, resolver)
        return try placement.allocation()
    }
}

extension RegisterAllocator {
    /// The backtracking allocator with the given stages.
    public static func backtracking(
        _ resolver: ParallelMoveResolver = .standard,
        splitting: BundleSplitting = .standard
    ) -> RegisterAllocator {
        RegisterAllocator { (problem: AllocationProblem) throws(AllocationError) -> Allocation in
            try BacktrackingAllocator(resolver: resolver, splitting: splitting).allocate(problem)
        }
    }
}

/// The state of one allocation up to the point where every bundle has a register or none.
struct BacktrackingRun {
    static let noRegister: UInt8 = 255

    let problem: AllocationProblem
    let splitting: BundleSplitting
    let live: LiveRanges
    var sets: SpillSets
    var timeline: RegisterTimeline
    var pool = BundlePool()
    var queue = BundleQueue()
    /// By class, the instructions that overwrite all its registers, in ascending order.
    var barriers: [[Int32]] = [[], []]
    /// By class, the registers that may be given, as numbers.
    let allocatable: [[UInt8]]

    init(_ problem: AllocationProblem, _ splitting: BundleSplitting) {
        self.problem = problem
        self.splitting = splitting
        live = LiveRanges(problem)
        sets = SpillSets(live)
        timeline = RegisterTimeline(pointCount: problem.instructions.count * 2 + 2)
        var lists: [[UInt8]] = [[], []]
        for number in UInt8(0)..<64 where problem.allocatable.contains(PhysicalRegister(number: number)) {
            lists[Int(PhysicalRegister(number: number).registerClass.rawValue)].append(number)
        }
        allocatable = lists
    }

    /// Reserves the registers of fixed operands and those that instructions overwrite.
    mutating func reserveFixedOperands() throws(AllocationError) {
        let classBits = [problem.allocatable.bits & 0xFFFF_FFFF, problem.allocatable.bits & ~0xFFFF_FFFF]
        // By register, the value that wants it at the early and the late point of an instruction.
        var earlyUser = [Int32](repeating: -1, count: 64)
        var lateUser = earlyUser
        for (instruction, shape) in problem.instructions.enumerated() {
            var fixed: UInt64 = 0
            var fixedLate: UInt64 = 0
            for position in shape.operands {
                guard case .fixed(let register) = problem.operands[position].constraint else { continue }
                let operand = problem.operands[position]
                let value = operand.register
                guard problem.allocatable.contains(register),
                    register.registerClass == problem.registerKinds[value.position].registerClass
                else {
                    throw .unsuitableRegister(
                        instruction: instruction,
                        operand: position - shape.operands.lowerBound,
                        register
                    )
                }
                let bit: UInt64 = 1 << UInt64(register.number)
                if fixed & bit == 0 {
                    earlyUser[Int(register.number)] = -1
                    lateUser[Int(register.number)] = -1
                    fixed |= bit
                }
                let isEarly = operand.role == .use || operand.position == .early
                let isLate = operand.role == .definition || operand.position == .late
                if isLate { fixedLate |= bit }
                let number = Int(register.number)
                let index = Int32(value.index)
                if isEarly && earlyUser[number] >= 0 && earlyUser[number] != index
                    || isLate && lateUser[number] >= 0 && lateUser[number] != index
                {
                    throw .conflictingRegister(instruction: instruction, register)
                }
                if isEarly { earlyUser[number] = index }
                if isLate { lateUser[number] = index }
                let early = Int32(instruction) * 2
                timeline.reserve(
                    register.number,
                    isEarly ? early : early + 1,
                    isLate ? early + 2 : early + 1,
                    owner: RegisterTimeline.owner(fixed: Int32(value.index))
                )
            }
            let clobbers = shape.clobbers.bits
            if clobbers == 0 { continue }
            for registerClass in 0..<2 where classBits[registerClass] & ~clobbers == 0 {
                barriers[registerClass].append(Int32(instruction))
            }
            // Where everything of a class is overwritten, the barrier says so.
            var rest = clobbers & problem.allocatable.bits & ~fixedLate
            for registerClass in 0..<2 where classBits[registerClass] & ~clobbers == 0 {
                rest &= ~classBits[registerClass]
            }
            while rest != 0 {
                let register = UInt8(rest.trailingZeroBitCount)
                rest &= rest - 1
                let late = Int32(instruction) * 2 + 1
                timeline.reserve(register, late, late + 1, owner: RegisterTimeline.nobody)
            }
        }
    }
}
