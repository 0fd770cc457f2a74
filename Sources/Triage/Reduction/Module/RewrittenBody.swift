import WasmModel

/// A function body that is being written, and that takes back values which are dropped at once.
struct RewrittenBody {
    private(set) var instructions: [Instruction] = []
    private var spills: SpillLocals

    init(parameterCount: Int, locals: [LocalRun], capacity: Int) {
        spills = SpillLocals(parameterCount: parameterCount, locals: locals)
        instructions.reserveCapacity(capacity)
    }

    /// Those that were given, and those that hold values meanwhile.
    var locals: [LocalRun] { spills.runs }

    mutating func append(_ instruction: Instruction) {
        if instruction.opcode == .drop { drop(1) } else { instructions.append(instruction) }
    }

    mutating func pushZeros(_ types: some Sequence<ValueType>) {
        for type in types { instructions.append(.zero(of: type)) }
    }

    /// Drops the values on top of the stack. Instructions at the end that only make such a value are taken back instead, with
    /// their operands dropped in turn.
    mutating func drop(_ count: Int) {
        var pending = count
        while pending > 0 {
            guard let last = instructions.last, let operandCount = last.operandCountIfRemovable else {
                if let last = instructions.last, last.opcode == .localTee {
                    instructions[instructions.count - 1].opcode = .localSet
                } else {
                    instructions.append(Instruction(.drop))
                }
                pending -= 1
                continue
            }
            instructions.removeLast()
            pending += operandCount - 1
        }
    }

    /// Drops so many values below the one on top, which has the type.
    mutating func dropBelowTop(_ count: Int, type: ValueType) {
        guard count > 0 else { return }
        if let last = instructions.last, last.operandCountIfRemovable == 0 {
            instructions.removeLast()
            drop(count)
            instructions.append(last)
            return
        }
        let spill = spills.spill(of: type)
        instructions.append(Instruction(.localSet, .local(spill)))
        drop(count)
        instructions.append(Instruction(.localGet, .local(spill)))
    }
}

extension Instruction {
    /// The number of operands of an instruction whose only effect, but for traps, is to push one value; nil for others.
    var operandCountIfRemovable: Int? {
        switch opcode {
        case .localGet, .globalGet, .refNull, .refFunc: return 0
        case .memoryGrow: return nil
        default:
            guard let operands = opcode.row.operands, let results = opcode.row.results, results.count == 1 else {
                return nil
            }
            return operands.count
        }
    }
}
