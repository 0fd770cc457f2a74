import WasmModel

/// Puts zeros in place of instructions that push one value, and drops their operands.
struct ReplaceByZero: ReductionPass {
    let name = "values"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in
            switch instruction.opcode {
            case .localGet, .globalGet: return true
            case .i32Const, .i64Const, .f32Const, .f64Const, .v128Const: return false
            default: return instruction.opcode.row.operands != nil && instruction.opcode.row.results?.count == 1
            }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let selection = items(subject.module).selection(range)
        let globals = subject.module.globalTypes
        let memories = subject.module.memoryTypes
        var locals: [Int: LocalTypeLookup] = [:]
        for (function, _) in selection {
            locals[function] = LocalTypeLookup(subject.module.functions[function], in: subject.module)
        }
        var result = subject
        for part in selection {
            let types = locals[part.function]
            let rewritten = result.rewriting([part]) { _, instruction, body in
                let type: ValueType?
                switch instruction.immediate {
                case .local(let index): type = types?[index]
                case .global(let index):
                    type = index.position < globals.count ? globals[index.position].valueType : nil
                default:
                    switch instruction.opcode.row.results?.first {
                    case .value(let value): type = value
                    case .address:
                        guard case .memory(let memory) = instruction.immediate, memory.position < memories.count
                        else { return false }
                        type = memories[memory.position].addressType.valueType
                    case nil: type = nil
                    }
                }
                guard let type else { return false }
                body.drop(instruction.opcode.row.operands?.count ?? 0)
                body.pushZeros(CollectionOfOne(type))
                return true
            }
            guard let rewritten else { return nil }
            result = rewritten
        }
        return result
    }
}
