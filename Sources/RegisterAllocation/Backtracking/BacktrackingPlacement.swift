/// Turns registers of bundles into locations of operands and moves.
///
/// The moves at one place are done in steps, each of which is a set of moves at the same time: those of edges that
/// arrive, those that put definitions and parts of lives where they belong, those for fixed and reused operands, and
/// those of an edge that leaves.
struct BacktrackingPlacement {
    let problem: AllocationProblem
    let live: LiveRanges
    let resolver: ParallelMoveResolver
    /// The stretches in which values are in registers, sorted by value, then by point.
    var pieces: [Piece] = []
    /// By value, the position of its first piece; one more at the end.
    var firstPiece: [Int32]
    /// By value, whether its slot holds it from its definition on.
    var isStored: [Bool]
    /// By operand.
    var locations: [Location]
    /// By value.
    let isParameter: [Bool]
    /// By block, whether its parameters arrive in their slots.
    let entersThroughSlots: [Bool]
    private var setOf: [Int32]
    var slots: SpillSlots
    var moves: [PlacedMove] = []
    var temporarySlots: [UInt32] = []

    struct Piece {
        var from: Int32
        var to: Int32
        var value: Int32
        var register: UInt8
    }

    /// The steps at one place, in their order.
    enum Step: Int {
        case arrival, settling, operands, departure
    }

    struct PlacedMove {
        /// The instruction before which the move is done, times four, plus the step.
        var key: Int
        var move: ParallelMove
    }

    init(_ run: BacktrackingRun, _ resolver: ParallelMoveResolver) {
        problem = run.problem
        live = run.live
        self.resolver = resolver
        var sets = run.sets
        let valueCount = run.live.valueCount
        setOf = (0..<Int32(valueCount)).map { sets.set(of: $0) }
        var count = [Int32](repeating: 0, count: valueCount + 1)
        for bundle in run.pool.bundles where bundle.register != BacktrackingRun.noRegister {
            for position in bundle.ranges { count[Int(run.pool.ranges[position].value) + 1] += 1 }
        }
        for value in 0..<valueCount { count[value + 1] += count[value] }
        firstPiece = count
        let none = Piece(from: 0, to: 0, value: 0, register: 0)
        pieces = [Piece](repeating: none, count: Int(count[valueCount]))
        for bundle in run.pool.bundles where bundle.register != BacktrackingRun.noRegister {
            for position in bundle.ranges {
                let range = run.pool.ranges[position]
                pieces[Int(count[Int(range.value)])] = Piece(
                    from: range.from,
                    to: range.to,
                    value: range.value,
                    register: bundle.register
                )
                count[Int(range.value)] += 1
            }
        }
        isStored = run.live.values.dropLast().map(\.isInSlot)
        locations = [Location](repeating: .none, count: problem.operands.count)
        var isParameter = [Bool](repeating: false, count: valueCount)
        for parameter in problem.blockParameters { isParameter[parameter.position] = true }
        self.isParameter = isParameter
        var throughSlots = [Bool](repeating: false, count: problem.blocks.count)
        for (block, shape) in problem.blocks.enumerated() where shape.successors.count == 1 {
            let edge = problem.edges[shape.successors.lowerBound]
            if edge.arguments.isEmpty { continue }
            if EdgeSite(from: block, to: edge.target, problem, live) == .beforeOperands {
                throughSlots[edge.target] = true
            }
        }
        entersThroughSlots = throughSlots
        for (block, shape) in problem.blocks.enumerated() where throughSlots[block] {
            for position in shape.parameters { isStored[problem.blockParameters[position].position] = true }
        }
        slots = SpillSlots([], setCount: 0)
        sortPieces()
        findStoredValues()
        giveSlots()
    }

    private mutating func sortPieces() {
        for value in setOf.indices {
            let range = Int(firstPiece[value])..<Int(firstPiece[value + 1])
            if range.count > 1 { pieces[range].sort { $0.from < $1.from } }
        }
    }

    /// A value is stored unless one register holds it all its life.
    private mutating func findStoredValues() {
        for value in setOf.indices {
            var uncovered: Int32 = 0
            for position in live.rangePositions(of: value) {
                uncovered += live.ranges[position].to - live.ranges[position].from
            }
            let first = Int(firstPiece[value])
            for position in first..<Int(firstPiece[value + 1]) {
                uncovered -= pieces[position].to - pieces[position].from
                if pieces[position].register != pieces[first].register { isStored[value] = true }
            }
            if uncovered > 0 { isStored[value] = true }
        }
    }

    private mutating func giveSlots() {
        var from = [Int32](repeating: Int32.max, count: setOf.count)
        var to = [Int32](repeating: -1, count: setOf.count)
        for value in setOf.indices where isStored[value] {
            guard live.values[value].start >= 0 else { continue }
            let set = Int(setOf[value])
            let ranges = live.rangePositions(of: value)
            var first = live.values[value].start
            var end = first + 1
            if !ranges.isEmpty {
                first = min(first, live.ranges[ranges.lowerBound].from)
                end = live.ranges[ranges.upperBound - 1].to
            }
            from[set] = min(from[set], first)
            to[set] = max(to[set], end)
        }
        var demands: [SpillSlots.Demand] = []
        for set in setOf.indices where to[set] >= 0 {
            let isWide = problem.registerKinds[set].slotCount == 2
            demands.append(SpillSlots.Demand(from: from[set], to: to[set], set: Int32(set), isWide: isWide))
        }
        slots = SpillSlots(demands, setCount: setOf.count)
    }

    // MARK: The solution

    mutating func allocation() throws(AllocationError) -> Allocation {
        var allocation = Allocation()
        for (block, shape) in problem.blocks.enumerated() {
            for instruction in shape.instructions {
                place(instruction, of: block)
            }
        }
        for value in setOf.indices { settlePieces(of: value) }
        for value in setOf.indices { moveAlongEdges(value) }
        for block in problem.blocks.indices { try moveArguments(from: block) }
        allocation.locations = locations
        allocation.edits = edits()
        allocation.spillSlotCount = slots.count
        if slots.count > SinglePassAllocator.spillSlotLimit {
            throw .spillAreaTooLarge(slotCount: slots.count, limit: SinglePassAllocator.spillSlotLimit)
        }
        return allocation
    }

    /// The piece that covers a point of a value's life, or -1.
    func piece(of value: Int, at point: Int32) -> Int {
        var low = Int(firstPiece[value])
        var high = Int(firstPiece[value + 1])
        while low < high {
            let middle = (low + high) / 2
            if pieces[middle].to <= point { low = middle + 1 } else { high = middle }
        }
        return low < Int(firstPiece[value + 1]) && pieces[low].from <= point ? low : -1
    }

    func place(of value: Int, at point: Int32) -> MovePlace {
        let index = piece(of: value, at: point)
        return index >= 0 ? register(ofPiece: index) : slot(of: value)
    }

    func register(ofPiece index: Int) -> MovePlace { .register(PhysicalRegister(number: pieces[index].register)) }

    func slot(of value: Int) -> MovePlace { .slot(UInt32(slots.slotOf[Int(setOf[value])])) }

    private func location(_ place: MovePlace) -> Location {
        switch place {
        case .register(let register): .register(register)
        case .memory(_, let offset): .slot(offset / 8)
        }
    }

    mutating func move(_ value: Int, from source: MovePlace, to destination: MovePlace, _ key: Int) {
        if source == destination { return }
        let move = ParallelMove(from: source, to: destination, kind: problem.registerKinds[value])
        moves.append(PlacedMove(key: key, move: move))
    }

    func key(before instruction: Int, _ step: Step) -> Int { instruction * 4 + step.rawValue }

    /// Places the operands of one instruction.
    private mutating func place(_ instruction: Int, of block: Int) {
        let operands = problem.instructions[instruction].operands
        let early = Int32(instruction) * 2
        let before = key(before: instruction, .operands)
        for position in operands where problem.operands[position].role == .definition {
            let operand = problem.operands[position]
            let value = operand.register.position
            switch operand.constraint {
            case .fixed(let register):
                locations[position] = .register(register)
                settle(value, in: .register(register), definedBy: instruction, of: block, isFixed: true)
            case .stack:
                locations[position] = location(slot(of: value))
                settle(value, in: slot(of: value), definedBy: instruction, of: block, isFixed: true)
            case .any, .register, .reuse:
                let place = place(of: value, at: live.values[value].start)
                locations[position] = location(place)
                settle(value, in: place, definedBy: instruction, of: block, isFixed: false)
            }
        }
        for position in operands {
            guard case .reuse(let use) = problem.operands[position].constraint else { continue }
            let reused = operands.lowerBound + Int(use)
            let value = problem.operands[reused].register.position
            let destination = MovePlace(locations[position])
            locations[reused] = locations[position]
            if isLive(value, at: early) {
                move(value, from: place(of: value, at: early), to: destination, before)
            } else {
                let step = key(before: instruction, .settling)
                move(value, from: place(of: value, at: early - 1), to: destination, step)
            }
        }
        var fixed = RegisterSet()
        for position in operands where problem.operands[position].role == .use {
            let operand = problem.operands[position]
            let value = operand.register.position
            switch operand.constraint {
            case .fixed(let register):
                locations[position] = .register(register)
                if fixed.contains(register) { continue }
                fixed.insert(register)
                move(value, from: place(of: value, at: early), to: .register(register), before)
            case .stack:
                locations[position] = location(slot(of: value))
            case .any, .register, .reuse:
                if locations[position] == .none {
                    let point = operand.position == .late ? early + 1 : early
                    locations[position] = location(place(of: value, at: point))
                }
            }
        }
    }

    func isLive(_ value: Int, at point: Int32) -> Bool {
        var low = Int(live.values[value].firstRange)
        let end = Int(live.values[value + 1].firstRange)
        var high = end
        while low < high {
            let middle = (low + high) / 2
            if live.ranges[middle].to <= point { low = middle + 1 } else { high = middle }
        }
        return low < end && live.ranges[low].from <= point
    }

    /// Moves what an instruction has defined to where the value begins, and stores it.
    private mutating func settle(
        _ value: Int,
        in place: MovePlace,
        definedBy instruction: Int,
        of block: Int,
        isFixed: Bool
    ) {
        guard !live.rangePositions(of: value).isEmpty else { return }
        let shape = problem.blocks[block]
        guard instruction == shape.instructions.upperBound - 1 else {
            let step = key(before: instruction + 1, .settling)
            let next = Int32(instruction + 1) * 2
            if isFixed && isLive(value, at: next) {
                let index = piece(of: value, at: next)
                if index >= 0 && pieces[index].from <= live.values[value].start {
                    move(value, from: place, to: register(ofPiece: index), step)
                }
            }
            if isStored[value] { move(value, from: place, to: slot(of: value), step) }
            return
        }
        for edge in shape.successors {
            let target = problem.edges[edge].target
            let start = live.blockStart[target]
            guard isLive(value, at: start) else { continue }
            let step = key(before: Int(start / 2), .arrival)
            let index = piece(of: value, at: start)
            if index >= 0 { move(value, from: place, to: register(ofPiece: index), step) }
            if isStored[value] { move(value, from: place, to: slot(of: value), step) }
        }
    }

    /// Loads a value where a part of its life in a register begins inside a block.
    private mutating func settlePieces(of value: Int) {
        for index in Int(firstPiece[value])..<Int(firstPiece[value + 1]) {
            let piece = pieces[index]
            if piece.from == live.values[value].start || piece.from % 2 != 0 { continue }
            let instruction = Int(piece.from / 2)
            if live.blockStart[Int(live.blockOf[instruction])] == piece.from { continue }
            let source: MovePlace =
                index > Int(firstPiece[value]) && pieces[index - 1].to == piece.from
                ? register(ofPiece: index - 1) : slot(of: value)
            move(value, from: source, to: register(ofPiece: index), key(before: instruction, .settling))
        }
    }
}
