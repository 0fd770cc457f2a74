import WasmModel

/// Deletes instructions that use up values, with what made those, however far above; one of several values is dropped instead.
struct RemoveSinks: ReductionPass {
    let name = "sinks"
    let walk = ReductionWalk.anywhere

    private func items(_ subject: DecodedCase, _ effects: StackEffects) -> [[OperandRemoval.Item]] {
        subject.operandItems(effects) { node, number, head in
            guard node.results == 0, !node.operands.isEmpty else { return [] }
            // A drop of what cannot be taken away stays.
            return head.opcode == .drop && node.operands == [nil] ? [] : [OperandRemoval.Item(node: number)]
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
