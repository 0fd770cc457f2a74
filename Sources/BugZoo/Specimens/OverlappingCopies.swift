import RegisterAllocation

extension Specimen {
    /// Moves that go round in a circle are done in the order in which they are listed, whoever still needs what they overwrite.
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
                guard moves.containCycle else { return ParallelMoveResolver.standard.resolve(moves, scratch) }
                var sequence = MoveSequence()
                for move in moves where move.source != move.destination {
                    if move.source.isMemory, move.destination.isMemory {
                        let register = scratch[Int(move.kind.registerClass.rawValue)]
                        sequence.moves.append(ParallelMove(from: move.source, to: .register(register), kind: move.kind))
                        sequence.moves.append(
                            ParallelMove(from: .register(register), to: move.destination, kind: move.kind)
                        )
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
    /// Whether a value has to go where another one comes from, and so on round to its own source. Linear in the number of moves.
    fileprivate var containCycle: Bool {
        var sources: [MovePlace: MovePlace] = [:]
        for move in self where move.source != move.destination { sources[move.destination] = move.source }
        while let start = sources.keys.first {
            var place = start
            while let source = sources.removeValue(forKey: place) {
                if source == start { return true }
                place = source
            }
        }
        return false
    }
}
