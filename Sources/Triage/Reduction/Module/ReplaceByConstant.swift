import WasmModel

/// Puts constants in place of instructions that push one value, and drops their operands.
struct ReplaceByConstant: ReductionPass {
    /// What is put there.
    enum Constant {
        case zero
        /// In place of computed integers.
        case one
        /// In place of computed floats, which tell what depends on the sign of a zero.
        case minusZero
    }

    let constant: Constant
    let name = "values"
    let walk = ReductionWalk.anywhere

    init(_ constant: Constant) { self.constant = constant }

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in
            switch instruction.opcode {
            case .localGet, .globalGet: return constant == .zero
            case .i32Const, .i64Const, .f32Const, .f64Const, .v128Const: return false
            default:
                guard instruction.opcode.row.operands != nil, let results = instruction.opcode.row.results,
                    results.count == 1
                else { return false }
                guard case .value(let type) = results[0] else { return constant == .zero }
                return replacement(of: instruction, type) != nil
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
                guard let type, let replacement = replacement(of: instruction, type) else { return false }
                body.drop(instruction.opcode.row.operands?.count ?? 0)
                body.append(replacement)
                return true
            }
            guard let rewritten else { return nil }
            result = rewritten
        }
        return result
    }

    /// The constant for an instruction that pushes a value of a type; nil where there is none.
    private func replacement(of instruction: Instruction, _ type: ValueType) -> Instruction? {
        switch (constant, type) {
        case (.zero, _): return .zero(of: type)
        case (.one, .i32): return Instruction(.i32Const, .i32(1))
        case (.one, .i64): return Instruction(.i64Const, .i64(1))
        case (.minusZero, .f32): return Instruction(.f32Const, .f32(1 << 31))
        case (.minusZero, .f64): return Instruction(.f64Const, .f64(1 << 63))
        case (.minusZero, .v128):
            let name = instruction.opcode.row.name
            let half: UInt64? =
                name.hasPrefix("f32x4") ? 1 << 63 | 1 << 31 : name.hasPrefix("f64x2") ? 1 << 63 : nil
            return half.map { Instruction(.v128Const, .v128(V128(low: $0, high: $0))) }
        case (.one, _), (.minusZero, _): return nil
        }
    }
}
