import RegisterAllocation

/// Blocks that are nothing but a jump after allocation: they are left out, and branches to them go where they jump.
struct JumpThreading: Sendable {
    /// By block: the block where a branch to it goes; itself for blocks that are emitted.
    private var targets: [Int32]
    /// By block: the next block that is emitted; the number of blocks where there is none.
    private var followers: [Int32]

    /// Where a branch to a block goes.
    func target(_ block: Int) -> Int { Int(targets[block]) }

    /// Whether a block is left out.
    func isLeftOut(_ block: Int) -> Bool { targets[block] != block }

    /// The block whose code follows that of a block.
    func following(_ block: Int) -> Int { Int(followers[block]) }

    /// The longest chain of jumps that is followed to its end.
    private static let longestChain = 64

    init(_ function: MachineFunction, _ allocation: Allocation) {
        let blocks = function.problem.blocks
        var isEmpty = Self.emptyBlocks(function, allocation)
        targets = (0..<Int32(blocks.count)).map { $0 }
        followers = [Int32](repeating: Int32(blocks.count), count: blocks.count)
        for block in blocks.indices where isEmpty[block] {
            var target = block
            for _ in 0..<Self.longestChain where isEmpty[target] {
                target = function.problem.edges[blocks[target].successors.lowerBound].target
            }
            // A circle of jumps, or a long chain: one of them stays.
            isEmpty[target] = false
            targets[block] = Int32(target)
        }
        // A block that was taken for empty, and then stayed.
        for block in blocks.indices where !isEmpty[block] { targets[block] = Int32(block) }
        var next = Int32(blocks.count)
        for block in blocks.indices.reversed() {
            followers[block] = next
            if targets[block] == block { next = Int32(block) }
        }
    }

    /// The blocks with one instruction, a jump, and no moves; never the first.
    private static func emptyBlocks(_ function: MachineFunction, _ allocation: Allocation) -> [Bool] {
        var isEmpty = [Bool](repeating: false, count: function.problem.blocks.count)
        var edit = 0
        for (block, record) in function.problem.blocks.enumerated() where block > 0 && record.instructions.count == 1 {
            let position = record.instructions.lowerBound
            guard SharedForm(rawValue: function.instructions[position].form) == .jump else { continue }
            while edit < allocation.edits.count && allocation.edits[edit].point < .before(position) { edit += 1 }
            isEmpty[block] = edit == allocation.edits.count || allocation.edits[edit].point > .after(position)
        }
        return isEmpty
    }
}
