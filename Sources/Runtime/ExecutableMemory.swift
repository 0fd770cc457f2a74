import NativeEntry
import WasmModel

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
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
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

    /// Reserves at least so many bytes, one page at least, readable and writable.
    /// - Throws: ``RuntimeFailure`` when the system gives no memory.
    public init(size requested: Int) throws(RuntimeFailure) {
        let pageSize = Int(sysconf(Int32(_SC_PAGESIZE)))
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

/// Why the runtime cannot make or run an instance.
public enum RuntimeFailure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The system gives no memory.
    case memory(bytes: Int)
    /// An import that the host does not have.
    case unknownImport(module: String, name: String)
    /// An active segment that does not fit, or another trap while instantiating.
    case trapped(Trap)
    /// A construct that the runtime does not do, by name.
    case unsupported(String)

    /// One line.
    public var description: String {
        switch self {
        case .memory(let bytes): "the system gives no \(bytes) bytes of memory"
        case .unknownImport(let module, let name): "unknown import \(module).\(name)"
        case .trapped(let trap): trap.rawValue
        case .unsupported(let what): "\(what) is not supported"
        }
    }
}
