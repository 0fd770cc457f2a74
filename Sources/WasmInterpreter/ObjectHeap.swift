import Invariants

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The objects of a store: structures, arrays and exceptions, in one run of 8-byte words.
///
/// An object is named by a handle, the position of its first word, and never moves within the heap; nothing is freed
/// but the latest object, so that how much a program may allocate depends on the limit alone. An object begins with
/// two words: its kind and its type (of an exception the tag), and its length (of an array in elements, otherwise in
/// words); its content follows, padded to whole words.
struct ObjectHeap {
    /// What an object is.
    enum Kind: UInt64 {
        case structure, array, exception
    }

    /// The words before an object's content.
    static let headerWords = 2

    private(set) var base: UnsafeMutablePointer<UInt64>
    private var capacity: Int
    /// The number of words in use; handle zero is not used.
    private(set) var count = 2
    private let limit: Int

    /// Makes an empty heap.
    /// - Parameter limit: the bytes that all objects together may take.
    init(limit: UInt64) {
        capacity = 64
        base = UnsafeMutableRawPointer(malloc(capacity * 8)).assumingMemoryBound(to: UInt64.self)
        self.limit = Int(limit / 8) + 2
    }

    /// Adds an object whose content is zero.
    /// - Returns: its handle; nil where the limit would be exceeded.
    mutating func allocate(_ kind: Kind, _ type: UInt32, length: Int, byteCount: Int) -> Int? {
        // The count is that of a 32-bit length and elements of at most 16 bytes, so nothing overflows.
        let words = Self.headerWords + (byteCount + 7) / 8
        guard words <= limit - count, reserve(count + words) else { return nil }
        let handle = count
        count += words
        base[handle] = kind.rawValue << 32 | UInt64(type)
        base[handle + 1] = UInt64(length)
        (base + handle + Self.headerWords).initialize(repeating: 0, count: words - Self.headerWords)
        return handle
    }

    private mutating func reserve(_ words: Int) -> Bool {
        if words <= capacity { return true }
        let larger = max(words, min(capacity * 2, limit))
        guard let block = realloc(base, larger * 8) else { return false }
        base = block.assumingMemoryBound(to: UInt64.self)
        capacity = larger
        return true
    }

    /// Frees an object and all that were made after it; nothing may refer to them.
    mutating func release(from handle: Int) {
        invariant(handle <= count, "only objects of the heap are freed")
        count = handle
    }

    /// Frees all storage.
    func deallocate() { free(base) }

    // MARK: Objects

    /// What the object is.
    @inline(__always)
    func kind(of handle: Int) -> Kind { Kind(rawValue: base[handle] >> 32)! }

    /// The store number of the object's type, or the address of an exception's tag.
    @inline(__always)
    func type(of handle: Int) -> UInt32 { UInt32(truncatingIfNeeded: base[handle]) }

    /// The elements of an array, or the words of another object.
    @inline(__always)
    func length(of handle: Int) -> UInt64 { base[handle + 1] }

    /// The first word of the object's content.
    @inline(__always)
    func content(of handle: Int) -> UnsafeMutablePointer<UInt64> { base + handle + Self.headerWords }
}

/// How references stand in slots: zero is null, and a function or what the host chose is its number and one.
///
/// The references below `any` and `extern` are the same, so that conversion between the two changes nothing.
enum ReferenceBits {
    /// Marks a handle of the store's heap.
    static let object: UInt64 = 1 << 63
    /// Marks an integer of 31 bits.
    static let integer: UInt64 = 1 << 62

    /// The reference to an integer, of which the lower 31 bits count.
    @inline(__always)
    static func integer(_ value: UInt32) -> UInt64 { integer | UInt64(value & 0x7FFF_FFFF) }

    /// The reference to an object.
    @inline(__always)
    static func object(_ handle: Int) -> UInt64 { object | UInt64(handle) }

    /// The handle of the object; the reference must be one to an object.
    @inline(__always)
    static func handle(_ bits: UInt64) -> Int { Int(bits & ~object) }
}
