/// The blocks of a function and the ways between them; block 0 is the entry.
public struct FlowGraph: Sendable {
    /// By block, the first position of its successors; one entry more than there are blocks.
    @usableFromInline var starts: [Int] = [0]
    @usableFromInline var targets: [UInt32] = []

    /// Makes a graph without blocks, with room for so many.
    public init(blockCount: Int) { starts.reserveCapacity(blockCount + 1) }

    /// Adds a block with the blocks that control may go to from its end; these may be added later, but must be in the end.
    @inlinable
    public mutating func addBlock(successors: some Sequence<Int>) {
        for target in successors { targets.append(UInt32(target)) }
        starts.append(targets.count)
    }

    /// The number of blocks.
    public var blockCount: Int { starts.count - 1 }

    /// The blocks that control may go to from a block's end; as often as there are ways.
    public func successors(of block: Int) -> ArraySlice<UInt32> { targets[starts[block]..<starts[block + 1]] }

    /// By block, whether it is the header of a cycle: every cycle that control can reach goes through one of these.
    ///
    /// They are the targets of the edges that go back to a block that a depth-first walk has not left; where each cycle has one
    /// entry only, these are the headers of the loops.
    public func cycleHeaders() -> [Bool] {
        var isHeader = [Bool](repeating: false, count: blockCount)
        if blockCount == 0 { return isHeader }
        var isOpen = isHeader
        // By block, the position of the successor that is looked at next.
        var next = starts
        var path: [UInt32] = [0]
        isOpen[0] = true
        while let last = path.last {
            let block = Int(last)
            guard next[block] < starts[block + 1] else {
                isOpen[block] = false
                path.removeLast()
                continue
            }
            let target = Int(targets[next[block]])
            next[block] += 1
            if isOpen[target] {
                isHeader[target] = true
            } else if next[target] == starts[target] && starts[target] < starts[target + 1] {
                isOpen[target] = true
                path.append(UInt32(target))
            }
        }
        return isHeader
    }
}
