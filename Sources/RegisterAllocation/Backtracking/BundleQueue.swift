/// The bundles that wait for a register, the longest first, and the first of those that are as long.
struct BundleQueue {
    /// The priority above the complement of the bundle, so that what comes first is the greater number; none is less than those below it.
    private var heap: [UInt64] = []

    /// - Parameter priority: not negative.
    mutating func push(_ bundle: Int32, priority: Int32) {
        let entry = UInt64(UInt32(priority)) << 32 | UInt64(~UInt32(bitPattern: bundle))
        heap.append(entry)
        var index = heap.count - 1
        while index > 0 {
            let above = (index - 1) / 2
            if entry <= heap[above] { break }
            heap[index] = heap[above]
            index = above
        }
        heap[index] = entry
    }

    mutating func pop() -> Int32? {
        guard let first = heap.first, let last = heap.popLast() else { return nil }
        let count = heap.count
        var index = 0
        while index * 2 + 1 < count {
            var greater = index * 2 + 1
            if greater + 1 < count && heap[greater] < heap[greater + 1] { greater += 1 }
            if heap[greater] <= last { break }
            heap[index] = heap[greater]
            index = greater
        }
        if count > 0 { heap[index] = last }
        return Int32(bitPattern: ~UInt32(truncatingIfNeeded: first))
    }
}
