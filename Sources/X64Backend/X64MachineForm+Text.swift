import MachineCode

extension X64MachineForm {
    /// The name of an instruction's form and what it says beside its operands, for listings: `addsd pool 0x3fe0000000000000`,
    /// `branch cmp32RM below`.
    static func text(of instruction: MachineInstruction) -> String {
        let number: UInt16
        switch numbering.meaning(of: instruction.form) {
        case .instruction(let position):
            return text(of: X64FormTable.forms[position], instruction)
        case .program:
            let name = name(instruction.form)
            return instruction.immediate == 0 ? name : "\(name) #\(instruction.immediate)"
        case .sequence(let value): number = value
        }
        let sequence = sequence(number)
        switch sequence {
        case .compareAndSet, .compareFloatsEqual, .compareFloatsNotEqual, .compareAndBranch, .compareAndTrap,
            .compareAndSelect32, .compareAndSelect64, .compareAndSelectVector:
            let comparison = X64ComparisonAuxiliary(bits: instruction.auxiliary)
            let right = right(comparison.right, instruction.immediate)
            var text = "\(sequence) \(comparison.form)\(right) \(comparison.condition)"
            if comparison.parity != .ignored { text += " \(comparison.parity)" }
            if sequence == .compareAndTrap { text += " trap code \(comparison.trapCode)" }
            return text
        case .copy: return "\(sequence)"
        case .floatConstant: return "\(sequence) 0x\(String(UInt64(bitPattern: instruction.immediate), radix: 16))"
        case .vectorConstant, .shuffleOne: return "\(sequence) #\(instruction.immediate)"
        case .select, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .floatMinimum,
            .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate, .reinterpret, .truncateToUnsigned64,
            .truncateSaturatingSigned, .truncateSaturatingUnsigned32, .truncateSaturatingUnsigned64,
            .convertUnsigned32, .convertUnsigned64:
            return "\(sequence)\(instruction.isDouble ? " double" : "")\(instruction.isWide ? " wide" : "")"
        }
    }

    private static func text(of form: X64Form, _ instruction: MachineInstruction) -> String {
        let places = X64OperandPlaces(bits: instruction.auxiliary)
        let right = right(places.right, instruction.immediate)
        switch places.pattern {
        case .reuse, .definition, .constant, .store, .storeBehindAddress: return "\(form)\(right)"
        case .storeImmediate: return "\(form)\(right) #\(instruction.immediate >> 32)"
        }
    }

    /// Where the right operand is; nothing where it is the last operand itself.
    private static func right(_ place: X64RightPlace, _ immediate: Int64) -> String {
        let displacement = Int32(truncatingIfNeeded: immediate)
        switch place.mode {
        case .location, .immediate: return immediate == 0 ? "" : " #\(immediate)"
        case .distant: return " [base + \(immediate)]"
        case .pooled: return " pool 0x\(String(UInt64(bitPattern: immediate), radix: 16))"
        case .context: return " [context + \(displacement)]"
        case .base: return " [base + \(displacement)]"
        case .baseAndIndex: return " [base + index * \(1 << Int(place.scaleShift)) + \(displacement)]"
        }
    }
}
