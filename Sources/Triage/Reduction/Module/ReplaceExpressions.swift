import WasmModel

/// Puts zeros in place of values, with the calls and blocks that make them, and whatever makes their operands.
struct ReplaceExpressions: ReductionPass {
    let name = "expressions"
    let walk = ReductionWalk.anywhere

    private func items(_ subject: DecodedCase, _ effects: StackEffects) -> [[OperandRemoval.Item]] {
        let functionTypes = subject.module.functionTypeIndices
        return subject.operandItems(effects) { node, number, head in
            guard node.results == 1, node.instructions.count > 1 || !node.operands.isEmpty,
                let type = subject.module.resultType(of: head, functionTypes)
            else { return [] }
            return [OperandRemoval.Item(node: number, replacement: .zero(of: type))]
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [items(subject, StackEffects(subject.module)).reduce(0) { $0 + $1.count }]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let effects = StackEffects(subject.module)
        return subject.removing(items(subject, effects), range, effects)
    }
}
