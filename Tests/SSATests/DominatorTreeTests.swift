import SSA
import Testing

@Suite struct DominatorTreeTests {
    @Test(arguments: 0..<60)
    func `a block dominates another where its removal cuts the other off`(seed: Int) {
        let function = randomFunction(seed: seed, blockCount: 4 + seed % 15)
        let tree = DominatorTree(function)
        let reached = reachable(in: function, without: nil)
        for first in function.blocks.indices {
            #expect(tree.isReachable(Block(first)) == reached.contains(first))
            guard reached.contains(first) else { continue }
            let left = reachable(in: function, without: first)
            for second in reached {
                let dominates = first == second || !left.contains(second)
                #expect(tree.dominates(Block(first), Block(second)) == dominates, "\(first) and \(second)")
            }
        }
    }

    private func randomFunction(seed: Int, blockCount: Int) -> IRFunction {
        var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func random(below limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(limit))
        }
        var builder = FunctionBuilder(name: "f", signature: Signature(parameters: [.i32]))
        let condition = builder.parameters(of: builder.entry)[0]
        let others = (1..<blockCount).map { _ in builder.makeBlock() }
        for number in 0..<blockCount {
            if number > 0 { builder.begin(others[number - 1]) }
            let targets = (0..<random(below: 4)).map { _ in others[random(below: others.count)] }
            switch targets.count {
            case 0: builder.return()
            case 1: builder.jump(to: targets[0])
            case 2: builder.branchIf(condition, then: targets[0], else: targets[1])
            default: builder.branchTable(condition, targets: targets)
            }
        }
        return builder.finish()
    }

    private func reachable(in function: IRFunction, without removed: Int?) -> Set<Int> {
        var reached: Set<Int> = []
        var pending = [0]
        while let block = pending.popLast() {
            if block == removed || !reached.insert(block).inserted { continue }
            pending += function.targets(of: function.terminator(of: Block(block))).map(\.block.position)
        }
        return reached
    }
}
