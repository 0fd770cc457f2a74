import Invariants
import MachineCode
import RegisterAllocation
import SSA
import WasmModel

extension X64Backend {
    public func folding(for function: IRFunction) -> OperandFolding? {
        var folding = OperandFolding(function)
        folding.forEachNeeded(of: function) { folding, position, instruction in
            switch X64Folder.shape(of: instruction, at: position, in: function, folding) {
            case .plain:
                for value in function.operands(of: instruction) { folding.need(value) }
            case .reusing(_, let left, let right):
                folding.need(left)
                folding.need(right)
            case .defining(_, let right): folding.need(right)
            case .definingImmediate(_, let value, _), .reusingImmediate(_, let value, _), .shuffling(let value),
                .copying(let value):
                folding.need(value)
            case .storing(_, let value, let address):
                folding.need(value)
                folding.need(.memory(address))
            case .storingImmediate(_, let address, _): folding.need(.memory(address))
            case .comparing(let condition), .branching(let condition), .trapping(let condition):
                folding.need(condition.left)
                folding.need(condition.right)
            case .selecting(let condition, let first, let second):
                folding.need(condition.left)
                folding.need(condition.right)
                folding.need(first)
                folding.need(second)
            }
        }
        return folding
    }

    /// Selects an instruction with what it folds.
    /// - Returns: false where it folds nothing; nothing has been added then.
    func selectFolded(_ instruction: InstructionRecord, into selection: inout Selection) -> Bool {
        switch selection.foldedShape(of: instruction) {
        case .plain: return false
        case .reusing(let form, let left, let right):
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.register(of: left))
            selection.finish(.foldedReuse, X64FoldedAuxiliary(form), selection.use(right))
        case .defining(let form, let right):
            selection.define(selection.result())
            selection.finish(.foldedDefinition, X64FoldedAuxiliary(form), selection.use(right))
        case .definingImmediate(let form, let value, let immediate):
            selection.define(selection.result())
            selection.use(selection.register(of: value), .any)
            selection.finish(
                X64MachineForm.number(form),
                auxiliary: X64OperandPattern.source.rawValue,
                immediate: immediate
            )
        case .reusingImmediate(let form, let value, let immediate):
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.register(of: value))
            selection.finish(
                X64MachineForm.number(form),
                auxiliary: X64OperandPattern.reuse.rawValue,
                immediate: immediate
            )
        case .copying(let value):
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.register(of: value))
            selection.finish(X64MachineForm.number(.foldedCopy))
        case .shuffling(let value):
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.register(of: value))
            selection.finish(X64MachineForm.number(.foldedShuffle), immediate: instruction.immediate)
        case .storing(let form, let value, let address):
            selection.use(selection.register(of: value))
            selection.finish(.foldedStore, X64FoldedAuxiliary(form), selection.use(.memory(address)))
        case .storingImmediate(let form, let address, let immediate):
            var right = selection.use(.memory(address))
            right.immediate |= Int64(immediate) << 32
            selection.finish(.foldedStoreImmediate, X64FoldedAuxiliary(form), right)
        case .comparing(let condition):
            selection.define(selection.result())
            selection.finish(.foldedSet, condition)
        case .branching(let condition): selection.finish(.foldedBranch, condition)
        case .trapping(let condition):
            selection.finish(.foldedTrap, condition, trapCode: UInt32(instruction.immediate))
        case .selecting(let condition, let first, let second):
            selection.define(selection.result(), .reuse(1))
            selection.use(selection.register(of: first))
            selection.use(selection.register(of: second), instruction.type.isInteger ? .any : .register)
            let sequence: X64Sequence =
                instruction.type.isInteger
                ? (instruction.type.size == 8 ? .foldedSelect64 : .foldedSelect32) : .foldedSelectVector
            selection.finish(sequence, condition)
        }
        return true
    }
}

extension OperandFolding {
    fileprivate mutating func need(_ right: X64RightOperand) {
        switch right {
        case .value(let value): need(value)
        case .immediate, .pooled: break
        case .memory(let address):
            if let base = address.base { need(base) }
            if let index = address.index { need(index) }
        }
    }
}

/// How a folded machine instruction keeps its right operand; see ``X64FoldedAuxiliary``.
private struct FoldedRight {
    var mode: X64FoldedAuxiliary.Mode
    var scaleShift: UInt8 = 0
    /// The immediate, or the displacement in the low 32 bits.
    var immediate: Int64 = 0
}

extension Selection {
    /// What the current instruction folds. A function of its own that changes nothing, so that the facts are not copied.
    fileprivate func foldedShape(of instruction: InstructionRecord) -> X64FoldedShape {
        guard let folding else { return .plain }
        return X64Folder.shape(of: instruction, at: currentPosition, in: function, folding)
    }

    /// Adds the uses of a right operand.
    fileprivate mutating func use(_ right: X64RightOperand) -> FoldedRight {
        switch right {
        case .value(let value):
            use(register(of: value), .any)
            return FoldedRight(mode: .location)
        case .immediate(let value): return FoldedRight(mode: .immediate, immediate: value)
        case .pooled(let bits, let isDouble):
            return FoldedRight(mode: .pooled, scaleShift: isDouble ? 3 : 2, immediate: Int64(bitPattern: bits))
        case .memory(let address):
            let displacement = Int64(UInt32(bitPattern: address.displacement))
            guard let base = address.base else { return FoldedRight(mode: .context, immediate: displacement) }
            use(register(of: base))
            guard let index = address.index else { return FoldedRight(mode: .base, immediate: displacement) }
            use(register(of: index))
            return FoldedRight(mode: .baseAndIndex, scaleShift: address.scaleShift, immediate: displacement)
        }
    }

    fileprivate mutating func finish(_ sequence: X64Sequence, _ auxiliary: X64FoldedAuxiliary, _ right: FoldedRight) {
        var auxiliary = auxiliary
        auxiliary.mode = right.mode
        auxiliary.scaleShift = right.scaleShift
        finish(X64MachineForm.number(sequence), auxiliary: auxiliary.bits, immediate: right.immediate)
    }

    fileprivate mutating func finish(_ sequence: X64Sequence, _ shape: X64ConditionShape, trapCode: UInt32 = 0) {
        use(register(of: shape.left))
        var auxiliary = X64FoldedAuxiliary(shape.form)
        auxiliary.condition = shape.condition
        auxiliary.parity = shape.parity
        auxiliary.trapCode = trapCode
        finish(sequence, auxiliary, use(shape.right))
    }
}

/// What the folded sequences keep in ``MachineInstruction/auxiliary``.
struct X64FoldedAuxiliary {
    /// What the last operands of the machine instruction are.
    enum Mode: UInt8 {
        /// A register or a slot.
        case location
        /// No operand: the immediate is in the machine instruction.
        case immediate
        /// Memory: no operand, one or two; the displacement is in the low half of the machine instruction's immediate.
        case context, base, baseAndIndex
        /// A constant in the pool: no operand, the bits are in the machine instruction's immediate, the logarithm of the size is
        /// the scale.
        case pooled
    }

    var form: X64Form
    var condition = X64Condition.overflow
    var parity = X64ConditionShape.Parity.ignored
    var mode = Mode.location
    var scaleShift: UInt8 = 0
    var trapCode: UInt32 = 0

    init(_ form: X64Form) { self.form = form }

    /// From bit 0 on: 10 bits of form, 4 of condition, 2 of parity, 3 of mode, 2 of scale, 11 of trap code.
    var bits: UInt32 {
        invariant(
            form.position < 1 << 10 && trapCode < 1 << 11,
            "form \(form) and trap code \(trapCode) fit their fields"
        )
        let low = UInt32(form.position) | UInt32(condition.rawValue) << 10 | UInt32(parity.rawValue) << 14
        return low | UInt32(mode.rawValue) << 16 | UInt32(scaleShift) << 19 | trapCode << 21
    }

    init(bits: UInt32) {
        form = X64FormTable.forms[Int(bits & 0x3FF)]
        condition = X64Condition(rawValue: UInt8(bits >> 10 & 15))!
        parity = X64ConditionShape.Parity(rawValue: UInt8(bits >> 14 & 3))!
        mode = Mode(rawValue: UInt8(bits >> 16 & 7))!
        scaleShift = UInt8(bits >> 19 & 3)
        trapCode = bits >> 21
    }
}

extension X64Backend {
    /// Emits the sequences with folded operands; the others have nothing here.
    func emitFolded(_ sequence: X64Sequence, _ instruction: MachineInstruction, into emission: inout Emission) {
        let auxiliary = X64FoldedAuxiliary(bits: instruction.auxiliary)
        let condition = auxiliary.condition
        switch sequence {
        case .foldedReuse:
            if auxiliary.mode == .immediate {
                let destination = X64RegisterOrMemory.register(emission.encoding(0))
                emission.append(auxiliary.form, rm: destination, immediate: instruction.immediate)
            } else {
                emission.append(auxiliary, instruction, emission.encoding(0), from: 2)
            }
        case .foldedCopy: break
        case .foldedDefinition:
            emission.append(auxiliary, instruction, emission.encoding(0), from: 1)
        case .foldedStore:
            emission.append(auxiliary, instruction, emission.encoding(0), from: 1)
        case .foldedShuffle:
            let lanes = emission.function.vectorConstants[Int(instruction.immediate)]
            let own: UInt64 = 0x0F0F_0F0F_0F0F_0F0F
            emission.append(.pshufb, emission.encoding(0), constant: V128(low: lanes.low & own, high: lanes.high & own))
        case .foldedStoreImmediate:
            let right = emission.right(auxiliary, instruction, from: 0)
            emission.append(auxiliary.form, rm: right, immediate: instruction.immediate >> 32)
        case .foldedSet:
            emission.appendComparison(auxiliary, instruction, from: 1)
            emission.appendSet(condition, to: emission.encoding(0))
        case .foldedBranch:
            emission.appendComparison(auxiliary, instruction, from: 0)
            emitBranch(condition, auxiliary.parity, into: &emission)
        case .foldedTrap:
            emission.appendComparison(auxiliary, instruction, from: 0)
            let label = emission.trapLabel(auxiliary.trapCode)
            emission.appendJump(condition, to: label)
        case .foldedSelect32, .foldedSelect64:
            emission.appendComparison(auxiliary, instruction, from: 3)
            let form: X64Form = sequence == .foldedSelect64 ? .cmovcc64RM : .cmovcc32RM
            emission.append(form, emission.encoding(0), rm: emission.rm(2), condition: condition.negated)
        case .foldedSelectVector:
            emission.appendComparison(auxiliary, instruction, from: 3)
            let skip = emission.appendShortJump(condition)
            emission.append(.movapsRM, emission.encoding(0), emission.encoding(2))
            emission.land(skip)
        case .compareAndSet, .compareImmediateAndSet, .compareFloatsEqual, .compareFloatsNotEqual, .select,
            .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .floatMinimum, .floatMaximum,
            .floatCopySign, .floatAbsolute, .floatNegate, .reinterpret, .floatConstant, .vectorConstant,
            .truncateToUnsigned64, .truncateSaturatingSigned, .truncateSaturatingUnsigned32,
            .truncateSaturatingUnsigned64, .convertUnsigned32, .convertUnsigned64:
            break
        }
    }

    /// Ends the block: to the first edge's target where the condition holds, to the second's elsewhere.
    private func emitBranch(
        _ condition: X64Condition,
        _ parity: X64ConditionShape.Parity,
        into emission: inout Emission
    ) {
        switch parity {
        case .ignored:
            if emission.isNext(0) {
                emission.appendJump(condition.negated, to: emission.target(1))
                return
            }
            emission.appendJump(condition, to: emission.target(0))
        case .mustBeOrdered:
            emission.appendJump(.parity, to: emission.target(1))
            if emission.isNext(0) {
                emission.appendJump(condition.negated, to: emission.target(1))
                return
            }
            emission.appendJump(condition, to: emission.target(0))
        case .mayBeUnordered:
            emission.appendJump(.parity, to: emission.target(0))
            if emission.isNext(0) {
                emission.appendJump(condition.negated, to: emission.target(1))
                return
            }
            emission.appendJump(condition, to: emission.target(0))
        }
        if !emission.isNext(1) { emission.appendJump(to: emission.target(1)) }
    }
}

extension Emission {
    /// The right operand of a folded machine instruction, whose operands begin at a position; not an immediate.
    fileprivate func right(
        _ auxiliary: X64FoldedAuxiliary,
        _ instruction: MachineInstruction,
        from operand: Int
    ) -> X64RegisterOrMemory {
        let displacement = Int32(truncatingIfNeeded: instruction.immediate)
        switch auxiliary.mode {
        case .location: return rm(operand)
        case .immediate: invariantFailed("right operand is a register or memory")
        case .pooled: return .memory(.relative(0))
        case .context: return .memory(X64Memory(base: machine.context.encoding, displacement: displacement))
        case .base: return .memory(X64Memory(base: encoding(operand), displacement: displacement))
        case .baseAndIndex:
            return .memory(
                X64Memory(
                    base: encoding(operand),
                    index: encoding(operand + 1),
                    scaleShift: auxiliary.scaleShift,
                    displacement: displacement
                )
            )
        }
    }

    /// Appends the comparison of a condition, whose operands begin at a position.
    fileprivate mutating func appendComparison(
        _ auxiliary: X64FoldedAuxiliary,
        _ instruction: MachineInstruction,
        from operand: Int
    ) {
        let left = encoding(operand)
        if auxiliary.mode == .immediate {
            append(auxiliary.form, rm: .register(left), immediate: instruction.immediate)
        } else {
            append(auxiliary, instruction, left, from: operand + 1)
        }
    }

    /// Appends the one instruction with a register and the right operand, whose operands begin at a position.
    fileprivate mutating func append(
        _ auxiliary: X64FoldedAuxiliary,
        _ instruction: MachineInstruction,
        _ register: UInt8,
        from operand: Int
    ) {
        append(auxiliary.form, register, rm: right(auxiliary, instruction, from: operand))
        if auxiliary.mode == .pooled {
            let bits = UInt64(bitPattern: instruction.immediate)
            let label = code.constant(low: bits, size: 1 << Int(auxiliary.scaleShift))
            code.fixUp(at: code.count - 4, to: label, .x64Relative32)
        }
    }
}
