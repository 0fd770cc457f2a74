#if canImport(Glibc)
    import Glibc
#endif

/// How the process's allocator treats the large arrays of the compilers.
public enum AllocatorTuning {
    /// Keeps freed blocks of up to 32 MiB for the next use instead of giving them back to the system.
    ///
    /// Without it, glibc maps and unmaps every array over 128 KiB, and most of the time of compiling 10,000 results goes into
    /// page faults. No effect with other C libraries. See mallopt(3).
    public static func keepLargeBlocks() {
        #if canImport(Glibc)
            mallopt(M_MMAP_THRESHOLD, 32 << 20)
            mallopt(M_TRIM_THRESHOLD, 256 << 20)
            mallopt(M_TOP_PAD, 16 << 20)
        #endif
    }
}
