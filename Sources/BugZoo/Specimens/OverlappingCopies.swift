import RegisterAllocation

extension Specimen {
    /// Moves wait for who still reads what they overwrite; those that wait for each other in a circle are done one after
    /// the other all the same.
    static let overlappingCopies = Specimen(
        "overlapping-copies",
        references: ["wasmerio/wasmer#3940"],
        trigger: "two parameters returned as two results, permuted",
        mechanism: "the copy of one result overwrites the source of another",
        limits: .noCount + .most(1...2, "results", "parameters", "block values")
    ) { pipeline in
        // As in the original, nothing proves the allocation.
        pipeline.check = nil
        pipeline.allocator = .singlePass(
            ParallelMoveResolver { moves, scratch in
                let order = MoveOrder(moves.filter { $0.source != $0.destination }.map { [$0] })
                let ordered = order.ordered + order.waiting
                return MoveSequence(moves: ordered.joined().flatMap { $0.steps(through: scratch) })
            }
        )
    }
}
