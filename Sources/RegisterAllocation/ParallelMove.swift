import Invariants

/// A part of memory in which moves read and write; offsets in different areas never overlap.
public enum MoveArea: UInt8, Hashable, Sendable, CaseIterable {
    /// The spill slots of the function.
    case spill
    /// The stack arguments that the function received.
    case incomingArguments
    /// The stack arguments of a call that is being made.
    case outgoingArguments
    /// The stack results of a call or of the function.
    case results
    /// Memory that the resolver asked for; see ``MoveSequence/temporaryCount``.
    case temporary
}

/// One end of a move.
public enum MovePlace: Hashable, Sendable {
    case register(PhysicalRegister)
    /// Memory at an offset in bytes from the start of an area; a multiple of 8, and of 16 for 128-bit values.
    case memory(MoveArea, offset: UInt32)

    /// The spill slot at an offset in units of 8 bytes.
    public static func slot(_ slot: UInt32) -> MovePlace { .memory(.spill, offset: slot * 8) }

    /// Makes the place of a register or a spill slot; the location must be one of the two.
    public init(_ location: Location) {
        switch location {
        case .none: invariantFailed("a move has two ends")
        case .register(let register): self = .register(register)
        case .slot(let slot): self = .slot(slot)
        }
    }

    /// Whether it is in memory.
    public var isMemory: Bool {
        switch self {
        case .register: false
        case .memory: true
        }
    }
}

/// One of several moves that happen at the same time, or a step of a sequence of moves.
public struct ParallelMove: Hashable, Sendable {
    public var source: MovePlace
    public var destination: MovePlace
    public var kind: VirtualRegisterKind

    /// Makes a move.
    public init(from source: MovePlace, to destination: MovePlace, kind: VirtualRegisterKind) {
        self.source = source
        self.destination = destination
        self.kind = kind
    }
}

/// Moves that are done one after another.
public struct MoveSequence: Hashable, Sendable {
    /// At most one end of each is in memory.
    public var moves: [ParallelMove] = []
    /// The size of the area ``MoveArea/temporary`` that the moves use, in units of 16 bytes; its content matters to
    /// nothing else.
    public var temporaryCount = 0

    /// Makes a sequence.
    public init(moves: [ParallelMove] = [], temporaryCount: Int = 0) {
        self.moves = moves
        self.temporaryCount = temporaryCount
    }
}

/// The stage that makes moves at the same time into moves one after another.
///
/// `resolve` takes the moves, whose destinations do not overlap, and the scratch register of each class (indexed by
/// ``RegisterClass``), which none of the moves may name.
public struct ParallelMoveResolver: Sendable {
    public var resolve: @Sendable (_ moves: [ParallelMove], _ scratch: [PhysicalRegister]) -> MoveSequence

    /// Makes a stage.
    public init(resolve: @escaping @Sendable ([ParallelMove], [PhysicalRegister]) -> MoveSequence) {
        self.resolve = resolve
    }

    /// Orders moves so that each is done when nothing reads its destination any more, and breaks cycles through the
    /// scratch register or, where moves from memory to memory need that, through temporary memory. Linear in the number
    /// of moves.
    public static let standard = ParallelMoveResolver { moves, scratch in
        if let plain = plainSequence(moves) { return plain }
        var run = ParallelMoveRun(moves: moves, scratch: scratch)
        return run.sequence()
    }
}

/// The moves in their order, where it is plain that none of them reads what another one writes: the most frequent case.
private func plainSequence(_ moves: [ParallelMove]) -> MoveSequence? {
    var read: UInt64 = 0
    var written: UInt64 = 0
    var readsMemory = false
    // The place after the last one in memory that is written.
    var end: UInt64 = 0
    var sequence = MoveSequence()
    sequence.moves.reserveCapacity(moves.count)
    for move in moves where move.source != move.destination {
        switch move.source {
        case .register(let register):
            invariant(register.registerClass == move.kind.registerClass, "a move is between registers of its class")
            read |= 1 << UInt64(register.number)
        case .memory: readsMemory = true
        }
        switch move.destination {
        case .register(let register):
            invariant(register.registerClass == move.kind.registerClass, "a move is between registers of its class")
            let bit: UInt64 = 1 << UInt64(register.number)
            invariant(written & bit == 0, "the destinations of moves at the same time differ")
            written |= bit
        case .memory(let area, let offset):
            let place = UInt64(area.rawValue) << 32 | UInt64(offset)
            let size = UInt64(move.kind.slotCount) * 8
            // Whether places that do not follow each other overlap is not plain.
            guard place >= end, offset % UInt32(size) == 0 else { return nil }
            end = place + size
        }
        sequence.moves.append(move)
    }
    return read & written == 0 && !(readsMemory && end > 0) ? sequence : nil
}

/// One resolution. Places are split into units of one register or 8 bytes of memory.
private struct ParallelMoveRun {
    /// The moves that do something.
    var moves: [ParallelMove] = []
    let scratch: [PhysicalRegister]
    /// By memory place, its dense unit number; registers are the units 0 to 63.
    var unitOfMemory: [UInt64: Int32] = [:]
    /// By unit, the move that writes it, or -1.
    var writer = [Int32](repeating: -1, count: 64)
    /// By unit, whether it is the first half of 128 bits, the second half, or 8 bytes of its own (0: not seen).
    var shape = [UInt8](repeating: 0, count: 64)
    /// By move, the numbers of the units that it reads, -1 for none.
    var sourceUnits: [(Int32, Int32)] = []
    /// By move, how many reads of its destination by other moves are still to be done.
    var blockers: [Int32] = []
    var isDone: [Bool] = []
    /// By move, whether its source was already read into a temporary place.
    var isSaved: [Bool] = []
    var ready: [Int32] = []
    /// By class, the moves from memory to memory that are not done.
    var memoryToMemory = [0, 0]
    /// Whether 128-bit and 64-bit places overlap, so that more than one cycle can be open at a time.
    var hasMixedWidths = false
    var freeTemporaries: [UInt32] = []
    var result = MoveSequence()

    init(moves all: [ParallelMove], scratch: [PhysicalRegister]) {
        self.scratch = scratch
        moves.reserveCapacity(all.count)
        for move in all where move.source != move.destination { moves.append(move) }
        result.moves.reserveCapacity(moves.count)
    }

    mutating func sequence() -> MoveSequence {
        prepare()
        for index in moves.indices where !isDone[index] && blockers[index] == 0 {
            ready.append(Int32(index))
            drain()
        }
        for index in moves.indices where !isDone[index] {
            save(index)
            drain()
        }
        return result
    }

    mutating func prepare() {
        let count = moves.count
        blockers = [Int32](repeating: 0, count: count)
        isDone = [Bool](repeating: false, count: count)
        isSaved = [Bool](repeating: false, count: count)
        sourceUnits.reserveCapacity(count)
        for index in 0..<count {
            let move = moves[index]
            let (first, second) = units(of: move.destination, kind: move.kind)
            invariant(writer[Int(first)] < 0, "the destinations of moves at the same time differ")
            writer[Int(first)] = Int32(index)
            if second >= 0 {
                invariant(writer[Int(second)] < 0, "the destinations of moves at the same time differ")
                writer[Int(second)] = Int32(index)
            }
            if move.source.isMemory && move.destination.isMemory {
                memoryToMemory[Int(move.kind.registerClass.rawValue)] += 1
            }
        }
        for index in 0..<count {
            let pair = units(of: moves[index].source, kind: moves[index].kind)
            sourceUnits.append(pair)
            block(writerOf: pair.0, by: index)
            block(writerOf: pair.1, by: index)
        }
    }

    mutating func block(writerOf unit: Int32, by index: Int) {
        guard unit >= 0 else { return }
        let blocked = writer[Int(unit)]
        if blocked >= 0 && blocked != Int32(index) { blockers[Int(blocked)] += 1 }
    }

    mutating func unblock(writerOf unit: Int32, by index: Int) {
        guard unit >= 0 else { return }
        let blocked = Int(writer[Int(unit)])
        guard blocked >= 0, blocked != index, !isDone[blocked] else { return }
        blockers[blocked] -= 1
        if blockers[blocked] == 0 { ready.append(Int32(blocked)) }
    }

    /// The unit numbers of a place; the second is -1 where there is only one.
    mutating func units(of place: MovePlace, kind: VirtualRegisterKind) -> (Int32, Int32) {
        switch place {
        case .register(let register):
            invariant(register.registerClass == kind.registerClass, "a move is between registers of its class")
            return (Int32(register.number), -1)
        case .memory(let area, let offset):
            let isWide = kind == .vector
            invariant(offset % (isWide ? 16 : 8) == 0, "a place in memory is aligned")
            let first = memoryUnit(area, offset, shape: isWide ? 2 : 1)
            return (first, isWide ? memoryUnit(area, offset + 8, shape: 3) : -1)
        }
    }

    mutating func memoryUnit(_ area: MoveArea, _ offset: UInt32, shape newShape: UInt8) -> Int32 {
        let key = UInt64(area.rawValue) << 32 | UInt64(offset)
        if let unit = unitOfMemory[key] {
            if shape[Int(unit)] != newShape { hasMixedWidths = true }
            return unit
        }
        let unit = Int32(writer.count)
        unitOfMemory[key] = unit
        writer.append(-1)
        shape.append(newShape)
        return unit
    }

    /// Does every move that nothing blocks.
    mutating func drain() {
        while let last = ready.popLast() {
            let index = Int(last)
            let move = moves[index]
            append(from: move.source, to: move.destination, kind: move.kind)
            if move.source.isMemory && move.destination.isMemory {
                memoryToMemory[Int(move.kind.registerClass.rawValue)] -= 1
            }
            isDone[index] = true
            if isSaved[index] {
                if case .memory(_, let offset) = move.source { freeTemporaries.append(offset) }
            } else {
                unblock(writerOf: sourceUnits[index].0, by: index)
                unblock(writerOf: sourceUnits[index].1, by: index)
            }
        }
    }

    /// Reads the source of a blocked move into a temporary place, so that the source can be overwritten.
    mutating func save(_ index: Int) {
        let move = moves[index]
        let classIndex = Int(move.kind.registerClass.rawValue)
        let isMemoryToMemory = move.source.isMemory && move.destination.isMemory
        let temporary: MovePlace
        if !hasMixedWidths && memoryToMemory[classIndex] == (isMemoryToMemory ? 1 : 0) {
            temporary = .register(scratch[classIndex])
        } else if let offset = freeTemporaries.popLast() {
            temporary = .memory(.temporary, offset: offset)
        } else {
            temporary = .memory(.temporary, offset: UInt32(result.temporaryCount) * 16)
            result.temporaryCount += 1
        }
        append(from: move.source, to: temporary, kind: move.kind)
        moves[index].source = temporary
        let isStillMemoryToMemory = temporary.isMemory && move.destination.isMemory
        memoryToMemory[classIndex] += (isStillMemoryToMemory ? 1 : 0) - (isMemoryToMemory ? 1 : 0)
        isSaved[index] = true
        unblock(writerOf: sourceUnits[index].0, by: index)
        unblock(writerOf: sourceUnits[index].1, by: index)
    }

    mutating func append(from source: MovePlace, to destination: MovePlace, kind: VirtualRegisterKind) {
        if source.isMemory && destination.isMemory {
            let register = MovePlace.register(scratch[Int(kind.registerClass.rawValue)])
            result.moves.append(ParallelMove(from: source, to: register, kind: kind))
            result.moves.append(ParallelMove(from: register, to: destination, kind: kind))
        } else {
            result.moves.append(ParallelMove(from: source, to: destination, kind: kind))
        }
    }
}
