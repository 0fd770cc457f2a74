import GarbageCollection

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The objects of a store: structures, arrays and exceptions, in one run of 8-byte words.
///
/// An object is named by a handle, the position of its first word, and never moves within the heap. An object begins with two words:
/// its type (of an exception the tag), its kind and the width of its elements, and its length in elements; its content follows,
/// padded to whole words. The elements of structures and exceptions are words.
struct ObjectHeap {
    /// What an object is.
    enum Kind: UInt64 {
        case structure, array, exception
    }

    /// The words before an object's content.
    static let headerWords = 2
    /// Collections are at least so many words of objects apart.
    private static let leastBudgetInWords = 1 << 19
    private static let kindShift: UInt64 = 32
    private static let widthShift: UInt64 = 40

    private(set) var base: UnsafeMutablePointer<UInt64>
    private var capacity: Int
    private var space: MarkSweepSpace
    /// The objects that are marked and whose content was not looked at.
    private var pending: [Int] = []

    /// Makes an empty heap.
    /// - Parameter limit: the bytes that all objects together may take.
    init(limit: UInt64) {
        capacity = 64
        base = UnsafeMutableRawPointer(malloc(capacity * 8)).assumingMemoryBound(to: UInt64.self)
        space = MarkSweepSpace(capacity: Int(limit / 8), leastBudget: Self.leastBudgetInWords)
    }

    /// Adds an object whose content is zero.
    /// - Parameters:
    ///   - type: the store number of the type, or the address of an exception's tag.
    ///   - length: the number of elements.
    ///   - widthExponent: that of the width of an element in bytes, as a power of two.
    /// - Returns: its handle; nil where there has to be a collection first or, right after one, where the limit is reached.
    mutating func allocate(_ kind: Kind, _ type: UInt32, length: Int, widthExponent: UInt8 = 3) -> Int? {
        // The length has 32 bits and elements have at most 16 bytes, so nothing overflows.
        let words = Self.headerWords + (length << Int(widthExponent) + 7) / 8
        guard let handle = space.allocate(words) else { return nil }
        guard space.end <= capacity || reserve(space.end) else {
            space.takeBack(handle, words)
            return nil
        }
        base[handle] =
            UInt64(type) | kind.rawValue << Self.kindShift | UInt64(widthExponent) << Self.widthShift
        base[handle + 1] = UInt64(length)
        (base + handle + Self.headerWords).initialize(repeating: 0, count: words - Self.headerWords)
        return handle
    }

    private mutating func reserve(_ words: Int) -> Bool {
        let larger = max(words, min(capacity * 2, space.capacity))
        guard let block = realloc(base, larger * 8) else { return false }
        base = block.assumingMemoryBound(to: UInt64.self)
        capacity = larger
        return true
    }

    /// Frees the latest object, to which nothing may refer.
    mutating func release(_ handle: Int) { space.takeBack(handle, words(of: handle)) }

    /// Frees all storage.
    func deallocate() { free(base) }

    // MARK: Collection

    /// Marks the object that a word refers to, if it is a reference to one, for ``collect(rootCount:)``.
    @inline(__always)
    mutating func markRoot(_ word: UInt64) {
        guard ReferenceBits.mayBeObject(word), space.mark(ReferenceBits.handle(word)) else { return }
        pending.append(ReferenceBits.handle(word))
    }

    /// Marks what marked objects refer to, and frees the rest.
    /// - Parameter rootCount: how many words were looked at to find roots.
    mutating func collect(rootCount: Int) {
        while let handle = pending.popLast() {
            // The elements of other arrays are no references.
            guard widthExponent(of: handle) == 3 else { continue }
            for word in 0..<Int(length(of: handle)) { markRoot(content(of: handle)[word]) }
        }
        let base = base
        space.sweep(rootCount: rootCount) { Self.words(of: base + $0) }
    }

    private func words(of handle: Int) -> Int { Self.words(of: base + handle) }

    /// The size of the object that begins at a word.
    private static func words(of object: UnsafeMutablePointer<UInt64>) -> Int {
        headerWords + (Int(object[1]) << Int(object[0] >> widthShift) + 7) / 8
    }

    private func widthExponent(of handle: Int) -> UInt64 { base[handle] >> Self.widthShift }

    // MARK: Objects

    /// What the object is.
    @inline(__always)
    func kind(of handle: Int) -> Kind { Kind(rawValue: base[handle] >> Self.kindShift & 0xFF)! }

    /// The store number of the object's type, or the address of an exception's tag.
    @inline(__always)
    func type(of handle: Int) -> UInt32 { UInt32(truncatingIfNeeded: base[handle]) }

    /// The number of elements, which are words where the object is no array.
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
    /// Marks a handle of the store's heap: bits that programs' numbers do not have by chance, so that a collection may take every word
    /// that has them for a reference. No other reference has any of them.
    static let object: UInt64 = 0xA5C3 << 48
    /// Marks an integer of 31 bits.
    static let integer: UInt64 = 1 << 62

    /// The reference to an integer, of which the lower 31 bits count.
    @inline(__always)
    static func integer(_ value: UInt32) -> UInt64 { integer | UInt64(value & 0x7FFF_FFFF) }

    /// The reference to an object.
    @inline(__always)
    static func object(_ handle: Int) -> UInt64 { object | UInt64(handle) }

    /// Whether a word is a reference to an object, if it is a reference at all.
    @inline(__always)
    static func mayBeObject(_ word: UInt64) -> Bool { word >> 48 == object >> 48 }

    /// The handle of the object; the reference must be one to an object.
    @inline(__always)
    static func handle(_ bits: UInt64) -> Int { Int(bits & ~object) }
}
