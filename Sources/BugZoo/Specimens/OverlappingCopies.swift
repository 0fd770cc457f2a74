import RegisterAllocation

extension Specimen {
    /// Moves that happen at the same time are done in the order in which they are listed, whoever still needs what they overwrite.
    static let overlappingCopies = Specimen(
        "overlapping-copies",
        references: ["wasmerio/wasmer#3940"],
        trigger: "two parameters returned as two results, permuted",
        mechanism: "the copy of one result overwrites the source of another"
    ) { pipeline in
        // As in the original, nothing proves the allocation.
        pipeline.check = nil
        pipeline.allocator = .singlePass(
            ParallelMoveResolver { moves, scratch in
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
