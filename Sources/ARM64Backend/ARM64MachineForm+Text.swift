import MachineCode

extension ARM64MachineForm {
    /// The name of an instruction's form and what it says beside its operands, for listings: `addImmediate.64 #12`,
    /// `loadIndexed loadW uxtw`, `compareAndBranch compare.32 carryClear`.
    static func text(of instruction: MachineInstruction) -> String {
        let values = ARM64FieldValues(auxiliary: instruction.auxiliary)
        let immediate = instruction.immediate == 0 ? "" : " #\(instruction.immediate)"
        let sequence: ARM64Sequence
        switch numbering.meaning(of: instruction.form) {
        case .program: return name(instruction.form) + immediate
        case .instruction:
            var text = "\(name(instruction.form)).\(width(values))"
            if values.modifier != 0 { text += " modifier \(values.modifier)" }
            if values.amount != 0 { text += " amount \(values.amount)" }
            return text + immediate
        case .sequence(let number): sequence = self.sequence(number)
        }
        switch sequence {
        case .load, .store: return "\(sequence) \(access(values))\(immediate)"
        case .loadIndexed, .storeIndexed:
            // The amount is the extension above the shift.
            let extending = ARM64Extension(rawValue: values.amount >> 4).map { " \($0)" } ?? ""
            let shift = values.amount & 15
            return "\(sequence) \(access(values))\(extending)\(shift == 0 ? "" : " #\(shift)")"
        case .compareAndSet, .compareAndBranch, .compareAndTrap, .compareAndSelectInteger, .compareAndSelectFloat,
            .compareAndSelectVector:
            return
                "\(sequence) \(comparison(ARM64ComparisonAuxiliary(bits: instruction.auxiliary), sequence, immediate))"
        case .floatConstant: return "\(sequence) 0x\(String(UInt64(bitPattern: instruction.immediate), radix: 16))"
        case .moveLowHalf, .vectorConstant: return "\(sequence)\(immediate)"
        case .rotateLeft, .countTrailingZeros, .populationCount, .remainderSigned, .remainderUnsigned, .selectInteger,
            .selectFloat, .selectVector, .floatCopySign:
            return "\(sequence).\(width(values))"
        }
    }

    private static func width(_ values: ARM64FieldValues) -> Int { values.is64 || values.isDouble ? 64 : 32 }

    private static func access(_ values: ARM64FieldValues) -> String {
        ARM64Access(rawValue: values.modifier).map { "\($0)" } ?? "access \(values.modifier)"
    }

    private static func comparison(
        _ auxiliary: ARM64ComparisonAuxiliary,
        _ sequence: ARM64Sequence,
        _ immediate: String
    ) -> String {
        var text = "\(auxiliary.setter).\(auxiliary.is64 || auxiliary.isDouble ? 64 : 32)\(immediate)"
        if auxiliary.isShifted { text += " lsl #12" }
        text += " \(auxiliary.condition)"
        if sequence == .compareAndTrap { text += " trap code \(auxiliary.trapCode)" }
        return text
    }
}
