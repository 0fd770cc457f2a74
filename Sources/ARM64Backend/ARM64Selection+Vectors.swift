import MachineCode
import SSA
import WasmModel

/// Vector instructions of wasm.
extension ARM64Selection {
    /// A form with an immediate, or a row of ``ARM64VectorRows``; nil where there is none.
    func vector(_ opcode: Opcode) -> SelectedInstruction? {
        if let (form, arrangement) = Self.shiftByImmediate(opcode), let number = facts.constant(operand(1)) {
            let amount = number & (Int64(8) << Int64(arrangement.size) - 1)
            let values = ARM64FieldValues(modifier: arrangement.rawValue)
            // There is no shift to the right by nothing.
            return single(amount == 0 ? .shl : form, values, operand(0), immediate: amount)
        }
        return ARM64VectorTable.shared.programs.selectedInstruction(
            opcode,
            for: instruction,
            in: facts,
            ARM64MachineForm.numbering
        )
    }

    /// The shift of lanes by an immediate.
    private static func shiftByImmediate(_ opcode: Opcode) -> (ARM64Form, ARM64Arrangement)? {
        switch opcode {
        case .i8x16Shl: (.shl, .bytes16)
        case .i8x16ShrS: (.sshr, .bytes16)
        case .i8x16ShrU: (.ushr, .bytes16)
        case .i16x8Shl: (.shl, .halfwords8)
        case .i16x8ShrS: (.sshr, .halfwords8)
        case .i16x8ShrU: (.ushr, .halfwords8)
        case .i32x4Shl: (.shl, .words4)
        case .i32x4ShrS: (.sshr, .words4)
        case .i32x4ShrU: (.ushr, .words4)
        case .i64x2Shl: (.shl, .doublewords2)
        case .i64x2ShrS: (.sshr, .doublewords2)
        case .i64x2ShrU: (.ushr, .doublewords2)
        default: nil
        }
    }
}
