import MachineCode

extension ARM64MachineForm {
    /// The name of an instruction's form and what it says beside its operands, for listings: `addImmediate.64 #12`,
    /// `loadIndexed loadW uxtw`, `foldedBranch compare.32 carryClear`.
    static func text(of instruction: MachineInstruction) -> String {
        let values = ARM64FieldValues(auxiliary: instruction.auxiliary)
        let immediate = instruction.immediate == 0 ? "" : " #\(instruction.immediate)"
        guard let sequence = sequence(instruction.form) else {
            let name = name(instruction.form)
            guard form(instruction.form) != nil else { return name + immediate }
            var text = "\(name).\(values.isDouble || values.is64 ? 64 : 32)"
            if values.modifier != 0 { text += " modifier \(values.modifier)" }
            if values.amount != 0 { text += " amount \(values.amount)" }
            return text + immediate
        }
        switch sequence {
        case .load, .store: return "\(sequence) \(access(values))\(immediate)"
        case .loadIndexed, .storeIndexed:
            // The amount is the extension above the shift.
            let extending = ARM64Extension(rawValue: values.amount >> 4).map { " \($0)" } ?? ""
            let shift = values.amount & 15
            return "\(sequence) \(access(values))\(extending)\(shift == 0 ? "" : " #\(shift)")"
        case .foldedSet, .foldedBranch, .foldedTrap, .foldedSelectInteger, .foldedSelectFloat, .foldedSelectVector:
            return "\(sequence) \(comparison(ARM64FoldedAuxiliary(bits: instruction.auxiliary), sequence, immediate))"
        case .floatConstant: return "\(sequence) 0x\(String(UInt64(bitPattern: instruction.immediate), radix: 16))"
        case .compareAndSet, .compareFloatsAndSet:
            let condition = ARM64Condition(rawValue: values.modifier).map { " \($0)" } ?? ""
            return "\(sequence).\(width(values))\(condition)"
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
        _ auxiliary: ARM64FoldedAuxiliary,
        _ sequence: ARM64Sequence,
        _ immediate: String
    ) -> String {
        var text = "\(auxiliary.setter).\(auxiliary.is64 || auxiliary.isDouble ? 64 : 32)\(immediate)"
        if auxiliary.isShifted { text += " lsl #12" }
        text += " \(auxiliary.condition)"
        if sequence == .foldedTrap { text += " trap code \(auxiliary.trapCode)" }
        return text
    }
}
