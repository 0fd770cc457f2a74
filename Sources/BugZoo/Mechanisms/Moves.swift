import MachineCode
import RegisterAllocation
import SSA

extension Specimen {
    /// Moves at the same time that are made into the wrong moves one after the other.
    static let moves = [
        cycleTurnedBackwards, vectorSlotMovedInHalf, movesInBatches, secondCycleUnsaved, highVectorMovedInHalf,
    ]

    /// With two places both directions are the same.
    static let cycleTurnedBackwards = Specimen(
        "cycle-turned-backwards",
        trigger: "a cycle of three and more registers of one class",
        mechanism: "a cycle of moves between registers is turned in the other direction"
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                var turned = moves
                for cycle in moves.registerCycles() where cycle.count > 2 {
                    for position in cycle {
                        turned[position].source = moves[position].destination
                        turned[position].destination = moves[position].source
                    }
                }
                return ParallelMoveResolver.standard.resolve(turned, scratch)
            }
        )
    }

    /// The scratch register is known by its class.
    static let vectorSlotMovedInHalf = Specimen(
        "vector-slot-moved-in-half",
        trigger: "a v128 that goes from one spill slot to another",
        mechanism: "a move from memory to memory over a vector register has 64 bits"
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                var sequence = ParallelMoveResolver.standard.resolve(moves, scratch)
                for position in sequence.moves.indices.dropFirst() {
                    let (load, store) = (sequence.moves[position - 1], sequence.moves[position])
                    guard store.kind == .vector, load.source.isMemory, store.destination.isMemory,
                        load.destination == store.source
                    else { continue }
                    sequence.moves[position - 1].kind = .float
                    sequence.moves[position].kind = .float
                }
                return sequence
            }
        )
    }

    /// A buffer of fixed size is emptied when it is full.
    static let movesInBatches = Specimen(
        "moves-in-batches",
        trigger: "more than 24 moves at one place of which a later one reads what an earlier one writes",
        mechanism: "moves are ordered among 24 of them only"
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                var sequence = MoveSequence()
                for start in stride(from: 0, to: moves.count, by: 24) {
                    let batch = Array(moves[start..<min(start + 24, moves.count)])
                    let part = ParallelMoveResolver.standard.resolve(batch, scratch)
                    sequence.moves += part.moves
                    sequence.temporaryCount = max(sequence.temporaryCount, part.temporaryCount)
                }
                return sequence
            }
        )
    }

    /// One flag says that a scratch register is in use.
    static let secondCycleUnsaved = Specimen(
        "second-cycle-unsaved",
        trigger: "a cycle of integer registers and one of vector registers at one place",
        mechanism: "where integers are in a cycle, one move of a cycle of vectors comes too late"
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                let cycles = moves.registerCycles()
                guard cycles.contains(where: { moves[$0[0]].kind == .integer }),
                    let other = cycles.first(where: { moves[$0[0]].kind != .integer })
                else { return ParallelMoveResolver.standard.resolve(moves, scratch) }
                var rest = moves
                let late = rest.remove(at: other[0])
                var sequence = ParallelMoveResolver.standard.resolve(rest, scratch)
                sequence.moves.append(late)
                return sequence
            }
        )
    }

    /// Both forms look the same for scalars.
    static let highVectorMovedInHalf = Specimen(
        "high-vector-moved-in-half",
        trigger: "a v128 that is moved between two of the registers v16 to v29, on ARM64",
        mechanism: "moves between vector registers of the upper half of the file copy 64 bits"
    ) { pipeline in
        pipeline.alterBackend(of: "arm64") { backend in
            backend.typeOfMove = { type, source, destination in
                type == .v128 && source.encoding >= 16 && destination.encoding >= 16 ? .f64 : type
            }
        }
    }
}

extension [ParallelMove] {
    /// The cycles of moves between registers, as positions.
    fileprivate func registerCycles() -> [[Int]] {
        var moveTo: [MovePlace: Int] = [:]
        for (position, move) in enumerated() where !move.source.isMemory && move.source != move.destination {
            moveTo[move.destination] = position
        }
        var isDone = [Bool](repeating: false, count: count)
        var cycles: [[Int]] = []
        for start in indices where moveTo[self[start].destination] == start && !isDone[start] {
            var path: [Int] = []
            var next: Int? = start
            while let position = next, !isDone[position], !path.contains(position) {
                path.append(position)
                next = moveTo[self[position].source]
            }
            if let next, let first = path.firstIndex(of: next) { cycles.append([Int](path[first...])) }
            for position in path { isDone[position] = true }
        }
        // Where one of the registers is read by further moves, they would have to be turned too.
        return cycles.filter { cycle in
            cycle.allSatisfy { position in count(where: { $0.source == self[position].source }) == 1 }
        }
    }
}
