import WasmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What moves or makes many bytes or elements. Addresses and counts are 64 bits wide, zero-extended from narrower ones.
///
/// Spec: core 3.0, sections 4.6.5 "Table Instructions" and 4.6.6 "Memory Instructions".
extension InterpreterStore {
    /// Whether a range of so many elements from an element on leaves a space of the size.
    @inline(__always)
    private func leaves(_ start: UInt64, _ count: UInt64, _ size: UInt64) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(count)
        return overflow || end > size
    }

    // MARK: Memories

    /// Grows a memory.
    /// - Returns: the old size in pages; nil where it cannot grow.
    @inline(never)
    func growMemory(_ memory: Int, byPages pages: UInt64) -> UInt64? {
        var record = memories[memory]
        let old = record.byteCount >> 16
        let widest: UInt64 = record.type.addressType == .i32 ? 65536 : 1 << 48
        let maximum = min(record.type.limits.maximum ?? widest, max(old, limits.memoryPages), widest)
        guard pages <= maximum, old + pages <= maximum, pages <= limits.allMemoryPages - pagesInUse else { return nil }
        let byteCount = (old + pages) << 16
        if byteCount > record.capacity {
            // What is not touched is only address space.
            let capacity = max(byteCount, min(record.capacity * 8, maximum << 16))
            guard let base = MemoryBlock.allocate(byteCount: capacity) else { return nil }
            // Pages of zeros are not touched, so that the host need not provide them.
            Self.zeros.withUnsafeBytes { zeros in
                for offset in stride(from: 0, to: Int(record.byteCount), by: zeros.count)
                where memcmp(record.base + offset, zeros.baseAddress!, zeros.count) != 0 {
                    memcpy(base + offset, record.base + offset, zeros.count)
                }
            }
            MemoryBlock.free(record.base, byteCount: record.capacity)
            record.base = base
            record.capacity = capacity
        }
        record.byteCount = byteCount
        memories[memory] = record
        pagesInUse += pages
        return old
    }

    /// What pages of the host hold at first.
    private static let zeros = [UInt8](repeating: 0, count: 1 << 12)

    func fillMemory(_ memory: Int, _ target: UInt64, _ byte: UInt64, _ count: UInt64) -> Trap? {
        let record = memories[memory]
        if leaves(target, count, record.byteCount) { return .outOfBoundsMemoryAccess }
        memset(record.base + Int(target), Int32(byte & 0xFF), Int(count))
        return nil
    }

    func copyMemory(
        _ memory: Int,
        _ target: UInt64,
        from other: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let to = memories[memory]
        let from = memories[other]
        if leaves(target, count, to.byteCount) || leaves(source, count, from.byteCount) {
            return .outOfBoundsMemoryAccess
        }
        memmove(to.base + Int(target), from.base + Int(source), Int(count))
        return nil
    }

    func initializeMemory(
        _ memory: Int,
        _ target: UInt64,
        _ segment: Int,
        _ source: UInt64,
        _ count: UInt64
    ) -> Trap? {
        let record = memories[memory]
        let length = UInt64(dataSegments[segment].count)
        if leaves(target, count, record.byteCount) || leaves(source, count, length) { return .outOfBoundsMemoryAccess }
        dataSegments[segment].withUnsafeBytes { bytes in
            guard count > 0, let start = bytes.baseAddress else { return }
            memcpy(record.base + Int(target), start + Int(source), Int(count))
        }
        return nil
    }

    // MARK: Tables

    /// Grows a table.
    /// - Returns: the old size in elements; nil where it cannot grow.
    @inline(never)
    func growTable(_ table: Int, by count: UInt64, filledWith element: UInt64) -> UInt64? {
        var record = tables[table]
        let old = record.count
        let widest: UInt64 = record.type.addressType == .i32 ? 0xFFFF_FFFF : .max
        let maximum = min(record.type.limits.maximum ?? widest, limits.tableElements, widest)
        guard count <= maximum, old + count <= maximum, count <= limits.allTableElements - elementsInUse else {
            return nil
        }
        if old + count > record.capacity {
            let capacity = max(old + count, min(record.capacity * 2, maximum))
            let elements = UnsafeMutablePointer<UInt64>.allocate(capacity: Int(capacity))
            elements.initialize(from: record.elements, count: Int(old))
            record.elements.deallocate()
            record.elements = elements
            record.capacity = capacity
        }
        (record.elements + Int(old)).initialize(repeating: element, count: Int(count))
        record.count = old + count
        tables[table] = record
        elementsInUse += count
        return old
    }

    func fillTable(_ table: Int, _ target: UInt64, _ element: UInt64, _ count: UInt64) -> Trap? {
        let record = tables[table]
        if leaves(target, count, record.count) { return .outOfBoundsTableAccess }
        (record.elements + Int(target)).update(repeating: element, count: Int(count))
        return nil
    }

    func copyTable(_ table: Int, _ target: UInt64, from other: Int, _ source: UInt64, _ count: UInt64) -> Trap? {
        let to = tables[table]
        let from = tables[other]
        if leaves(target, count, to.count) || leaves(source, count, from.count) { return .outOfBoundsTableAccess }
        memmove(to.elements + Int(target), from.elements + Int(source), Int(count) * 8)
        return nil
    }

    func initializeTable(_ table: Int, _ target: UInt64, _ segment: Int, _ source: UInt64, _ count: UInt64) -> Trap? {
        let record = tables[table]
        let length = UInt64(elementSegments[segment].count)
        if leaves(target, count, record.count) || leaves(source, count, length) { return .outOfBoundsTableAccess }
        for position in 0..<Int(count) {
            record.elements[Int(target) + position] = elementSegments[segment][Int(source) + position]
        }
        return nil
    }
}
