/// Who has each physical register when.
///
/// Points are grouped into windows of 64; each register has a list of reservations for each window that they touch, so
/// that a question about a short stretch looks at few of them.
struct RegisterTimeline {
    private static let windowShift: Int32 = 6
    private let windowCount: Int
    /// By register and window, the first reservation, or -1.
    private var heads: [Int32]
    private var nodes: [Node] = []
    private var freeNode: Int32 = -1

    private struct Node {
        var from: Int32
        var to: Int32
        /// The bundle, or a fixed operand as `-1 - value`, or ``RegisterTimeline/nobody``.
        var owner: Int32
        /// What the bundle weighs; infinite for all else.
        var weight: Float
        var next: Int32
    }

    /// The owner of a register that an instruction overwrites.
    static let nobody = Int32.min

    init(pointCount: Int) {
        windowCount = pointCount >> Int(Self.windowShift) + 1
        heads = [Int32](repeating: -1, count: windowCount * 64)
    }

    /// The owner of a fixed operand of a value.
    static func owner(fixed value: Int32) -> Int32 { -1 - value }

    mutating func reserve(_ register: UInt8, _ from: Int32, _ to: Int32, owner: Int32, weight: Float = .infinity) {
        for window in Int(from >> Self.windowShift)...Int((to - 1) >> Self.windowShift) {
            let list = Int(register) * windowCount + window
            let node = Node(from: from, to: to, owner: owner, weight: weight, next: heads[list])
            if freeNode >= 0 {
                let index = Int(freeNode)
                freeNode = nodes[index].next
                nodes[index] = node
                heads[list] = Int32(index)
            } else {
                heads[list] = Int32(nodes.count)
                nodes.append(node)
            }
        }
    }

    mutating func release(_ register: UInt8, _ from: Int32, _ to: Int32, owner: Int32) {
        for window in Int(from >> Self.windowShift)...Int((to - 1) >> Self.windowShift) {
            let list = Int(register) * windowCount + window
            var index = heads[list]
            var before: Int32 = -1
            while index >= 0 {
                let node = nodes[Int(index)]
                if node.owner == owner && node.from == from {
                    if before >= 0 { nodes[Int(before)].next = node.next } else { heads[list] = node.next }
                    nodes[Int(index)].next = freeNode
                    freeNode = index
                    break
                }
                before = index
                index = node.next
            }
        }
    }

    /// What stands in the way of a bundle in a register.
    struct Obstacles {
        /// The first point at which the register is taken; the largest number where it is free.
        var first = Int32.max
        /// The greatest weight in the way; infinite where something cannot be evicted.
        var weight: Float = 0
    }

    /// Finds what is in the way of ranges in a register, and stops looking where it weighs too much.
    /// - Parameters:
    ///   - positions: of the ranges that are looked at, in the list.
    ///   - limit: what may not be in the way.
    func obstacles(
        _ register: UInt8,
        _ ranges: [LiveRange],
        _ positions: Range<Int>,
        lighterThan limit: Float
    ) -> Obstacles {
        var found = Obstacles()
        for position in positions {
            let range = ranges[position]
            let fixed = Self.owner(fixed: range.value)
            var window = Int(range.from >> Self.windowShift)
            let last = Int((range.to - 1) >> Self.windowShift)
            let list = Int(register) * windowCount
            while window <= last {
                var index = heads[list + window]
                while index >= 0 {
                    let node = nodes[Int(index)]
                    index = node.next
                    guard node.from < range.to && range.from < node.to && node.owner != fixed else { continue }
                    found.first = min(found.first, max(node.from, range.from))
                    found.weight = max(found.weight, node.weight)
                }
                if found.weight >= limit { return found }
                window += 1
            }
        }
        return found
    }

    /// Appends the bundles that have a register during a range to a list, in which they may occur more than once.
    func appendBundles(in register: UInt8, _ range: LiveRange, to bundles: inout [Int32]) {
        for window in Int(range.from >> Self.windowShift)...Int((range.to - 1) >> Self.windowShift) {
            var index = heads[Int(register) * windowCount + window]
            while index >= 0 {
                let node = nodes[Int(index)]
                index = node.next
                if node.owner >= 0 && node.from < range.to && range.from < node.to { bundles.append(node.owner) }
            }
        }
    }
}
