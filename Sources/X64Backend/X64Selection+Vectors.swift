import MachineCode
import SSA
import WasmModel

/// Vector instructions of wasm.
extension X64Selection {
    /// A form with an immediate, or a row of ``X64VectorRows``; nil where there is none.
    func vector(_ opcode: Opcode) -> SelectedInstruction? {
        if facts.foldsOperands, opcode == .i8x16Shuffle, let shuffle = shuffleOfOne() { return shuffle }
        if let (form, mask) = Self.shiftByImmediate(opcode), let amount = immediate(operand(1)) {
            return reusing(form, operand(0), .immediate(amount & mask))
        }
        return X64VectorTable.shared.programs.selectedInstruction(
            opcode,
            for: instruction,
            in: facts,
            X64MachineForm.numbering
        )
    }

    /// The shift of lanes by an immediate, and the bits of that which count. The shifts of bytes, and the signed one of 64 bits,
    /// have no such instruction.
    private static func shiftByImmediate(_ opcode: Opcode) -> (X64Form, Int64)? {
        switch opcode {
        case .i16x8Shl: (.psllwI, 15)
        case .i16x8ShrS: (.psrawI, 15)
        case .i16x8ShrU: (.psrlwI, 15)
        case .i32x4Shl: (.pslldI, 31)
        case .i32x4ShrS: (.psradI, 31)
        case .i32x4ShrU: (.psrldI, 31)
        case .i64x2Shl: (.psllqI, 63)
        case .i64x2ShrU: (.psrlqI, 63)
        default: nil
        }
    }

    /// A shuffle of one vector.
    private func shuffleOfOne() -> SelectedInstruction? {
        let constant = facts.function.vectorConstants[Int(instruction.immediate)]
        let (first, second) = facts.operands(of: instruction)
        let second16: UInt64 = 0x1010_1010_1010_1010
        let isOfFirst = (constant.low | constant.high) & second16 == 0
        let isOfSecond = constant.low & constant.high & second16 == second16
        guard first == second || isOfFirst || isOfSecond else { return nil }
        let source = isOfSecond ? second : first
        // Words that stay together are moved by one instruction that needs no mask.
        var selector: Int64 = 0
        for word in UInt64(0)..<4 {
            let half = word < 2 ? constant.low : constant.high
            let lanes = half >> (32 * (word & 1)) & 0x0F0F_0F0F
            guard lanes & 3 == 0, lanes == (lanes & 0xFF) * 0x0101_0101 + 0x0302_0100 else {
                return reusing(.shuffleOne, source, immediate: instruction.immediate)
            }
            selector |= Int64(lanes >> 2 & 3) << Int64(2 * word)
        }
        return defining(.pshufd, .value(source), immediate: selector)
    }
}
