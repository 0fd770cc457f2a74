/// Finds the first recursion group of each shape.
///
/// Shapes are rows of numbers that are equal exactly where the groups are the same types. They stand one after another in one array, and
/// a hash table over them holds positions only, so that a million groups need no million allocations. The hash function is Swift's keyed
/// one: nobody can write a module whose shapes all fall together.
struct RecursionGroupTable: Sendable {
    private struct Entry {
        var hash: Int
        /// The part of ``shapes``.
        var start: Int
        var count: Int
        /// The first type of the group.
        var type: Int
    }

    private var shapes: [UInt32] = []
    private var entries: [Entry] = []
    /// One more than positions in ``entries``; zero where nothing is. The count is a power of two, more than entries by a third at least.
    private var slots: [UInt32] = []
    private var spare: [UInt32] = []

    /// An empty shape, whose storage is that of an earlier one.
    mutating func takeShape() -> [UInt32] {
        var shape: [UInt32] = []
        swap(&shape, &spare)
        shape.removeAll(keepingCapacity: true)
        return shape
    }

    /// Keeps the storage of a shape that is not needed any more.
    mutating func giveBack(_ shape: consuming [UInt32]) { spare = shape }

    /// The first type of the first group of the shape, which is the one that is given where there was none before.
    mutating func first(like shape: [UInt32], at type: Int) -> Int {
        if entries.count * 4 >= slots.count * 3 { grow() }
        var hasher = Hasher()
        shape.withUnsafeBytes { hasher.combine(bytes: $0) }
        let hash = hasher.finalize()
        var slot = hash & (slots.count - 1)
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            if entry.hash == hash, isShape(entry, shape) { return entry.type }
            slot = (slot + 1) & (slots.count - 1)
        }
        entries.append(Entry(hash: hash, start: shapes.count, count: shape.count, type: type))
        shapes.append(contentsOf: shape)
        slots[slot] = UInt32(entries.count)
        return type
    }

    private func isShape(_ entry: Entry, _ shape: [UInt32]) -> Bool {
        guard entry.count == shape.count else { return false }
        for index in 0..<shape.count where shapes[entry.start + index] != shape[index] { return false }
        return true
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: max(16, slots.count * 2))
        for (position, entry) in entries.enumerated() {
            var slot = entry.hash & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(position + 1)
        }
    }
}
