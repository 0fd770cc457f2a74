import Invariants
import MachineCode

extension ARM64Backend {
    /// Emits a sequence that compares.
    func emitComparison(
        _ sequence: ARM64ComparingSequence,
        _ instruction: MachineInstruction,
        into emission: inout Emission
    ) {
        let auxiliary = ARM64ComparisonAuxiliary(bits: instruction.auxiliary)
        let condition = auxiliary.condition
        let immediate = instruction.immediate
        switch sequence {
        case .set:
            emission.appendComparison(auxiliary, immediate, from: 1)
            emission.appendSet(condition, to: emission.encoding(0))
        case .branch:
            // To the first edge's target where the condition holds, to the second's elsewhere.
            if emission.isNext(0) {
                emission.appendBranch(auxiliary, negated: true, immediate, to: emission.target(1))
                return
            }
            emission.appendBranch(auxiliary, negated: false, immediate, to: emission.target(0))
            if !emission.isNext(1) { emission.appendBranch(to: emission.target(1)) }
        case .trap:
            let label = emission.trapLabel(auxiliary.trapCode)
            emission.appendBranch(auxiliary, negated: false, immediate, to: label)
        case .selectInteger, .selectFloat:
            // Both widths of the selected values are treated as the wider one.
            emission.appendComparison(auxiliary, immediate, from: 3)
            emission.append(
                sequence == .selectInteger ? .csel : .fcsel,
                isDouble: true,
                d: emission.encoding(0),
                n: emission.encoding(1),
                m: emission.encoding(2),
                modifier: condition.rawValue
            )
        case .selectVector:
            // Goes over the scratch register, as the definition may be in the register of either value.
            let scratch = ARM64Register.ownVectorScratch
            emission.appendComparison(auxiliary, immediate, from: 3)
            emission.append(.orr16B, d: scratch, n: emission.encoding(1), m: emission.encoding(1))
            emission.append(.bCond, modifier: condition.rawValue, immediate: 8)
            emission.append(.orr16B, d: scratch, n: emission.encoding(2), m: emission.encoding(2))
            emission.append(.orr16B, d: emission.encoding(0), n: scratch, m: scratch)
        }
    }

    /// Emits a load or store at a base and an index, which are the last operands.
    func emitIndexed(_ values: ARM64FieldValues, into emission: inout Emission) {
        emission.append(
            ARM64Access(rawValue: values.modifier)!.forms.register,
            d: emission.encoding(0),
            n: emission.encoding(1),
            m: emission.encoding(2),
            modifier: values.amount >> 4,
            amount: values.amount & 15
        )
    }
}

/// The sequences of ``ARM64Sequence`` that begin with a comparison.
enum ARM64ComparingSequence {
    case set, branch, trap, selectInteger, selectFloat, selectVector
}

/// What the sequences that compare keep in ``MachineInstruction/auxiliary``.
struct ARM64ComparisonAuxiliary {
    var setter: ARM64FlagSetter
    var is64: Bool
    var isDouble: Bool
    var isShifted: Bool
    var condition: ARM64Condition
    var trapCode: UInt32

    init(_ shape: ARM64ConditionShape, trapCode: UInt32 = 0) {
        setter = shape.setter
        is64 = shape.is64
        isDouble = shape.isDouble
        isShifted = shape.isShifted
        condition = shape.condition
        self.trapCode = trapCode
    }

    /// From bit 0 on: 3 bits of setter, one each for the widths and the shift, 4 of condition, 16 of trap code.
    var bits: UInt32 {
        invariant(trapCode < 1 << 16, "trap code \(trapCode) fits its field")
        let flags = (is64 ? UInt32(8) : 0) | (isDouble ? 16 : 0) | (isShifted ? 32 : 0)
        return UInt32(setter.rawValue) | flags | UInt32(condition.rawValue) << 6 | trapCode << 10
    }

    init(bits: UInt32) {
        setter = ARM64FlagSetter(rawValue: UInt8(bits & 7))!
        is64 = bits & 8 != 0
        isDouble = bits & 16 != 0
        isShifted = bits & 32 != 0
        condition = ARM64Condition(rawValue: UInt8(bits >> 6 & 15))!
        trapCode = bits >> 10
    }
}

extension Emission {
    /// Appends the comparison of a condition, whose operands begin at a position.
    fileprivate mutating func appendComparison(
        _ auxiliary: ARM64ComparisonAuxiliary,
        _ immediate: Int64,
        from operand: Int
    ) {
        let is64 = auxiliary.is64
        let left = encoding(operand)
        let zero = ARM64Register.zero
        switch auxiliary.setter {
        case .compare: append(.subsShifted, is64: is64, d: zero, n: left, m: encoding(operand + 1))
        case .test: append(.andsShifted, is64: is64, d: zero, n: left, m: encoding(operand + 1))
        case .testImmediate: append(.andsImmediate, is64: is64, d: zero, n: left, immediate: immediate)
        case .compareFloats: append(.fcmp, isDouble: auxiliary.isDouble, n: left, m: encoding(operand + 1))
        case .compareImmediate, .compareNegatedImmediate:
            append(
                auxiliary.setter == .compareImmediate ? .subsImmediate : .addsImmediate,
                is64: is64,
                d: zero,
                n: left,
                amount: auxiliary.isShifted ? 12 : 0,
                immediate: immediate
            )
        }
    }

    /// Appends the comparison of a condition, whose operands are the first, and a branch that is taken where it holds.
    fileprivate mutating func appendBranch(
        _ auxiliary: ARM64ComparisonAuxiliary,
        negated: Bool,
        _ immediate: Int64,
        to label: Label
    ) {
        let condition = negated ? auxiliary.condition.negated : auxiliary.condition
        if auxiliary.setter == .compareImmediate && immediate == 0 && (condition == .equal || condition == .notEqual) {
            let form: ARM64Form = condition == .equal ? .cbz : .cbnz
            let opposite: ARM64Form = condition == .equal ? .cbnz : .cbz
            switch branchReach {
            case .near:
                append(form, is64: auxiliary.is64, d: encoding(0))
                code.fixUp(at: code.count - 4, to: label, .arm64Branch19)
            case .far:
                append(opposite, is64: auxiliary.is64, d: encoding(0), immediate: 8)
                appendBranch(to: label)
            }
            return
        }
        appendComparison(auxiliary, immediate, from: 0)
        appendBranch(condition, to: label)
    }
}
