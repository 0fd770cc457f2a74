import WasmModel

/// A memory of an instance: address space for its greatest size, of which the current size is in use.
final class LinearMemory {
    static let pageSize = 65_536
    let pages: ZeroedPages
    private let maximum: UInt64
    /// In pages.
    private(set) var pageCount: UInt64

    /// In bytes.
    var byteCount: Int { Int(pageCount) * Self.pageSize }

    init(_ type: MemoryType, maximumPages: UInt64) throws(RuntimeFailure) {
        guard type.limits.minimum <= maximumPages else {
            throw RuntimeFailure.unsupported(
                "a memory of \(type.limits.minimum) pages where \(maximumPages) are allowed"
            )
        }
        maximum = min(type.limits.maximum ?? maximumPages, maximumPages)
        pageCount = type.limits.minimum
        pages = try ZeroedPages(size: Int(maximum) * Self.pageSize)
    }

    /// Grows the memory; the old size in pages, or -1 where that is more than the maximum.
    func grow(byPages delta: UInt64) -> Int64 {
        guard delta <= maximum - pageCount else { return -1 }
        defer { pageCount += delta }
        return Int64(pageCount)
    }
}
