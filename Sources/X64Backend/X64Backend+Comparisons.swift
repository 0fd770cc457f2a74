import Invariants
import MachineCode

extension X64Backend {
    /// Emits a sequence that compares.
    func emitComparison(
        _ sequence: X64ComparingSequence,
        _ instruction: MachineInstruction,
        into emission: inout Emission
    ) {
        let comparison = X64ComparisonAuxiliary(bits: instruction.auxiliary)
        emission.append(comparison, instruction.immediate, from: sequence.leftOperand)
        let condition = comparison.condition
        switch sequence {
        case .set: emission.appendSet(condition, to: emission.encoding(0))
        case .setFloatsEqual:
            emission.appendSet(.notParity, to: X64GPR.ownScratch.rawValue)
            emission.appendSet(.equal, to: emission.encoding(0))
            emission.append(.and32RM, emission.encoding(0), X64GPR.ownScratch.rawValue)
        case .setFloatsNotEqual:
            emission.appendSet(.parity, to: X64GPR.ownScratch.rawValue)
            emission.appendSet(.notEqual, to: emission.encoding(0))
            emission.append(.or32RM, emission.encoding(0), X64GPR.ownScratch.rawValue)
        case .branch: emitBranch(condition, comparison.parity, into: &emission)
        case .trap: emission.appendJump(condition, to: emission.trapLabel(comparison.trapCode))
        case .select32:
            let second = emission.rm(2)
            emission.append(.cmovcc32RM, emission.encoding(0), rm: second, condition: condition.negated)
        case .select64:
            let second = emission.rm(2)
            emission.append(.cmovcc64RM, emission.encoding(0), rm: second, condition: condition.negated)
        case .selectVector:
            let skip = emission.appendShortJump(condition)
            emission.append(.movapsRM, emission.encoding(0), emission.encoding(2))
            emission.land(skip)
        }
    }

    /// Ends the block: to the first edge's target where the condition holds, to the second's elsewhere.
    private func emitBranch(
        _ condition: X64Condition,
        _ parity: X64ConditionShape.Parity,
        into emission: inout Emission
    ) {
        switch parity {
        case .ignored: break
        case .mustBeOrdered: emission.appendJump(.parity, to: emission.target(1))
        case .mayBeUnordered: emission.appendJump(.parity, to: emission.target(0))
        }
        if emission.isNext(0) {
            emission.appendJump(condition.negated, to: emission.target(1))
            return
        }
        emission.appendJump(condition, to: emission.target(0))
        if !emission.isNext(1) { emission.appendJump(to: emission.target(1)) }
    }
}

/// The sequences of ``X64Sequence`` that compare.
enum X64ComparingSequence {
    case set, setFloatsEqual, setFloatsNotEqual, branch, trap, select32, select64, selectVector

    /// The position of the left side of the comparison among the operands.
    var leftOperand: Int {
        switch self {
        case .set, .setFloatsEqual, .setFloatsNotEqual: 1
        case .branch, .trap: 0
        case .select32, .select64, .selectVector: 3
        }
    }
}

extension Emission {
    /// Appends a comparison, whose operands begin at a position.
    fileprivate mutating func append(
        _ comparison: X64ComparisonAuxiliary,
        _ immediate: Int64,
        from operand: Int
    ) {
        let left = encoding(operand)
        if comparison.right.mode == .immediate {
            append(comparison.form, rm: .register(left), immediate: immediate)
        } else {
            append(comparison.form, left, comparison.right, immediate, from: operand + 1)
        }
    }

    /// Appends the one instruction with a register and a right operand, whose operands begin at a position.
    mutating func append(
        _ form: X64Form,
        _ register: UInt8,
        _ right: X64RightPlace,
        _ immediate: Int64,
        from operand: Int
    ) {
        switch right.mode {
        case .location: append(form, register, rm: rm(operand), immediate: immediate)
        case .immediate, .context, .base, .baseAndIndex, .distant:
            let memory = memory(right, immediate, from: operand)
            append(form, register, rm: memory)
        case .pooled:
            append(form, register, rm: .memory(.relative(0)))
            let label = code.constant(low: UInt64(bitPattern: immediate), size: 1 << Int(right.scaleShift))
            code.fixUp(at: code.count - 4, to: label, .x64Relative32)
        }
    }

    /// The memory that a right operand is, whose operands begin at a position.
    mutating func memory(_ right: X64RightPlace, _ immediate: Int64, from operand: Int) -> X64RegisterOrMemory {
        let displacement = Int32(truncatingIfNeeded: immediate)
        switch right.mode {
        case .location, .immediate, .pooled: invariantFailed("right operand is memory")
        case .distant: return memory(register(operand), Int(immediate))
        case .context: return .memory(X64Memory(base: machine.context.encoding, displacement: displacement))
        case .base: return .memory(X64Memory(base: encoding(operand), displacement: displacement))
        case .baseAndIndex:
            return .memory(
                X64Memory(
                    base: encoding(operand),
                    index: encoding(operand + 1),
                    scaleShift: right.scaleShift,
                    displacement: displacement
                )
            )
        }
    }
}
