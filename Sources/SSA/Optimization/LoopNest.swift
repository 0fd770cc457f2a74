/// The loops of a function: which blocks are in which, and what the loops contain.
///
/// A loop is a block to which a later one branches back, and all that can reach that branch without leaving it. Blocks must come after
/// those that dominate them, as in all functions from wasm. Nearly linear.
///
/// Source: Havlak, "Nesting of Reducible and Irreducible Loops", TOPLAS 1997.
struct LoopNest {
    static let none = UInt32.max
    /// By block, the first block of the innermost loop around it, or none.
    private(set) var loopOf: [UInt32]
    /// By first block of a loop, the first block of the loop around that one, or none.
    private(set) var parentOf: [UInt32]
    /// By block, in how many loops it is.
    private(set) var depth: [UInt32]
    /// By first block of a loop, the block that jumps to it and to nothing else from outside, or none.
    private(set) var preheaderOf: [UInt32]

    init(_ function: IRFunction) {
        let count = function.blocks.count
        loopOf = [UInt32](repeating: Self.none, count: count)
        parentOf = loopOf
        preheaderOf = loopOf
        depth = [UInt32](repeating: 0, count: count)
        var starts = [Int](repeating: 0, count: count + 1)
        for block in 0..<count {
            for call in function.targets(of: function.terminator(of: Block(block))) {
                starts[call.block.position + 1] += 1
            }
        }
        for block in 0..<count { starts[block + 1] += starts[block] }
        var predecessors = [UInt32](repeating: 0, count: starts[count])
        var next = starts
        for block in 0..<count {
            for call in function.targets(of: function.terminator(of: Block(block))) {
                predecessors[next[call.block.position]] = UInt32(block)
                next[call.block.position] += 1
            }
        }
        nest(function, predecessors, starts)
    }

    private mutating func nest(_ function: IRFunction, _ predecessors: [UInt32], _ starts: [Int]) {
        let count = loopOf.count
        // By block, the outermost loop found so far that it is in, by one or more steps; itself where there is none.
        var outermost = (0..<UInt32(count)).map { $0 }
        func root(_ block: UInt32) -> UInt32 {
            var root = block
            while outermost[Int(root)] != root { root = outermost[Int(root)] }
            var step = block
            while outermost[Int(step)] != root {
                let next = outermost[Int(step)]
                outermost[Int(step)] = root
                step = next
            }
            return root
        }
        var pending: [UInt32] = []
        for header in (0..<count).reversed() {
            let first = UInt32(header)
            var outside = Self.none
            var outsideCount = 0
            var isLoop = false
            for position in starts[header]..<starts[header + 1] {
                if predecessors[position] >= first {
                    isLoop = true
                    pending.append(predecessors[position])
                } else {
                    outside = predecessors[position]
                    outsideCount += 1
                }
            }
            guard isLoop else { continue }
            loopOf[header] = first
            if outsideCount == 1, function.terminator(of: Block(Int(outside))).operation == .jump {
                preheaderOf[header] = outside
            }
            while let block = pending.popLast() {
                let member = root(block)
                if member == first { continue }
                outermost[Int(member)] = first
                if loopOf[Int(member)] == member { parentOf[Int(member)] = first } else { loopOf[Int(member)] = first }
                for position in starts[Int(member)]..<starts[Int(member) + 1]
                where predecessors[position] >= first && root(predecessors[position]) != member {
                    pending.append(predecessors[position])
                }
            }
        }
        for block in 0..<count where loopOf[block] != Self.none {
            let loop = Int(loopOf[block])
            if loop != block {
                depth[block] = depth[loop]
            } else {
                depth[block] = parentOf[block] == Self.none ? 1 : depth[Int(parentOf[block])] + 1
            }
        }
    }

    /// Whether a block is in a loop.
    func contains(_ loop: UInt32, _ block: UInt32) -> Bool {
        var current = loopOf[Int(block)]
        while current != Self.none && depth[Int(current)] > depth[Int(loop)] { current = parentOf[Int(current)] }
        return current == loop
    }
}
