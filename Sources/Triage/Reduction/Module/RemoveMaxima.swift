import WasmModel

/// Removes the greatest sizes of memories and tables of the module.
struct RemoveMaxima: ReductionPass {
    let name = "greatest sizes"
    let walk = ReductionWalk.anywhere

    private func memories(_ module: Module) -> [Int] {
        module.memories.indices.filter { module.memories[$0].limits.maximum != nil }
    }

    private func tables(_ module: Module) -> [Int] {
        module.tables.indices.filter { module.tables[$0].type.limits.maximum != nil }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [memories(subject.module).count, tables(subject.module).count]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        if list == 0 {
            for position in memories(subject.module)[range] { simpler.module.memories[position].limits.maximum = nil }
        } else {
            for position in tables(subject.module)[range] { simpler.module.tables[position].type.limits.maximum = nil }
        }
        return simpler
    }
}
