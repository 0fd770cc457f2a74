import WasmModel

extension ValidatedModule {
    /// How many pages a memory that the module defines may have.
    ///
    /// One that is not exported is compared by what is loaded from it alone: nothing goes through all of it, and what is not touched takes
    /// address space only. So it may begin larger than others may become.
    /// - Parameters:
    ///   - position: its place among those that the module defines.
    ///   - limit: the greatest size of other memories, in pages.
    ///   - unseen: the greatest size at which one that is not exported may begin, in pages.
    public func mostPages(ofMemory position: Int, within limit: UInt64, unseen: UInt64) -> UInt64 {
        let minimum = module.memories[position].limits.minimum
        guard minimum > limit, minimum <= unseen else { return limit }
        let index = MemoryIndex(importCounts.memories + position)
        return module.exports.contains { $0.item == .memory(index) } ? limit : minimum
    }
}
