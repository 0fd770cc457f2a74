import WasmModel

/// Calls a function of the module by its index where it is called through a table or a reference: one that has the type of the call.
struct CallDirectly: ReductionPass {
    let name = "direct calls"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in Self.direct(instruction.opcode) != nil }
    }

    private static func direct(_ opcode: Opcode) -> Opcode? {
        switch opcode {
        case .callIndirect, .callRef: .call
        case .returnCallIndirect, .returnCallRef: .returnCall
        default: nil
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let types = subject.module.functionTypeIndices
        // The first one, as those that call others come later as a rule.
        let callees = Dictionary(
            types.indices.compactMap { position in
                subject.module.functionType(at: types[position]).map { ($0, FunctionIndex(position)) }
            },
            uniquingKeysWith: { first, _ in first }
        )
        return subject.rewriting(items(subject.module).selection(range)) { _, instruction, body in
            let index: TypeIndex
            switch instruction.immediate {
            case .callIndirect(let type, _), .type(let type): index = type
            default: return false
            }
            guard let type = subject.module.functionType(at: index), let callee = callees[type],
                let opcode = Self.direct(instruction.opcode)
            else { return false }
            body.drop(1)
            body.append(Instruction(opcode, .function(callee)))
            return true
        }
    }
}
