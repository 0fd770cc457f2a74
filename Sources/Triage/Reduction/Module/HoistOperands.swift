import WasmModel

/// Puts one operand in place of what is made of it and others, however far above it stands.
struct HoistOperands: ReductionPass, OperandPass {
    let name = "operands"

    /// An instruction with more operands is a call of many, whose signature is cut instead.
    private static let mostOperands = 8

    func items(
        _ node: OperandTrees.Node,
        _ number: Int,
        _ head: Instruction,
        in module: OperandTrees.Context
    ) -> [OperandRemoval.Item] {
        guard node.results == 1, node.operands.count <= Self.mostOperands else { return [] }
        // What is dropped lies above what is kept.
        let first = node.operands.firstIndex { $0 == nil } ?? node.operands.count - 1
        return node.operands.indices.prefix(first + 1).map { OperandRemoval.Item(node: number, keptOperand: $0) }
    }
}
