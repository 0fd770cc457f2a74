import ControlFlow

extension AllocationProblem {
    /// The blocks and the ways between them, exceptional ones included.
    public var flowGraph: FlowGraph {
        var graph = FlowGraph(blockCount: blocks.count)
        for block in blocks { graph.addBlock(successors: block.successors.lazy.map { edges[$0].target }) }
        return graph
    }
}
