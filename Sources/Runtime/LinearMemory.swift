import WasmModel

/// A memory of a store: address space for its greatest size, of which the current size is in use.
final class LinearMemory {
    static let pageSize = 65_536
    let type: MemoryType
    let pages: ReservedPages
    private let maximum: UInt64
    /// In pages.
    private(set) var pageCount: UInt64
    /// Where the instances that see the memory have its base and, 8 bytes above it, its length.
    private var cells: [UnsafeMutableRawPointer] = []

    /// The part that code may use.
    var region: CodeMemoryRegion { CodeMemoryRegion(pages.start, byteCount, .readWrite) }

    /// In bytes.
    var byteCount: Int { Int(pageCount) * Self.pageSize }

    init(_ type: MemoryType, maximumPages: UInt64) throws(RuntimeFailure) {
        guard type.limits.minimum <= maximumPages else { throw .exhausted("memory exhausted") }
        self.type = type
        let widest: UInt64 = type.addressType == .i32 ? 65_536 : 1 << 48
        maximum = min(type.limits.maximum ?? widest, maximumPages, widest)
        pageCount = type.limits.minimum
        pages = try ReservedPages(capacity: Int(maximum) * Self.pageSize)
        guard pages.commit(bytes: byteCount) else { throw .exhausted("memory exhausted") }
    }

    /// Grows the memory everywhere; the old size in pages, or -1 where that is more than the maximum.
    func grow(byPages delta: UInt64) -> Int64 {
        guard delta <= maximum - pageCount, pages.commit(bytes: Int(pageCount + delta) * Self.pageSize) else {
            return -1
        }
        defer {
            pageCount += delta
            for cell in cells { write(to: cell) }
        }
        return Int64(pageCount)
    }

    /// Writes base and length to a context, now and whenever they change.
    func publish(to cell: UnsafeMutableRawPointer) {
        cells.append(cell)
        write(to: cell)
    }

    private func write(to cell: UnsafeMutableRawPointer) {
        cell.storeBytes(of: pages.start, as: UnsafeMutableRawPointer.self)
        cell.storeBytes(of: UInt64(byteCount), toByteOffset: 8, as: UInt64.self)
    }

    /// Whether a range of bytes goes beyond the end.
    func isOutside(_ start: UInt64, _ count: UInt64) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(count)
        return overflow || end > UInt64(byteCount)
    }
}
