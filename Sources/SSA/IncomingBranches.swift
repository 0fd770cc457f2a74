/// The branches to each block, in runs of one list.
struct IncomingBranches {
    /// By block, where its run begins; then the end.
    private let starts: [Int]
    /// The block of each branch.
    let sources: [UInt32]
    /// The position of each branch in ``IRFunction/targetPool``.
    let targets: [UInt32]

    /// Gathers the targets of all terminators.
    init(_ function: IRFunction) {
        let count = function.blocks.count
        var starts = [Int](repeating: 0, count: count + 1)
        for block in 0..<count {
            for call in function.targets(of: function.terminator(of: Block(block))) {
                starts[call.block.position + 1] += 1
            }
        }
        for block in 0..<count { starts[block + 1] += starts[block] }
        var sources = [UInt32](repeating: 0, count: starts[count])
        var targets = sources
        var next = starts
        for block in 0..<count {
            for target in function.terminator(of: Block(block)).targets.positions {
                let destination = function.targetPool[target].block.position
                sources[next[destination]] = UInt32(block)
                targets[next[destination]] = UInt32(target)
                next[destination] += 1
            }
        }
        self.starts = starts
        self.sources = sources
        self.targets = targets
    }

    /// The positions of the branches to a block.
    func positions(to block: Int) -> Range<Int> { starts[block]..<starts[block + 1] }
}
