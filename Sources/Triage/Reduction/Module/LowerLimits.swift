import WasmModel

/// Lowers the least sizes of memories and tables of the module, by bisection to the exact number.
struct LowerLimits: ReductionPass {
    let name = "sizes"
    let walk = ReductionWalk.tail

    /// Memories first, in pages, then tables, in elements.
    func listSizes(of subject: DecodedCase) -> [Int] {
        (subject.module.memories.map(\.limits) + subject.module.tables.map(\.type.limits)).map {
            Int(clamping: $0.minimum)
        }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        let memoryCount = subject.module.memories.count
        if list < memoryCount {
            simpler.module.memories[list].limits.minimum = UInt64(range.lowerBound)
        } else {
            simpler.module.tables[list - memoryCount].type.limits.minimum = UInt64(range.lowerBound)
        }
        return simpler
    }
}
