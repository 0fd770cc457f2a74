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

    /// Copies code into fresh pages and makes them executable.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(code: [UInt8]) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        size = max(pageSize, (code.count + pageSize - 1) / pageSize * pageSize)
        guard let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0),
            pages != MAP_FAILED
        else { throw RuntimeFailure.memory(bytes: size) }
        start = pages
        code.withUnsafeBytes { bytes in
            if let source = bytes.baseAddress { start.copyMemory(from: source, byteCount: bytes.count) }
        }
        guard mprotect(start, size, PROT_READ | PROT_EXEC) == 0 else {
            munmap(start, size)
            throw RuntimeFailure.memory(bytes: size)
        }
        native_entry_synchronize_code(start, code.count)
    }

    deinit { munmap(start, size) }
}

/// Pages of zeros that cost memory only where they are touched.
public final class ZeroedPages {
    /// The first byte, at a page boundary.
    public let start: UnsafeMutableRawPointer
    /// In bytes.
    public let size: Int

    static let systemPageSize = Int(sysconf(Int32(_SC_PAGESIZE)))

    /// Reserves at least so many bytes, one page at least, readable and writable.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(size requested: Int) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        size = max(pageSize, (requested + pageSize - 1) / pageSize * pageSize)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
        guard let pages = mmap(nil, size, PROT_READ | PROT_WRITE, flags, -1, 0), pages != MAP_FAILED else {
            throw RuntimeFailure.memory(bytes: size)
        }
        start = pages
    }

    /// Makes the first bytes unreachable, so that running over the end of a stack is a fault; a multiple of the page size.
    func protectStart(bytes: Int) { mprotect(start, bytes, PROT_NONE) }

    deinit { munmap(start, size) }
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

    /// Reserves address space, one page at least, of which nothing is in use.
    /// - Throws: ``RuntimeFailure`` when the system gives no address space.
    public init(capacity requested: Int) throws(RuntimeFailure) {
        let pageSize = ZeroedPages.systemPageSize
        capacity = max(pageSize, (requested + pageSize - 1) / pageSize * pageSize)
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE
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

    deinit { munmap(start, capacity) }
}
