#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The types of the operands that an instruction finds; the storage is used again from body to body.
///
/// Callers keep to what is there: nothing here is checked in release builds.
struct OperandStack: ~Copyable {
    private(set) var count = 0
    private var capacity = 256
    private var types: UnsafeMutablePointer<PackedType>

    init() { types = .allocate(capacity: capacity) }

    deinit { types.deallocate() }

    @inline(__always)
    mutating func push(_ type: PackedType) {
        if count == capacity { reserve(count + 1) }
        types[count] = type
        count += 1
    }

    /// Pushes types that stand in a row.
    mutating func push(_ list: UnsafePointer<PackedType>, count added: Int) {
        if added > capacity - count { reserve(count + added) }
        (types + count).update(from: list, count: added)
        count += added
    }

    /// Pops the top operand; there must be one.
    @inline(__always)
    mutating func pop() -> PackedType {
        assert(count > 0)
        count -= 1
        return types[count]
    }

    /// Pops all but so many.
    @inline(__always)
    mutating func shrink(to height: Int) {
        assert(height <= count)
        count = height
    }

    /// The operands at the top, the last one uppermost.
    @inline(__always)
    func top(_ number: Int) -> UnsafePointer<PackedType> {
        assert(number <= count)
        return UnsafePointer(types + count - number)
    }

    /// Whether the operands at the top are exactly the types of a list.
    func ends(with list: UnsafePointer<PackedType>, count number: Int) -> Bool {
        memcmp(top(number), list, number * MemoryLayout<PackedType>.stride) == 0
    }

    @inline(never)
    private mutating func reserve(_ needed: Int) {
        let larger = max(2 * capacity, needed)
        let moved = UnsafeMutablePointer<PackedType>.allocate(capacity: larger)
        moved.moveInitialize(from: types, count: count)
        types.deallocate()
        types = moved
        capacity = larger
    }
}
