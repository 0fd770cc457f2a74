import WasmModel

/// Puts zeros in place of calls and drops their arguments.
struct RemoveCalls: ReductionPass {
    let name = "calls"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in
            instruction.opcode == .call || instruction.opcode == .callIndirect || instruction.opcode == .callRef
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let functionTypes = subject.module.functionTypeIndices
        return subject.rewriting(items(subject.module).selection(range)) { _, instruction, body in
            let type: FunctionType?
            switch instruction.immediate {
            case .function(let callee):
                guard callee.position < functionTypes.count else { return false }
                type = subject.module.functionType(at: functionTypes[callee.position])
            case .callIndirect(let index, _), .type(let index):
                type = subject.module.functionType(at: index)
                body.drop(1)
            default: return false
            }
            guard let type else { return false }
            body.drop(type.parameters.count)
            body.pushZeros(type.results)
            return true
        }
    }
}
