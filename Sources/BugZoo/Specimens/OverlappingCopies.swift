import RegisterAllocation

extension Specimen {
    /// Moves wait for who still reads what they overwrite; those that wait for each other in a circle are done one after
    /// the other all the same.
    static let overlappingCopies = Specimen(
        "overlapping-copies",
        references: ["wasmerio/wasmer#3940", "wasmerio/wasmer#6239"],
        trigger: "two parameters returned as two results, permuted",
        mechanism: "the copy of one result overwrites the source of another"
    ) { pipeline in
        // As in the original, nothing proves the allocation.
        pipeline.check = nil
        pipeline.allocator = .singlePass(
            ParallelMoveResolver { moves, scratch in
                var sequence = MoveSequence()
                for move in moves.inOrderOfReaders() {
                    if move.source.isMemory, move.destination.isMemory {
                        let register = MovePlace.register(scratch[Int(move.kind.registerClass.rawValue)])
                        sequence.moves.append(ParallelMove(from: move.source, to: register, kind: move.kind))
                        sequence.moves.append(ParallelMove(from: register, to: move.destination, kind: move.kind))
                    } else {
                        sequence.moves.append(move)
                    }
                }
                return sequence
            }
        )
    }
}

extension [ParallelMove] {
    /// Each move behind all that read its destination, as far as there is such an order; what is left follows in the order
    /// of the list. Linear in the number of moves.
    fileprivate func inOrderOfReaders() -> [ParallelMove] {
        let moves = filter { $0.source != $0.destination }
        let writers = Dictionary(uniqueKeysWithValues: moves.indices.map { (moves[$0].destination, $0) })
        var readerCounts: [MovePlace: Int] = [:]
        for move in moves { readerCounts[move.source, default: 0] += 1 }
        var isDone = [Bool](repeating: false, count: moves.count)
        var ordered: [ParallelMove] = []
        for start in moves.indices {
            // A move that is done may be the last that its source's writer has waited for, and so on.
            var next: Int? = start
            while let move = next, !isDone[move], readerCounts[moves[move].destination, default: 0] == 0 {
                ordered.append(moves[move])
                isDone[move] = true
                readerCounts[moves[move].source]! -= 1
                next = writers[moves[move].source]
            }
        }
        return ordered + moves.indices.filter { !isDone[$0] }.map { moves[$0] }
    }
}
