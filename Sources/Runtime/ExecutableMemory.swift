import NativeEntry

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Memory of pages of its own for machine code: written first, executable afterwards, never both.
public final class ExecutableMemory {
    /// The first byte, at a page boundary.
    public let start: UnsafeMutableRawPointer
    /// In bytes, a multiple of the page size.
    public let size: Int

    private let shape: PagePool.Shape

    /// Copies code into pages, which have nothing else in them, and makes them executable.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(code: [UInt8]) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        size = max(pageSize, (code.count + pageSize - 1) / pageSize * pageSize)
        // Powers of two, so that others can use them.
        shape = PagePool.Shape(size: 1 << (Int.bitWidth - (size - 1).leadingZeroBitCount), isExecutable: true)
        if let pages = PagePool.take(shape) {
            start = pages
            guard mprotect(start, shape.size, PROT_READ | PROT_WRITE) == 0 else {
                munmap(start, shape.size)
                throw RuntimeFailure.memory(bytes: size)
            }
            memset(start + code.count, 0, shape.size - code.count)
        } else {
            let flags = MAP_PRIVATE | MAP_ANONYMOUS
            guard let pages = mmap(nil, shape.size, PROT_READ | PROT_WRITE, flags, -1, 0), pages != MAP_FAILED else {
                throw RuntimeFailure.memory(bytes: size)
            }
            start = pages
        }
        code.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        }
        guard mprotect(start, shape.size, PROT_READ | PROT_EXEC) == 0 else {
            munmap(start, shape.size)
            throw RuntimeFailure.memory(bytes: size)
        }
        native_entry_synchronize_code(start, code.count)
    }

    deinit { PagePool.give(start, shape) }
}

/// Pages of zeros that cost memory only where they are touched.
public final class ZeroedPages {
    /// The first byte, at a page boundary.
    public let start: UnsafeMutableRawPointer
    /// In bytes.
    public var size: Int { shape.size }

    private let shape: PagePool.Shape

    static let systemPageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// Reserves at least so many bytes, one page at least, readable and writable.
    /// - Parameter guardSize: how many bytes at the start are out of reach nevertheless, so that running over the end of a stack is a fault; a
    ///   multiple of the page size.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(size requested: Int, guardSize: Int = 0) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        let size = max(pageSize, (requested + pageSize - 1) / pageSize * pageSize)
        shape = PagePool.Shape(size: size, guardSize: guardSize)
        if let pages = PagePool.take(shape) {
            start = pages
            return
        }
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let pages = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), pages != MAP_FAILED else {
            throw RuntimeFailure.memory(bytes: size)
        }
        start = pages
        if guardSize > 0 { mprotect(start, guardSize, PROT_NONE) }
    }

    deinit { PagePool.give(start, shape) }
}

/// Address space whose first bytes are in use: what lies there never moves when more of it is taken into use.
///
/// The rest is out of reach, so that touching it is a fault.
public final class ReservedPages {
    /// The first byte, at a page boundary.
    public let start: UnsafeMutableRawPointer
    /// In bytes.
    public let capacity: Int
    /// How many bytes from the start can be read and written, a multiple of the page size; zeros at first.
    private var committed = 0

    /// Larger mappings are shared.
    private static let largestPrivate = 1 << 30

    /// Reserves address space, one page at least, of which nothing is in use.
    /// - Throws: ``RuntimeFailure`` when the system gives no address space.
    public init(capacity requested: Int) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        capacity = max(pageSize, (requested + pageSize - 1) / pageSize * pageSize)
        if let pages = PagePool.take(PagePool.Shape(size: capacity, isReserved: true)) {
            start = pages
            return
        }
        // What is shared does not count against what a process may have of its own (RLIMIT_DATA).
        let sharing = capacity > Self.largestPrivate ? MAP_SHARED : MAP_PRIVATE
        let flags = sharing | MAP_ANONYMOUS | MAP_NORESERVE
        guard let pages = mmap(nil, capacity, PROT_NONE, flags, -1, 0), pages != MAP_FAILED else {
            throw RuntimeFailure.memory(bytes: capacity)
        }
        start = pages
    }

    /// Takes at least so many bytes from the start into use; not more than the capacity.
    /// - Returns: whether the system gives them.
    func commit(bytes: Int) -> Bool {
        if bytes <= committed { return true }
        let pageSize = ZeroedPages.systemPageSize
        let size = (bytes + pageSize - 1) / pageSize * pageSize
        guard size <= capacity, mprotect(start + committed, size - committed, PROT_READ | PROT_WRITE) == 0 else {
            return false
        }
        committed = size
        return true
    }

    deinit {
        if committed == 0 {
            PagePool.give(start, PagePool.Shape(size: capacity, isReserved: true))
        } else {
            munmap(start, capacity)
        }
    }
}
