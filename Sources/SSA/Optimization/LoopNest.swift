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
        nest(function, IncomingBranches(function))
    }

    private mutating func nest(_ function: IRFunction, _ branches: IncomingBranches) {
        let count = loopOf.count
        // By block, the outermost loop found so far that it is in, by one or more steps; itself where there is none.
        var outermost = Representatives(count: count)
        var pending: [UInt32] = []
        for header in (0..<count).reversed() {
            let first = UInt32(header)
            var outside = Self.none
            var outsideCount = 0
            var isLoop = false
            for source in branches.sources[branches.positions(to: header)] {
                if source >= first {
                    isLoop = true
                    pending.append(source)
                } else {
                    outside = source
                    outsideCount += 1
                }
            }
            guard isLoop else { continue }
            loopOf[header] = first
            if outsideCount == 1, function.terminator(of: Block(Int(outside))).operation == .jump {
                preheaderOf[header] = outside
            }
            while let block = pending.popLast() {
                let member = outermost.find(block)
                if member == first { continue }
                outermost[member] = first
                if loopOf[Int(member)] == member { parentOf[Int(member)] = first } else { loopOf[Int(member)] = first }
                for source in branches.sources[branches.positions(to: Int(member))]
                where source >= first && outermost.find(source) != member {
                    pending.append(source)
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
