import WasmModel

/// Puts one in place of integers, and zero in place of offsets of memory accesses, that take more than one byte.
struct ShrinkNumbers: ReductionPass {
    let name = "numbers"
    let walk = ReductionWalk.anywhere

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in Self.shrunk(instruction) != nil }
    }

    /// What takes one byte, by the variable-length encodings; nil of anything else.
    ///
    /// Spec: core 3.0, section 5.2.2 "Integers".
    private static func shrunk(_ instruction: Instruction) -> Instruction? {
        switch instruction.immediate {
        case .i32(let value) where !(-64..<64).contains(value): return Instruction(instruction.opcode, .i32(1))
        case .i64(let value) where !(-64..<64).contains(value): return Instruction(instruction.opcode, .i64(1))
        case .memoryArgument(var argument) where argument.offset >= 128:
            argument.offset = 0
            return Instruction(instruction.opcode, .memoryArgument(argument))
        default: return nil
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [items(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        subject.rewriting(items(subject.module).selection(range)) { _, instruction, body in
            guard let shrunk = Self.shrunk(instruction) else { return false }
            body.append(shrunk)
            return true
        }
    }
}
