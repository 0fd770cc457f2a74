/// Allocates registers in one pass over the instructions from the last to the first.
///
/// A value that is used in another block than its own lives in its spill slot between blocks, and so does a block
/// parameter. Inside a block, going backwards, a use takes a register and keeps it until the definition, unless another
/// operand wants the register: then the value is reloaded after that instruction and lives in its slot before it. As
/// every value is defined once, it is stored once, after its definition. Linear in the number of operands. The method
/// follows regalloc2's `fastalloc`.
public struct SinglePassAllocator: Sendable {
    public var resolver: ParallelMoveResolver

    /// Makes an allocator.
    public init(resolver: ParallelMoveResolver = .standard) { self.resolver = resolver }

    /// The most slots of 8 bytes that a spill area may have.
    public static let spillSlotLimit = 1 << 27

    /// Solves a problem.
    public func allocate(_ problem: AllocationProblem) throws(AllocationError) -> Allocation {
        var run = SinglePassRun(problem, resolver)
        try run.survey()
        for block in problem.blocks.indices.reversed() { try run.allocate(block: block) }
        return try run.finish()
    }
}

/// Where the arguments of the edges that leave a block are moved.
enum EdgePlacement {
    case beforeTerminator, atTargets
}

/// The state of one allocation, at a point of the problem that moves backwards.
struct SinglePassRun {
    static let noRegister: UInt8 = 255

    let problem: AllocationProblem
    let resolver: ParallelMoveResolver
    var locations: [Location]
    /// The edits, last one first.
    var reversedEdits: [Edit] = []
    /// Stores of what terminators define, at the start of their successors.
    var arrivalStores: [Edit] = []
    /// Moves of edge arguments at the start of blocks, after the stores.
    var arrivalMoves: [Edit] = []

    // By block.
    var predecessorCounts: [Int32]
    // By virtual register.
    var definingBlock: [Int32]
    /// Whether the value is a block parameter or used in another block than its own, so that it has a slot of its own
    /// everywhere.
    var isShared: [Bool]
    var isUsed: [Bool]
    /// The register that holds the value from this point on.
    var registerOf: [UInt8]
    /// The slot that must hold the value after its definition, or -1.
    var slotOf: [Int32]
    /// For definitions of the current instruction, the register in which the value is expected afterwards.
    var targetOf: [UInt8]
    /// The block whose parameter the value is, or -1.
    var parameterOf: [Int32]
    // By physical register.
    var content = [Int32](repeating: -1, count: 64)
    var occupied: UInt64 = 0

    var slotCount = 0
    var freeSingles: [Int32] = []
    var freePairs: [Int32] = []
    var temporarySlots: [UInt32] = []
    let allocatable: [UInt64]

    // Of the current instruction.
    /// Registers that hold an operand at the early position.
    var early: UInt64 = 0
    /// Registers that hold an operand at the late position, or nothing usable.
    var late: UInt64 = 0
    /// Registers that hold a value across the instruction.
    var through: UInt64 = 0
    /// Registers that definitions are expected in afterwards.
    var targets: UInt64 = 0
    var fixedUser = [Int32](repeating: -1, count: 64)
    var fixedLateUses: UInt64 = 0
    /// Further registers that must hold a used value.
    var copies: [(register: VirtualRegister, destination: UInt8)] = []
    var temporaryCopies: [(register: VirtualRegister, slot: UInt32)] = []
    var movesAfter: [ParallelMove] = []
    var endedSlots: [VirtualRegister] = []
    /// The block whose parameters are written before the current instruction, or -1.
    var overwrittenParametersOf: Int32 = -1

    init(_ problem: AllocationProblem, _ resolver: ParallelMoveResolver) {
        self.problem = problem
        self.resolver = resolver
        let registerCount = problem.registerKinds.count
        locations = [Location](repeating: .none, count: problem.operands.count)
        predecessorCounts = [Int32](repeating: 0, count: problem.blocks.count)
        definingBlock = [Int32](repeating: -1, count: registerCount)
        isShared = [Bool](repeating: false, count: registerCount)
        isUsed = [Bool](repeating: false, count: registerCount)
        registerOf = [UInt8](repeating: Self.noRegister, count: registerCount)
        slotOf = [Int32](repeating: -1, count: registerCount)
        targetOf = [UInt8](repeating: Self.noRegister, count: registerCount)
        parameterOf = [Int32](repeating: -1, count: registerCount)
        let bits = problem.allocatable.bits
        allocatable = [bits & 0xFFFF_FFFF, bits & ~0xFFFF_FFFF]
    }

    /// Finds out which values are shared between blocks.
    mutating func survey() throws(AllocationError) {
        for edge in problem.edges { predecessorCounts[edge.target] += 1 }
        for (block, shape) in problem.blocks.enumerated() {
            for position in shape.parameters {
                let parameter = problem.blockParameters[position].position
                definingBlock[parameter] = Int32(block)
                parameterOf[parameter] = Int32(block)
                isShared[parameter] = true
            }
            for instruction in shape.instructions {
                for position in problem.instructions[instruction].operands
                where problem.operands[position].role == .definition {
                    definingBlock[problem.operands[position].register.position] = Int32(block)
                }
            }
        }
        for (block, shape) in problem.blocks.enumerated() {
            for instruction in shape.instructions {
                for position in problem.instructions[instruction].operands
                where problem.operands[position].role == .use {
                    noteUse(of: problem.operands[position].register, in: block)
                }
            }
            for edge in shape.successors {
                let arguments = problem.edges[edge].arguments
                if arguments.isEmpty { continue }
                let target = problem.edges[edge].target
                let placement = edgePlacement(of: block)
                if placement == .atTargets && predecessorCounts[target] != 1 {
                    throw .criticalEdge(fromBlock: block, toBlock: target)
                }
                for position in arguments {
                    let argument = problem.edgeArguments[position]
                    noteUse(of: argument, in: block)
                    if placement == .atTargets { isShared[argument.position] = true }
                }
            }
        }
    }

    mutating func noteUse(of register: VirtualRegister, in block: Int) {
        isUsed[register.position] = true
        if definingBlock[register.position] != Int32(block) { isShared[register.position] = true }
    }

    func edgePlacement(of block: Int) -> EdgePlacement {
        let shape = problem.blocks[block]
        guard shape.successors.count == 1, let terminator = shape.instructions.last else { return .atTargets }
        for position in problem.instructions[terminator].operands
        where problem.operands[position].role == .definition {
            return .atTargets
        }
        return .beforeTerminator
    }

    mutating func allocate(block: Int) throws(AllocationError) {
        let shape = problem.blocks[block]
        for instruction in shape.instructions.reversed() {
            try allocate(
                instruction: instruction,
                in: block,
                isTerminator: instruction == shape.instructions.upperBound - 1
            )
        }
        // What is still in a register comes from another block: through its slot.
        let start = ProgramPoint.before(shape.instructions.lowerBound)
        var rest = occupied
        while rest != 0 {
            let register = UInt8(rest.trailingZeroBitCount)
            rest &= rest - 1
            let value = VirtualRegister(Int(content[Int(register)]))
            reversedEdits.append(
                Edit(
                    point: start,
                    source: .slot(slot(of: value)),
                    destination: .register(PhysicalRegister(number: register)),
                    kind: problem.registerKinds[value.position]
                )
            )
            clearRegister(register)
        }
    }

    /// Moves the arguments of a block's edges into the slots of the parameters; the terminator's own operands are
    /// allocated, its moves not yet added (they come before these).
    mutating func moveEdgeArguments(of block: Int) {
        let shape = problem.blocks[block]
        let isBeforeTerminator = edgePlacement(of: block) == .beforeTerminator
        for edgePosition in shape.successors {
            let edge = problem.edges[edgePosition]
            if edge.arguments.isEmpty { continue }
            let target = problem.blocks[edge.target]
            var moves: [ParallelMove] = []
            moves.reserveCapacity(edge.arguments.count)
            for (position, parameterPosition) in zip(edge.arguments, target.parameters) {
                let argument = problem.edgeArguments[position]
                let parameter = problem.blockParameters[parameterPosition]
                if !isUsed[parameter.position] || argument == parameter { continue }
                let source: MovePlace
                if isBeforeTerminator {
                    offerRegister(toArgument: argument, in: block)
                    source = place(of: argument)
                } else {
                    // The terminator may overwrite the registers that hold its operands.
                    source = .slot(slot(of: argument))
                }
                moves.append(
                    ParallelMove(
                        from: source,
                        to: .slot(slot(of: parameter)),
                        kind: problem.registerKinds[parameter.position]
                    )
                )
            }
            if moves.isEmpty { continue }
            let sequence = resolver.resolve(moves, problem.scratch)
            if isBeforeTerminator {
                let point = ProgramPoint.before(shape.instructions.upperBound - 1)
                for move in sequence.moves.reversed() { reversedEdits.append(edit(move, at: point)) }
            } else {
                let point = ProgramPoint.before(target.instructions.lowerBound)
                for move in sequence.moves { arrivalMoves.append(edit(move, at: point)) }
            }
        }
    }

    /// Gives an argument that its own block defines a register, if one is free.
    mutating func offerRegister(toArgument argument: VirtualRegister, in block: Int) {
        let position = argument.position
        guard registerOf[position] == Self.noRegister, definingBlock[position] == Int32(block),
            parameterOf[position] < 0
        else { return }
        let registerClass = problem.registerKinds[position].registerClass
        let free = allocatable[Int(registerClass.rawValue)] & ~(early | occupied)
        if free != 0 { setRegister(UInt8(free.trailingZeroBitCount), to: argument) }
    }

    /// The register that holds the value here, else its slot.
    mutating func place(of value: VirtualRegister) -> MovePlace {
        let register = registerOf[value.position]
        return register == Self.noRegister ? .slot(slot(of: value)) : .register(PhysicalRegister(number: register))
    }

    mutating func setRegister(_ register: UInt8, to value: VirtualRegister) {
        content[Int(register)] = Int32(value.index)
        registerOf[value.position] = register
        occupied |= 1 << UInt64(register)
    }

    mutating func clearRegister(_ register: UInt8) {
        registerOf[Int(content[Int(register)])] = Self.noRegister
        content[Int(register)] = -1
        occupied &= ~(1 << UInt64(register))
    }

    // MARK: Slots

    /// The slot of a value, which is given one if it has none.
    mutating func slot(of value: VirtualRegister) -> UInt32 {
        let position = value.position
        if slotOf[position] >= 0 { return UInt32(slotOf[position]) }
        let isWide = problem.registerKinds[position].slotCount == 2
        let slot: Int32
        if isShared[position] {
            slot = Int32(newSlot(isWide: isWide))
        } else if isWide {
            slot = freePairs.popLast() ?? Int32(newSlot(isWide: true))
        } else {
            slot = freeSingles.popLast() ?? Int32(newSlot(isWide: false))
        }
        slotOf[position] = slot
        return UInt32(slot)
    }

    /// A slot that was never used. Beyond the limit the number is wrong, which ``finish()`` reports.
    mutating func newSlot(isWide: Bool) -> Int {
        if isWide && slotCount % 2 != 0 {
            freeSingles.append(Int32(slotCount))
            slotCount += 1
        }
        let slot = slotCount
        slotCount += isWide ? 2 : 1
        return min(slot, SinglePassAllocator.spillSlotLimit)
    }

    /// Gives the slots of values that the current instruction defined back.
    mutating func releaseEndedSlots() {
        for value in endedSlots {
            let slot = slotOf[value.position]
            if problem.registerKinds[value.position].slotCount == 2 {
                freePairs.append(slot)
            } else {
                freeSingles.append(slot)
            }
        }
        endedSlots.removeAll(keepingCapacity: true)
    }

    // MARK: Edits

    mutating func edit(_ move: ParallelMove, at point: ProgramPoint) -> Edit {
        Edit(point: point, source: location(move.source), destination: location(move.destination), kind: move.kind)
    }

    mutating func location(_ place: MovePlace) -> Location {
        switch place {
        case .register(let register): return .register(register)
        case .memory(let area, let offset):
            guard area == .temporary else { return .slot(offset / 8) }
            while temporarySlots.count <= Int(offset / 16) { temporarySlots.append(UInt32(newSlot(isWide: true))) }
            return .slot(temporarySlots[Int(offset / 16)])
        }
    }

    /// The moves in order of their points; those at the start of blocks first among the moves of their point.
    mutating func finish() throws(AllocationError) -> Allocation {
        if slotCount > SinglePassAllocator.spillSlotLimit {
            throw .spillAreaTooLarge(slotCount: slotCount, limit: SinglePassAllocator.spillSlotLimit)
        }
        var allocation = Allocation()
        allocation.locations = locations
        allocation.spillSlotCount = slotCount
        reversedEdits.reverse()
        guard !arrivalStores.isEmpty || !arrivalMoves.isEmpty else {
            allocation.edits = reversedEdits
            return allocation
        }
        let all = arrivalStores + arrivalMoves + reversedEdits
        var starts = [Int](repeating: 0, count: problem.instructions.count * 2 + 2)
        for edit in all { starts[Int(edit.point.rawValue) + 1] += 1 }
        for point in 1..<starts.count { starts[point] += starts[point - 1] }
        var order = [Int](repeating: 0, count: all.count)
        for (position, edit) in all.enumerated() {
            order[starts[Int(edit.point.rawValue)]] = position
            starts[Int(edit.point.rawValue)] += 1
        }
        allocation.edits = order.map { all[$0] }
        return allocation
    }
}
