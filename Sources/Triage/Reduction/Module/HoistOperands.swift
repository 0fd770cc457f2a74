import WasmModel

/// Puts one operand in place of what is made of it and others, however far above it stands.
struct HoistOperands: ReductionPass {
    let name = "operands"
    let walk = ReductionWalk.anywhere

    /// An instruction with more operands is a call of many, whose signature is cut instead.
    private static let mostOperands = 8

    private func items(_ subject: DecodedCase, _ effects: StackEffects) -> [[OperandRemoval.Item]] {
        subject.operandItems(effects) { node, number, _ in
            guard node.results == 1, node.operands.count <= Self.mostOperands else { return [] }
            // What is dropped lies above what is kept.
            let first = node.operands.firstIndex { $0 == nil } ?? node.operands.count - 1
            return node.operands.indices.prefix(first + 1).map { OperandRemoval.Item(node: number, keptOperand: $0) }
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
