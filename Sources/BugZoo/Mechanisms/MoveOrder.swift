import RegisterAllocation

/// Moves at the same time in an order in which each overwrites only what nothing reads any more.
///
/// What is done in one group is ordered by whoever made the group.
struct MoveOrder {
    /// The groups that have such a place, in their order.
    private(set) var ordered: [[ParallelMove]] = []
    /// Those that wait for each other in circles, or for one that does.
    private(set) var waiting: [[ParallelMove]] = []

    /// Orders groups of moves in time linear in the number of moves.
    /// - Parameter name: what the places are told apart by: where two that are different have one name, only who writes the later
    ///   one is known.
    init(_ groups: [[ParallelMove]], named name: (MovePlace) -> MovePlace = { $0 }) {
        var writers: [MovePlace: Int] = [:]
        for (group, moves) in groups.enumerated() {
            for move in moves { for unit in move.destination.units(of: move.kind) { writers[name(unit)] = group } }
        }
        let waitedFor = groups.enumerated().map { group, moves in
            moves.flatMap { $0.source.units(of: $0.kind) }.compactMap { writers[name($0)] }.filter { $0 != group }
        }
        var readerCounts = [Int](repeating: 0, count: groups.count)
        for writer in waitedFor.joined() { readerCounts[writer] += 1 }
        var isDone = [Bool](repeating: false, count: groups.count)
        for start in groups.indices where readerCounts[start] == 0 && !isDone[start] {
            var ready = [start]
            while let group = ready.popLast() {
                isDone[group] = true
                ordered.append(groups[group])
                for writer in waitedFor[group] {
                    readerCounts[writer] -= 1
                    if readerCounts[writer] == 0 { ready.append(writer) }
                }
            }
        }
        waiting = groups.indices.filter { !isDone[$0] }.map { groups[$0] }
    }
}

extension MovePlace {
    /// The places of 8 bytes or one register that a value of a kind takes.
    fileprivate func units(of kind: VirtualRegisterKind) -> [MovePlace] {
        switch self {
        case .register: [self]
        case .memory(let area, let offset):
            (0..<UInt32(kind.slotCount)).map { .memory(area, offset: offset + 8 * $0) }
        }
    }
}

extension ParallelMove {
    /// The move in steps of which at most one end is in memory.
    /// - Parameter scratch: by class, the register that moves from memory to memory go through.
    func steps(through scratch: [PhysicalRegister]) -> [ParallelMove] {
        guard source.isMemory && destination.isMemory else { return [self] }
        let register = MovePlace.register(scratch[Int(kind.registerClass.rawValue)])
        return [
            ParallelMove(from: source, to: register, kind: kind),
            ParallelMove(from: register, to: destination, kind: kind),
        ]
    }
}
