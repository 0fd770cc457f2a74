import Invariants

/// Which parts of a run of storage are objects and which are free, in units of the owner's choice; the storage is the owner's.
///
/// Objects do not move. The owner allocates until it gets nil, then marks all objects that it can reach, sweeps, and tries once more.
/// Collections are so far apart that their cost is linear in what is allocated: between two of them at least as much is handed out
/// as was alive at the first, and as the owner looked at. All is deterministic: it depends on nothing but the calls.
public struct MarkSweepSpace: Sendable {
    /// The size of the storage, in units.
    public let capacity: Int
    /// All objects are below this; the storage above has never been used, or not since the last sweep.
    public private(set) var end = 0
    /// How much may be handed out before the next collection, in units.
    private var budget: Int
    private let leastBudget: Int

    /// One bit a unit: an object begins there.
    private var objects: [UInt64] = []
    private var marks: [UInt64] = []
    /// The free parts below ``end``, in rising order, and the first of them that was not used yet.
    private var runs: [Range<Int>] = []
    private var nextRun = 0
    /// The free part that objects are taken from.
    private var current = 0..<0

    /// A free part that is at least as large is not given up for an object that does not fit.
    private static let largeRun = 64
    /// So much is taken from above ``end`` at a time for small objects.
    private static let step = 4096

    /// Makes a space without objects.
    /// - Parameters:
    ///   - capacity: the size of the storage, in units.
    ///   - leastBudget: how much is handed out between two collections at least, in units.
    public init(capacity: Int, leastBudget: Int) {
        self.capacity = capacity
        self.leastBudget = leastBudget
        budget = min(capacity, leastBudget)
    }

    // MARK: Allocation

    /// Takes storage for an object.
    /// - Parameter count: its size in units, at least 1.
    /// - Returns: its first unit; nil where there has to be a collection first, or right after one, where the space is full.
    public mutating func allocate(_ count: Int) -> Int? {
        guard count <= budget, count <= current.count || findRun(for: count) else { return nil }
        budget -= count
        let start = current.lowerBound
        current = start + count..<current.upperBound
        objects[start >> 6] |= 1 << UInt64(start & 63)
        return start
    }

    /// Makes the current run one that is large enough; false where there is none.
    private mutating func findRun(for count: Int) -> Bool {
        while current.count < Self.largeRun, nextRun < runs.count {
            current = runs[nextRun]
            nextRun += 1
            if count <= current.count { return true }
        }
        if count <= capacity - end {
            // What is left of the current run is lost until the next sweep.
            let size = max(count, min(Self.step, capacity - end))
            current = end..<end + size
            end += size
            let words = (end + 63) >> 6
            if words > objects.count {
                let larger = max(words, objects.count * 2)
                objects.append(contentsOf: repeatElement(0, count: larger - objects.count))
                marks.append(contentsOf: repeatElement(0, count: larger - marks.count))
            }
            return true
        }
        while nextRun < runs.count {
            current = runs[nextRun]
            nextRun += 1
            if count <= current.count { return true }
        }
        return false
    }

    /// Takes the latest object back, to which nothing may refer.
    public mutating func takeBack(_ start: Int, _ count: Int) {
        invariant(start + count == current.lowerBound, "only the latest object is taken back")
        current = start..<current.upperBound
        budget += count
        objects[start >> 6] &= ~(1 << UInt64(start & 63))
    }

    // MARK: Collection

    /// Whether an object begins at a unit; the number may be any.
    @inline(__always)
    public func isObject(_ start: Int) -> Bool {
        start >= 0 && start < end && objects[start >> 6] & 1 << UInt64(start & 63) != 0
    }

    /// Marks what is an object and was not marked; whether there was something to mark.
    public mutating func mark(_ start: Int) -> Bool {
        let bit: UInt64 = 1 << UInt64(start & 63)
        guard isObject(start), marks[start >> 6] & bit == 0 else { return false }
        marks[start >> 6] |= bit
        return true
    }

    /// Frees what is not marked, and forgets the marks.
    /// - Parameters:
    ///   - rootCount: how much the owner has looked at to find the first objects, in units.
    ///   - size: the size of a marked object, in units.
    public mutating func sweep(rootCount: Int, size: (Int) -> Int) {
        swap(&objects, &marks)
        for word in marks.indices { marks[word] = 0 }
        runs.removeAll(keepingCapacity: true)
        nextRun = 0
        current = 0..<0
        var free = 0
        var alive = 0
        for word in 0..<(end + 63) >> 6 {
            var bits = objects[word]
            while bits != 0 {
                let start = word << 6 + bits.trailingZeroBitCount
                bits &= bits - 1
                if start > free { runs.append(free..<start) }
                let count = size(start)
                alive += count
                free = start + count
            }
        }
        end = free
        // Where so little is free that collections would follow each other closely, the space is full.
        let rest = capacity - alive
        budget = rest < capacity / 16 ? 0 : min(rest, max(leastBudget, alive, rootCount))
    }
}
