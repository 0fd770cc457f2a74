import NativeEntry

/// How the process's allocator treats the large arrays of the compilers.
public enum AllocatorTuning {
    /// Keeps freed blocks of up to 32 MiB for the next use instead of giving them back to the system.
    ///
    /// Without it, glibc maps and unmaps every array over 128 KiB, which costs page faults in every case with thousands of results.
    /// No effect with other C libraries.
    public static func keepLargeBlocks() { allocator_keep_large_blocks() }
}
