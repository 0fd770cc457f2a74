import RegisterAllocation

extension Specimen {
    /// A run of copies between neighbouring slots becomes one instruction, which begins at the lowest.
    static let fusedCopiesUpwards = Specimen(
        "fused-copies-upwards",
        references: ["wasmi-labs/wasmi#783"],
        trigger: "values that move on by one spill slot all at once, as a loop shifts its locals",
        mechanism:
            "copies from a row of slots to another are fused into one that goes upwards, whether the rows overlap",
        limits: .noCount
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                let order = MoveOrder(moves.filter { $0.source != $0.destination }.fused())
                // Copies in a circle with others are not fused.
                guard order.waiting.isEmpty else { return ParallelMoveResolver.standard.resolve(moves, scratch) }
                return MoveSequence(moves: order.ordered.joined().flatMap { $0.steps(through: scratch) })
            }
        )
    }
}

extension [ParallelMove] {
    /// Groups of the copies that go from slots in a row to slots in a row, upwards, and of each other move by itself.
    fileprivate func fused() -> [[ParallelMove]] {
        var groups = filter { $0.slots == nil }.map { [$0] }
        let copies = compactMap { move in move.slots.map { (move: move, slots: $0) } }
        var end: (source: UInt32, destination: UInt32)?
        for (move, slots) in copies.sorted(by: { $0.slots.source < $1.slots.source }) {
            if let end, end == slots {
                groups[groups.count - 1].append(move)
            } else {
                groups.append([move])
            }
            let size = UInt32(move.kind.slotCount) * 8
            end = (slots.source + size, slots.destination + size)
        }
        return groups
    }
}

extension ParallelMove {
    /// The offsets of both ends where these are spill slots.
    fileprivate var slots: (source: UInt32, destination: UInt32)? {
        guard case .memory(.spill, let from) = source, case .memory(.spill, let to) = destination else { return nil }
        return (from, to)
    }
}
