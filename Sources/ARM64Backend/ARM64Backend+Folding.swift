import Invariants
import MachineCode
import RegisterAllocation
import SSA

extension ARM64Backend {
    public func folding(for function: IRFunction) -> OperandFolding? {
        var folding = OperandFolding(function)
        folding.forEachNeeded(of: function) { folding, position, instruction in
            switch ARM64Folder.shape(of: instruction, at: position, in: function, folding) {
            case .plain:
                for value in function.operands(of: instruction) { folding.need(value) }
            case .single(_, _, let first, let second, let third, immediate: _):
                folding.need(first)
                if let second { folding.need(second) }
                if let third { folding.need(third) }
            case .loading(_, let address):
                folding.need(address.base)
                folding.need(address.index)
            case .storing(_, let address, let value):
                folding.need(address.base)
                folding.need(address.index)
                folding.need(value)
            case .loadingAt(_, let base, offset: _): folding.need(base)
            case .storingAt(_, let base, offset: _, let value):
                folding.need(base)
                folding.need(value)
            case .comparing(let condition), .branching(let condition), .trapping(let condition):
                folding.need(condition)
            case .selecting(let condition, let first, let second):
                folding.need(condition)
                folding.need(first)
                folding.need(second)
            }
        }
        return folding
    }

    /// Selects an instruction with what it folds.
    /// - Returns: false where it folds nothing; nothing has been added then.
    func selectFolded(
        _ instruction: InstructionRecord,
        _ folding: OperandFolding,
        into selection: inout Selection
    ) -> Bool {
        switch ARM64Folder.shape(of: instruction, at: selection.currentPosition, in: selection.function, folding) {
        case .plain: return false
        case .single(let form, var values, let first, let second, let third, let immediate):
            selection.define(selection.result())
            selection.use(selection.register(of: first))
            if let second { selection.use(selection.register(of: second)) }
            if let third { selection.use(selection.register(of: third)) }
            values.operandCount = UInt8(selection.pendingOperandCount)
            selection.finish(ARM64MachineForm.number(form), auxiliary: values.auxiliary, immediate: immediate)
        case .loading(let access, let address):
            selection.define(selection.result())
            selection.finish(.loadIndexed, access, address)
        case .storing(let access, let address, let value):
            selection.use(selection.register(of: value))
            selection.finish(.storeIndexed, access, address)
        case .loadingAt(let access, let base, let offset):
            selection.define(selection.result())
            selection.use(selection.register(of: base))
            let values = ARM64FieldValues(modifier: access.rawValue)
            selection.finish(ARM64MachineForm.number(.load), auxiliary: values.auxiliary, immediate: offset)
        case .storingAt(let access, let base, let offset, let value):
            selection.use(selection.register(of: base))
            selection.use(selection.register(of: value))
            let values = ARM64FieldValues(modifier: access.rawValue)
            selection.finish(ARM64MachineForm.number(.store), auxiliary: values.auxiliary, immediate: offset)
        case .comparing(let condition):
            selection.define(selection.result())
            selection.finish(.foldedSet, condition)
        case .branching(let condition): selection.finish(.foldedBranch, condition)
        case .trapping(let condition):
            selection.finish(.foldedTrap, condition, trapCode: UInt32(instruction.immediate))
        case .selecting(let condition, let first, let second):
            selection.define(selection.result())
            selection.use(selection.register(of: first))
            selection.use(selection.register(of: second))
            let sequence: ARM64Sequence
            switch instruction.type {
            case .i32, .i64, .reference: sequence = .foldedSelectInteger
            case .f32, .f64: sequence = .foldedSelectFloat
            case .v128: sequence = .foldedSelectVector
            }
            selection.finish(sequence, condition)
        }
        return true
    }

    // MARK: Emission

    /// Emits the sequences with folded operands.
    func emitFolded(_ sequence: ARM64FoldedSequence, _ instruction: MachineInstruction, into emission: inout Emission) {
        let auxiliary = ARM64FoldedAuxiliary(bits: instruction.auxiliary)
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

extension OperandFolding {
    fileprivate mutating func need(_ condition: ARM64ConditionShape) {
        need(condition.left)
        if let right = condition.right { need(right) }
    }
}

extension Selection {
    /// A load or store: the amount of its field values is the extension above the shift.
    fileprivate mutating func finish(
        _ sequence: ARM64Sequence,
        _ access: ARM64Access,
        _ address: ARM64IndexedAddress
    ) {
        use(register(of: address.base))
        use(register(of: address.index))
        let amount = address.extending.rawValue << 4 | address.shift
        let values = ARM64FieldValues(modifier: access.rawValue, amount: amount)
        finish(ARM64MachineForm.number(sequence), auxiliary: values.auxiliary)
    }

    fileprivate mutating func finish(
        _ sequence: ARM64Sequence,
        _ shape: ARM64ConditionShape,
        trapCode: UInt32 = 0
    ) {
        use(register(of: shape.left))
        if let right = shape.right { use(register(of: right)) }
        let auxiliary = ARM64FoldedAuxiliary(
            setter: shape.setter,
            is64: shape.is64,
            isDouble: shape.isDouble,
            isShifted: shape.isShifted,
            condition: shape.condition,
            trapCode: trapCode
        )
        finish(ARM64MachineForm.number(sequence), auxiliary: auxiliary.bits, immediate: shape.immediate)
    }
}

/// The sequences of ``ARM64Sequence`` that begin with a comparison.
enum ARM64FoldedSequence {
    case set, branch, trap, selectInteger, selectFloat, selectVector
}

/// What the folded sequences keep in ``MachineInstruction/auxiliary``.
struct ARM64FoldedAuxiliary {
    var setter: ARM64FlagSetter
    var is64: Bool
    var isDouble: Bool
    var isShifted: Bool
    var condition: ARM64Condition
    var trapCode: UInt32

    init(
        setter: ARM64FlagSetter,
        is64: Bool,
        isDouble: Bool,
        isShifted: Bool,
        condition: ARM64Condition,
        trapCode: UInt32
    ) {
        self.setter = setter
        self.is64 = is64
        self.isDouble = isDouble
        self.isShifted = isShifted
        self.condition = condition
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
        _ auxiliary: ARM64FoldedAuxiliary,
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
        _ auxiliary: ARM64FoldedAuxiliary,
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
