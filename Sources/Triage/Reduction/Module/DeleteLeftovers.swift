import WasmModel

/// Deletes what makes values that a branch out of a function, or a trap, leaves behind: instructions that only push one value.
struct DeleteLeftovers: ReductionPass {
    let name = "leftovers"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(
            module,
            in: { $0.body.withDepths.contains { $0.depth == 0 && $0.instruction.opcode.isUnconditionalBranch } },
            { $1.operandCountIfRemovable == 0 }
        )
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        subject.rewriting(items(subject.module).selection(range)) { _, _, _ in true }
    }
}
