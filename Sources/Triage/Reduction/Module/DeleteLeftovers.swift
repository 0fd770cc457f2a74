import WasmModel

/// Deletes what makes values that a `return` or a trap at the end of a function leaves behind: instructions that only push one value.
struct DeleteLeftovers: ReductionPass {
    let name = "leftovers"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { function, instruction in
            [.return, .unreachable].contains(function.body.dropLast().last?.opcode)
                && instruction.operandCountIfRemovable == 0
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        subject.rewriting(items(subject.module).selection(range)) { _, _, _ in true }
    }
}
