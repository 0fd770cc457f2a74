import WasmModel

/// A table of a store: address space for its greatest size, of which the current size is in use.
///
/// An element is a reference of 8 bytes.
final class ElementTable {
    /// The element type names defined types by the numbers of the store.
    let type: TableType
    let pages: ReservedPages
    private let maximum: UInt64
    /// In elements.
    private(set) var count: UInt64
    /// The index of the imported function that all elements refer to when the table is linked first.
    var functionToBe: FunctionIndex?
    /// Where the instances that see the table have its base and, 8 bytes above it, its length.
    private var cells: [UnsafeMutableRawPointer] = []

    init(_ type: TableType, maximumElements: UInt64) throws(RuntimeFailure) {
        guard type.limits.minimum <= maximumElements else { throw .exhausted("memory exhausted") }
        self.type = type
        let widest: UInt64 = type.addressType == .i32 ? 0xFFFF_FFFF : .max
        maximum = min(type.limits.maximum ?? widest, maximumElements, widest)
        count = type.limits.minimum
        pages = try ReservedPages(capacity: Int(maximum) * 8)
        guard pages.commit(bytes: Int(count) * 8) else { throw .exhausted("memory exhausted") }
    }

    /// The part that code may use.
    var region: CodeMemoryRegion { CodeMemoryRegion(pages.start, Int(count) * 8, .readWrite) }

    /// The elements as they are now.
    var elements: UnsafeMutableBufferPointer<UInt64> {
        UnsafeMutableBufferPointer(start: pages.start.assumingMemoryBound(to: UInt64.self), count: Int(count))
    }

    /// Grows the table everywhere; the old size in elements, or -1 where that is more than the maximum.
    func grow(by delta: UInt64, filledWith reference: UInt64) -> Int64 {
        guard delta <= maximum - count, pages.commit(bytes: Int(count + delta) * 8) else { return -1 }
        let old = count
        count += delta
        elements[Int(old)...].update(repeating: reference)
        for cell in cells { write(to: cell) }
        return Int64(old)
    }

    /// Writes base and length to a context, now and whenever they change.
    func publish(to cell: UnsafeMutableRawPointer) {
        cells.append(cell)
        write(to: cell)
    }

    private func write(to cell: UnsafeMutableRawPointer) {
        cell.storeBytes(of: pages.start, as: UnsafeMutableRawPointer.self)
        cell.storeBytes(of: count, toByteOffset: 8, as: UInt64.self)
    }

    /// Whether a range of elements goes beyond the end.
    func isOutside(_ start: UInt64, _ length: UInt64) -> Bool {
        let (end, overflow) = start.addingReportingOverflow(length)
        return overflow || end > count
    }
}
