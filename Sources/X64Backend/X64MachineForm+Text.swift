import MachineCode

extension X64MachineForm {
    /// The name of an instruction's form and what it says beside its operands, for listings: `addsd pool 0x3fe0000000000000`,
    /// `branch cmp32RM below`.
    static func text(of instruction: MachineInstruction) -> String {
        guard let sequence = sequence(instruction.form) else {
            let name = name(instruction.form)
            return instruction.immediate == 0 ? name : "\(name) #\(instruction.immediate)"
        }
        switch sequence {
        case .compareAndSet, .compareImmediateAndSet, .compareFloatsEqual, .compareFloatsNotEqual:
            let text = "\(sequence) \(instruction.comparisonForm) \(instruction.condition)"
            return sequence == .compareImmediateAndSet ? "\(text) #\(instruction.immediate)" : text
        case .foldedReuse, .foldedDefinition, .foldedStore:
            let auxiliary = X64FoldedAuxiliary(bits: instruction.auxiliary)
            return "\(auxiliary.form)\(right(auxiliary, instruction.immediate))"
        case .foldedStoreImmediate:
            let auxiliary = X64FoldedAuxiliary(bits: instruction.auxiliary)
            return "\(auxiliary.form)\(right(auxiliary, instruction.immediate)) #\(instruction.immediate >> 32)"
        case .foldedSet, .foldedBranch, .foldedTrap, .foldedSelect32, .foldedSelect64, .foldedSelectVector:
            let auxiliary = X64FoldedAuxiliary(bits: instruction.auxiliary)
            var text = "\(sequence) \(auxiliary.form)\(right(auxiliary, instruction.immediate)) \(auxiliary.condition)"
            if auxiliary.parity != .ignored { text += " \(auxiliary.parity)" }
            if sequence == .foldedTrap { text += " trap code \(auxiliary.trapCode)" }
            return text
        case .foldedCopy: return "\(sequence)"
        case .floatConstant: return "\(sequence) 0x\(String(UInt64(bitPattern: instruction.immediate), radix: 16))"
        case .vectorConstant, .foldedShuffle: return "\(sequence) #\(instruction.immediate)"
        case .select, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .floatMinimum,
            .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate, .reinterpret, .truncateToUnsigned64,
            .truncateSaturatingSigned, .truncateSaturatingUnsigned32, .truncateSaturatingUnsigned64,
            .convertUnsigned32, .convertUnsigned64:
            return "\(sequence)\(instruction.isDouble ? " double" : "")\(instruction.isWide ? " wide" : "")"
        }
    }

    /// Where the right operand is; nothing where it is the last operand itself.
    private static func right(_ auxiliary: X64FoldedAuxiliary, _ immediate: Int64) -> String {
        let displacement = Int32(truncatingIfNeeded: immediate)
        switch auxiliary.mode {
        case .location: return ""
        case .immediate: return " #\(immediate)"
        case .pooled: return " pool 0x\(String(UInt64(bitPattern: immediate), radix: 16))"
        case .context: return " [context + \(displacement)]"
        case .base: return " [base + \(displacement)]"
        case .baseAndIndex: return " [base + index * \(1 << Int(auxiliary.scaleShift)) + \(displacement)]"
        }
    }
}
