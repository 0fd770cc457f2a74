import SSA

/// The instructions of a function that are selected: those with an effect, and those whose results are needed in registers
/// because they are not only folded.
struct NeededInstructions {
    /// By value: whether an instruction needs it in a register or a slot.
    private var isNeededValue: [Bool]

    /// Finds them from the last to the first by what a back end makes of each. Arguments of branches are needed always.
    init(of facts: SelectionFacts, for backend: any MachineBackend) {
        let function = facts.function
        isNeededValue = [Bool](repeating: false, count: function.valueTypes.count)
        for position in function.instructions.indices.reversed() {
            let instruction = function.instructions[position]
            guard contains(instruction) else { continue }
            for target in instruction.targets.positions {
                need(function.targetPool[target].arguments, of: function)
            }
            guard let selected = backend.selectedInstruction(for: instruction, at: position, in: facts) else {
                need(instruction.operands, of: function)
                continue
            }
            for use in 0..<selected.useCount { isNeededValue[selected.use(at: use).value.position] = true }
        }
    }

    private mutating func need(_ operands: PoolRange, of function: IRFunction) {
        for operand in operands.positions { isNeededValue[function.valuePool[operand].position] = true }
    }

    /// Whether an instruction is selected.
    func contains(_ instruction: InstructionRecord) -> Bool {
        switch instruction.operation.effect {
        case .pure, .readsMemory, .readsContext:
            let first = Int(instruction.firstResult)
            for value in first..<first + Int(instruction.resultCount) where isNeededValue[value] { return true }
            return false
        case .writesMemory, .writesContext, .leaves: return true
        }
    }
}
