import RegisterAllocation

extension Specimen {
    /// Registers of both classes are numbered from zero.
    static let movesOfBothClasses = Specimen(
        "moves-of-both-classes",
        references: ["wasmerio/wasmer#6239"],
        trigger: "permuted arguments of both classes, integers and floats",
        mechanism:
            "moves are ordered by the numbers of registers: of two classes only who writes the later one is waited for",
        limits: .noCount + .most(1...2, "results", "parameters", "block values", "tag values")
    ) { pipeline in
        pipeline.useResolver(
            ParallelMoveResolver { moves, scratch in
                let groups = moves.filter { $0.source != $0.destination }.map { [$0] }
                let order = MoveOrder(groups) { place in
                    switch place {
                    case .register(let register): .register(PhysicalRegister(.integer, register.encoding))
                    case .memory: place
                    }
                }
                let ordered = order.ordered.joined().flatMap { $0.steps(through: scratch) }
                var rest = ParallelMoveResolver.standard.resolve(Array(order.waiting.joined()), scratch)
                rest.moves.insert(contentsOf: ordered, at: 0)
                return rest
            }
        )
    }
}
