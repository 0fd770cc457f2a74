/// Which blocks of a flow graph dominate which.
///
/// Built in time that is linear but for a logarithm.
///
/// Source: Lengauer and Tarjan, "A Fast Algorithm for Finding Dominators in a Flowgraph", TOPLAS 1979 (the simple variant).
public struct Dominators: Sendable {
    private static let none = UInt32.max

    /// By block, the position in the depth-first order; `none` where the block cannot be reached.
    private var order: [UInt32]
    /// By position in the depth-first order, the block.
    private var vertices: [UInt32] = []
    /// By position, the position of the immediate dominator.
    private var immediate: [UInt32] = []
    /// By position, where the block's subtree begins in a walk of the dominator tree, and how many blocks it has.
    private var start: [UInt32] = []
    private var size: [UInt32] = []

    /// Finds the dominators of all blocks that can be reached.
    public init(_ graph: FlowGraph) {
        order = [UInt32](repeating: Self.none, count: graph.blockCount)
        let parents = search(graph)
        computeImmediateDominators(graph, parents)
        computeIntervals()
    }

    /// Whether control can reach a block.
    public func isReachable(_ block: Int) -> Bool { order[block] != Self.none }

    /// Whether every path to the second block goes through the first; both must be reachable. A block dominates itself.
    public func dominates(_ first: Int, _ second: Int) -> Bool {
        let outer = Int(order[first])
        let inner = start[Int(order[second])]
        return start[outer] <= inner && inner < start[outer] + size[outer]
    }

    /// Numbers the blocks depth first and answers each one's parent.
    private mutating func search(_ graph: FlowGraph) -> [UInt32] {
        var parents: [UInt32] = []
        var pending: [(block: UInt32, parent: UInt32)] = graph.blockCount == 0 ? [] : [(0, 0)]
        while let (block, parent) = pending.popLast() {
            if order[Int(block)] != Self.none { continue }
            let position = UInt32(vertices.count)
            order[Int(block)] = position
            vertices.append(block)
            parents.append(parent)
            for target in graph.successors(of: Int(block)) where order[Int(target)] == Self.none {
                pending.append((target, position))
            }
        }
        return parents
    }

    private mutating func computeImmediateDominators(_ graph: FlowGraph, _ parents: [UInt32]) {
        let count = vertices.count
        let (predecessors, predecessorStarts) = predecessors(graph)
        var forest = Forest(count)
        immediate = [UInt32](repeating: 0, count: count)
        // The buckets are lists: the blocks whose semidominator a block is.
        var bucketHeads = [UInt32](repeating: Self.none, count: count)
        var bucketNext = [UInt32](repeating: Self.none, count: count)
        for position in stride(from: count - 1, to: 0, by: -1) {
            var semidominator = UInt32(position)
            for index in predecessorStarts[position]..<predecessorStarts[position + 1] {
                let candidate = forest.semidominators[Int(forest.evaluate(predecessors[index]))]
                semidominator = min(semidominator, candidate)
            }
            forest.semidominators[position] = semidominator
            bucketNext[position] = bucketHeads[Int(semidominator)]
            bucketHeads[Int(semidominator)] = UInt32(position)
            let parent = parents[position]
            forest.link(parent: parent, child: UInt32(position))
            var member = bucketHeads[Int(parent)]
            bucketHeads[Int(parent)] = Self.none
            while member != Self.none {
                let best = forest.evaluate(member)
                let isLower = forest.semidominators[Int(best)] < forest.semidominators[Int(member)]
                immediate[Int(member)] = isLower ? best : parent
                member = bucketNext[Int(member)]
            }
        }
        for position in 0..<count where position > 0 && immediate[position] != forest.semidominators[position] {
            immediate[position] = immediate[Int(immediate[position])]
        }
    }

    /// The positions of the predecessors of each position, in runs.
    private func predecessors(_ graph: FlowGraph) -> (values: [UInt32], starts: [Int]) {
        var starts = [Int](repeating: 0, count: vertices.count + 1)
        for block in vertices {
            for target in graph.successors(of: Int(block)) { starts[Int(order[Int(target)]) + 1] += 1 }
        }
        for position in vertices.indices { starts[position + 1] += starts[position] }
        var values = [UInt32](repeating: 0, count: starts[vertices.count])
        var next = starts
        for (position, block) in vertices.enumerated() {
            for successor in graph.successors(of: Int(block)) {
                let target = Int(order[Int(successor)])
                values[next[target]] = UInt32(position)
                next[target] += 1
            }
        }
        return (values, starts)
    }

    private mutating func computeIntervals() {
        size = [UInt32](repeating: 1, count: vertices.count)
        for position in stride(from: vertices.count - 1, to: 0, by: -1) {
            size[Int(immediate[position])] += size[position]
        }
        start = [UInt32](repeating: 0, count: vertices.count)
        var next = [UInt32](repeating: 1, count: vertices.count)
        for position in vertices.indices.dropFirst() {
            let parent = Int(immediate[position])
            start[position] = next[parent]
            next[parent] += size[position]
            next[position] = start[position] + 1
        }
    }

    /// The forest of the algorithm, with path compression.
    private struct Forest {
        var semidominators: [UInt32]
        private var ancestors: [UInt32]
        private var labels: [UInt32]
        private var path: [UInt32] = []

        init(_ count: Int) {
            semidominators = (0..<UInt32(count)).map { $0 }
            labels = semidominators
            ancestors = [UInt32](repeating: Dominators.none, count: count)
        }

        mutating func link(parent: UInt32, child: UInt32) { ancestors[Int(child)] = parent }

        /// The vertex with the least semidominator on the path to the vertex from below the root of its tree.
        mutating func evaluate(_ vertex: UInt32) -> UInt32 {
            if ancestors[Int(vertex)] == Dominators.none { return vertex }
            var current = vertex
            while ancestors[Int(ancestors[Int(current)])] != Dominators.none {
                path.append(current)
                current = ancestors[Int(current)]
            }
            while let lower = path.popLast() {
                let upper = Int(ancestors[Int(lower)])
                if semidominators[Int(labels[upper])] < semidominators[Int(labels[Int(lower)])] {
                    labels[Int(lower)] = labels[upper]
                }
                ancestors[Int(lower)] = ancestors[upper]
            }
            return labels[Int(vertex)]
        }
    }
}
