import ControlFlow

/// Which blocks of a function dominate which.
public struct DominatorTree: Sendable {
    private let dominators: Dominators

    /// Computes the tree; all targets must be blocks of the function.
    public init(_ function: IRFunction) {
        var graph = FlowGraph(blockCount: function.blocks.count)
        for block in function.blocks.indices {
            let targets = function.targets(of: function.terminator(of: Block(block)))
            graph.addBlock(successors: targets.lazy.map(\.block.position))
        }
        dominators = Dominators(graph)
    }

    /// Whether control can reach a block.
    public func isReachable(_ block: Block) -> Bool { dominators.isReachable(block.position) }

    /// Whether every path to the second block goes through the first; both must be reachable. A block dominates itself.
    public func dominates(_ first: Block, _ second: Block) -> Bool {
        dominators.dominates(first.position, second.position)
    }
}
