import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Mappings that stores have given back, for those that come after them: a case has dozens of stores, and to map, protect and unmap their
/// memory takes longer than most calls.
///
/// What comes out is like what the system gives, zeros or out of reach, but for code.
enum PagePool {
    /// What a mapping is beside its address.
    struct Shape: Hashable {
        /// In bytes.
        var size: Int
        /// How many bytes at the start are out of reach.
        var guardSize = 0
        /// Whether all of it is out of reach.
        var isReserved = false
        /// Whether it holds code, which whoever takes it overwrites.
        var isExecutable = false
    }

    private struct Mapping {
        var start: UInt
        var shape: Shape
    }

    private static let kept = Mutex<[Mapping]>([])

    /// Of all shapes together.
    private static let mostKept = 16
    /// Larger ones count against the limit of what the process may map, so that there is one of each shape.
    private static let largeSize = 1 << 20
    /// Writing zeros over more costs as much as what it saves.
    private static let mostWritten = 16 << 10

    /// A mapping that nobody has; nil where the system has to be asked.
    static func take(_ shape: Shape) -> UnsafeMutableRawPointer? {
        let start = kept.withLock { kept -> UInt? in
            guard let position = kept.lastIndex(where: { $0.shape == shape }) else { return nil }
            return kept.remove(at: position).start
        }
        return start.flatMap { UnsafeMutableRawPointer(bitPattern: $0) }
    }

    /// Takes a mapping back that nobody has any more, or unmaps it.
    static func give(_ start: UnsafeMutableRawPointer, _ shape: Shape) {
        let isKept = empty(start, shape) && keep(Mapping(start: UInt(bitPattern: start), shape: shape))
        if !isKept { munmap(start, shape.size) }
    }

    /// Makes a mapping zeros again; false where that takes as much as a new one.
    private static func empty(_ start: UnsafeMutableRawPointer, _ shape: Shape) -> Bool {
        if shape.isReserved || shape.isExecutable { return true }
        if shape.size <= mostWritten && shape.guardSize == 0 {
            memset(start, 0, shape.size)
            return true
        }
        #if os(Linux)
            return madvise(start, shape.size, MADV_DONTNEED) == 0
        #else
            return false
        #endif
    }

    private static func keep(_ mapping: Mapping) -> Bool {
        kept.withLock { kept in
            let isFull =
                kept.count >= mostKept
                || (mapping.shape.size >= largeSize && kept.contains { $0.shape == mapping.shape })
            if !isFull { kept.append(mapping) }
            return !isFull
        }
    }
}
