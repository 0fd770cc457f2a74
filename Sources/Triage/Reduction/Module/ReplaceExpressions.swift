import WasmModel

/// Puts zeros in place of whole expressions, with the calls and blocks that are in them.
struct ReplaceExpressions: ReductionPass {
    let name = "expressions"
    let walk = ReductionWalk.anywhere

    private func lists(_ subject: DecodedCase) -> [[ExpressionForest.Expression]] {
        subject.expressions(StackEffects(subject.module)) { $0.position > $0.start && $0.type != nil }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [lists(subject).reduce(0) { $0 + $1.count }] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        subject.replacing(lists(subject), range, { $0 }) { expression, _ in
            [expression.type.map(Instruction.zero(of:)) ?? Instruction(.unreachable)]
        }
    }
}
