import GarbageCollection
import SSA

/// The exceptions of a store, which do not move: records of ``SSA/InstanceContextLayout/ExceptionRecord``.
///
/// A unit of the space is 16 bytes: the head of a record, or a value.
struct ExceptionHeap {
    private typealias Record = InstanceContextLayout.ExceptionRecord

    private static let unitSize = 16
    /// Collections are at least so many bytes of exceptions apart.
    private static let leastBudgetInBytes = 1 << 20
    /// A change of regions is dear to a machine, so they grow in steps of so many bytes.
    private static let regionStep = 1 << 16

    private let pages: ReservedPages
    private var space: MarkSweepSpace
    /// What code may use, in bytes from the start.
    private(set) var regionSize = 0
    /// The exceptions that are marked and whose payload was not looked at.
    private var pending: [Int] = []

    /// Makes an empty heap.
    /// - Throws: when the system gives no address space.
    init(limitInBytes: Int) throws(RuntimeFailure) {
        pages = try ReservedPages(capacity: limitInBytes)
        space = MarkSweepSpace(
            capacity: limitInBytes / Self.unitSize,
            leastBudget: Self.leastBudgetInBytes / Self.unitSize
        )
    }

    /// The part that code may use.
    var region: CodeMemoryRegion { CodeMemoryRegion(pages.start, regionSize, .readWrite) }

    /// Adds an exception whose values are zero.
    /// - Returns: nil where there has to be a collection first or, right after one, where the heap is full.
    mutating func allocate(tag: UInt64, valueCount: Int) -> UnsafeMutableRawPointer? {
        let count = 1 + valueCount
        guard let position = space.allocate(count) else { return nil }
        let end = space.end * Self.unitSize
        if end > regionSize {
            let size = min((end + Self.regionStep - 1) / Self.regionStep * Self.regionStep, pages.capacity)
            guard pages.commit(bytes: size) else {
                space.takeBack(position, count)
                return nil
            }
            regionSize = size
        }
        let exception = pages.start + position * Self.unitSize
        exception.storeBytes(of: tag, toByteOffset: Record.tag, as: UInt64.self)
        exception.storeBytes(of: UInt64(valueCount), toByteOffset: Record.valueCount, as: UInt64.self)
        (exception + Record.firstValue).initializeMemory(
            as: UInt8.self,
            repeating: 0,
            count: valueCount * Record.valueSize
        )
        return exception
    }

    /// The exception behind a reference; nil where there is none.
    func exception(behind reference: UInt64) -> UnsafeRawPointer? {
        position(of: reference).flatMap {
            space.isObject($0) ? UnsafeRawPointer(pages.start) + $0 * Self.unitSize : nil
        }
    }

    private func position(of reference: UInt64) -> Int? {
        let offset = reference &- UInt64(UInt(bitPattern: pages.start))
        guard offset < UInt64(regionSize), offset % UInt64(Self.unitSize) == 0 else { return nil }
        return Int(offset) / Self.unitSize
    }

    // MARK: Collection

    /// Marks all exceptions to which a word of some memory may refer, for ``collect(rootBytes:)``.
    /// - Parameters:
    ///   - start: a multiple of 8.
    ///   - byteCount: a multiple of 8.
    mutating func markRoots(_ start: UnsafeRawPointer, byteCount: Int) {
        for offset in stride(from: 0, to: byteCount, by: 8) {
            guard let position = position(of: start.load(fromByteOffset: offset, as: UInt64.self)),
                space.mark(position)
            else { continue }
            pending.append(position)
        }
    }

    /// Marks what marked exceptions refer to, and frees the rest.
    /// - Parameter rootBytes: how much was looked at to mark roots.
    mutating func collect(rootBytes: Int) {
        while let position = pending.popLast() {
            let exception = UnsafeRawPointer(pages.start) + position * Self.unitSize
            markRoots(exception + Record.firstValue, byteCount: Self.valueCount(exception) * Record.valueSize)
        }
        let start = UnsafeRawPointer(pages.start)
        space.sweep(rootCount: rootBytes / Self.unitSize) { position in
            1 + Self.valueCount(start + position * Self.unitSize)
        }
    }

    private static func valueCount(_ exception: UnsafeRawPointer) -> Int {
        Int(exception.load(fromByteOffset: Record.valueCount, as: UInt64.self))
    }
}
