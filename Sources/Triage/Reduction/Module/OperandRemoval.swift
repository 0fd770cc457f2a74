import WasmModel

/// Takes instructions of a body away, with what makes their operands.
struct OperandRemoval {
    /// What is taken away.
    struct Item {
        var node: Int
        /// Which of the operands is left in the place of the value.
        var keptOperand: Int?
        /// What is put in the place of the value.
        var replacement: Instruction?
    }

    private let trees: OperandTrees
    private var isRemoved: [Bool]
    /// What is put in the place of instructions, by their positions.
    private var inserted: [Int: [Instruction]] = [:]

    init(_ trees: OperandTrees, of body: [Instruction]) {
        self.trees = trees
        isRemoved = [Bool](repeating: false, count: body.count)
    }

    /// Takes an item away; of those in each other the outermost comes first.
    mutating func remove(_ item: Item) {
        if isTaken(item.node) { return }
        var pending = take(item.node).enumerated().filter { $0.offset != item.keptOperand }.map(\.element)
        dropUnknown(of: pending, at: item.node)
        if let replacement = item.replacement {
            inserted[trees.nodes[item.node].instructions.lowerBound, default: []].append(replacement)
        }
        while let operand = pending.popLast() {
            guard let operand, !isTaken(operand) else { continue }
            let operands = take(operand)
            dropUnknown(of: operands, at: operand)
            pending += operands
        }
    }

    /// Whether a node is removed, by itself or with a block around it.
    private func isTaken(_ number: Int) -> Bool { isRemoved[trees.nodes[number].instructions.lowerBound] }

    /// Removes the instructions of a node.
    /// - Returns: its operands.
    private mutating func take(_ number: Int) -> [Int?] {
        let node = trees.nodes[number]
        for position in node.instructions { isRemoved[position] = true }
        return node.operands
    }

    /// One of several values stays on the stack, and is dropped where it was used.
    private mutating func dropUnknown(of operands: [Int?], at number: Int) {
        let count = operands.count { $0 == nil }
        guard count > 0 else { return }
        inserted[trees.nodes[number].instructions.lowerBound] = [Instruction](
            repeating: Instruction(.drop),
            count: count
        )
    }

    /// What is left of the body.
    func applied(to body: [Instruction]) -> [Instruction] {
        var left: [Instruction] = []
        left.reserveCapacity(body.count)
        for position in body.indices {
            if let instructions = inserted[position] { left += instructions }
            if !isRemoved[position] { left.append(body[position]) }
        }
        return left
    }
}
