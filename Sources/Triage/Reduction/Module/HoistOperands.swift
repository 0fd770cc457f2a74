import WasmModel

/// Puts one operand in place of an expression of several.
struct HoistOperands: ReductionPass {
    let name = "operands"
    let walk = ReductionWalk.anywhere

    private struct Hoisting {
        var expression: ExpressionForest.Expression
        var operand: Int
    }

    /// An instruction with more operands is a call of many, whose signature is cut instead.
    private static let mostOperands = 8

    private func lists(_ subject: DecodedCase) -> [[Hoisting]] {
        subject.expressions(StackEffects(subject.module)) { (2...Self.mostOperands).contains($0.operands.count) }
            .map { expressions in
                expressions.flatMap { expression in
                    expression.operands.indices.map { Hoisting(expression: expression, operand: $0) }
                }
            }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [lists(subject).reduce(0) { $0 + $1.count }] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        subject.replacing(lists(subject), range, \.expression) { hoisting, body in
            body[hoisting.expression.range(ofOperand: hoisting.operand)]
        }
    }
}
