#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes behind a memory: zeros, of which those that nobody touches are address space only.
enum MemoryBlock {
    /// Larger blocks are mapped as shared, which does not count against what a process may have of its own (RLIMIT_DATA).
    private static let largestOfHeap: UInt64 = 1 << 30

    /// A block of zeros; nil where there is no room.
    static func allocate(byteCount: UInt64) -> UnsafeMutableRawPointer? {
        guard byteCount > largestOfHeap else { return calloc(max(1, Int(byteCount)), 1) }
        let flags = MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE
        let block = mmap(nil, Int(byteCount), PROT_READ | PROT_WRITE, flags, -1, 0)
        return block == MAP_FAILED ? nil : block
    }

    static func free(_ block: UnsafeMutableRawPointer, byteCount: UInt64) {
        if byteCount > largestOfHeap { munmap(block, Int(byteCount)) } else { systemFree(block) }
    }
}

private func systemFree(_ block: UnsafeMutableRawPointer) { free(block) }
