/// The bundles that wait for a register, the longest first.
struct BundleQueue {
    private var heap: [(priority: Int32, bundle: Int32)] = []

    mutating func push(_ bundle: Int32, priority: Int32) {
        heap.append((priority, bundle))
        var index = heap.count - 1
        while index > 0 {
            let above = (index - 1) / 2
            guard isBefore(heap[index], heap[above]) else { break }
            heap.swapAt(index, above)
            index = above
        }
    }

    mutating func pop() -> Int32? {
        guard let first = heap.first else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first.bundle }
        heap[0] = last
        var index = 0
        while true {
            let left = index * 2 + 1
            let right = left + 1
            var least = index
            if left < heap.count && isBefore(heap[left], heap[least]) { least = left }
            if right < heap.count && isBefore(heap[right], heap[least]) { least = right }
            if least == index { return first.bundle }
            heap.swapAt(index, least)
            index = least
        }
    }

    private func isBefore(_ left: (priority: Int32, bundle: Int32), _ right: (priority: Int32, bundle: Int32)) -> Bool {
        left.priority != right.priority ? left.priority > right.priority : left.bundle < right.bundle
    }
}
