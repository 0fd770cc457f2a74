import WasmModel

/// Takes parameters and results from blocks: what goes in is dropped, zeros stand for what comes out.
struct EmptyBlockTypes: ReductionPass {
    let name = "block types"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in
            switch instruction.immediate {
            case .block(let type), .tryTable(let type, _): type != .empty
            default: false
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        SignatureTruncation.emptyBlocks(of: subject, items(subject.module).selection(range))
    }
}
