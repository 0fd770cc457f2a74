import WasmModel

/// Deletes instructions that use up values, with what made those, however far above; one of several values is dropped instead.
struct RemoveSinks: ReductionPass, OperandPass {
    let name = "sinks"

    func items(
        _ node: OperandTrees.Node,
        _ number: Int,
        _ head: Instruction,
        in module: OperandTrees.Context
    ) -> [OperandRemoval.Item] {
        guard node.results == 0, !node.operands.isEmpty else { return [] }
        // A drop of what cannot be taken away stays.
        return head.opcode == .drop && node.operands == [nil] ? [] : [OperandRemoval.Item(node: number)]
    }
}
