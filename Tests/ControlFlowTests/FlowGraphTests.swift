import ControlFlow
import Testing

@Suite struct FlowGraphTests {
    private func graph(_ successors: [[Int]]) -> FlowGraph {
        var graph = FlowGraph(blockCount: successors.count)
        for targets in successors { graph.addBlock(successors: targets) }
        return graph
    }

    private func headers(_ successors: [[Int]]) -> [Int] {
        graph(successors).cycleHeaders().indices.filter { graph(successors).cycleHeaders()[$0] }
    }

    @Test func `the headers of cycles are where loops begin`() {
        #expect(headers([]) == [])
        #expect(headers([[]]) == [])
        #expect(headers([[1, 2], [3], [3], []]) == [])
        #expect(headers([[1], [1]]) == [1])
        #expect(headers([[1], [2, 4], [3], [2, 1], []]) == [1, 2])
        // Nothing leads to the last two.
        #expect(headers([[], [2], [1]]) == [])
    }

    @Test(arguments: 0..<100)
    func `without the headers no cycle is left`(seed: Int) {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        let count = 2 + seed % 20
        let successors = (0..<count).map { _ in (0..<random(below: 4)).map { _ in random(below: count) } }
        let isHeader = graph(successors).cycleHeaders()
        let dominators = Dominators(graph(successors))
        // Blocks whose predecessors are gone go, until none is left.
        var rest = Set((0..<count).filter { dominators.isReachable($0) && !isHeader[$0] })
        var isSmaller = true
        while isSmaller {
            let targets = Set(rest.flatMap { successors[$0] })
            let next = rest.intersection(targets)
            isSmaller = next.count < rest.count
            rest = next
        }
        #expect(rest.isEmpty)
    }

    @Test func `a hundred thousand blocks in a row, each of which may leave, are walked`() {
        let count = 100_000
        var graph = FlowGraph(blockCount: count)
        for block in 0..<count - 1 { graph.addBlock(successors: [block + 1, count - 1]) }
        graph.addBlock(successors: [])
        #expect(!graph.cycleHeaders().contains(true))
        let dominators = Dominators(graph)
        #expect((0..<count).filter { dominators.dominates($0, count - 1) } == [0, count - 1])
    }
}
