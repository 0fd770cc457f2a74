import WasmModel

/// Puts zeros in place of values, with the calls and blocks that make them, and whatever makes their operands.
struct ReplaceExpressions: ReductionPass, OperandPass {
    let name = "expressions"

    func items(
        _ node: OperandTrees.Node,
        _ number: Int,
        _ head: Instruction,
        in module: OperandTrees.Context
    ) -> [OperandRemoval.Item] {
        guard node.results == 1, node.instructions.count > 1 || !node.operands.isEmpty,
            let type = module.resultType(of: head)
        else { return [] }
        return [OperandRemoval.Item(node: number, replacement: .zero(of: type))]
    }
}
