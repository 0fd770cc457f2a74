import Invariants
import SSA

/// What a back end needs to know of a function to fold operations into the machine instructions that use their results, and
/// which instructions are needed on their own then.
///
/// A back end walks the function backwards with ``forEachNeeded(_:)``, says for each instruction which values it needs in
/// registers, and so leaves out those that are only folded. What it folds must follow from the facts here, so that it
/// decides alike when it selects.
public struct OperandFolding: Sendable {
    /// By value: the position of the instruction that defines it; -1 for block parameters.
    public let definitions: [Int32]
    /// By value: how often it is an operand or an argument of a branch.
    public let useCounts: [UInt32]
    /// By value: how often it is the address of a load or store.
    public let addressUseCounts: [UInt32]
    /// By instruction.
    private let blocks: [UInt32]
    /// By instruction: how many instructions before it may change memory, and how many the instance context.
    private let memoryWrites: [UInt32]
    private let contextWrites: [UInt32]
    /// By value: whether an instruction needs it in a register.
    private var isNeededValue: [Bool]

    /// Gathers the facts.
    public init(_ function: IRFunction) {
        let count = function.instructions.count
        var definitions = [Int32](repeating: -1, count: function.valueTypes.count)
        var useCounts = [UInt32](repeating: 0, count: function.valueTypes.count)
        var addressUseCounts = useCounts
        var blocks = [UInt32](repeating: 0, count: count)
        var memoryWrites = blocks
        var contextWrites = blocks
        var (memoryWriteCount, contextWriteCount) = (UInt32(0), UInt32(0))
        for (block, record) in function.blocks.enumerated() {
            for position in record.instructions.positions {
                let instruction = function.instructions[position]
                blocks[position] = UInt32(block)
                memoryWrites[position] = memoryWriteCount
                contextWrites[position] = contextWriteCount
                let first = Int(instruction.firstResult)
                for value in first..<first + Int(instruction.resultCount) { definitions[value] = Int32(position) }
                for operand in instruction.operands.positions { useCounts[function.valuePool[operand].position] += 1 }
                for target in instruction.targets.positions {
                    for argument in function.targetPool[target].arguments.positions {
                        useCounts[function.valuePool[argument].position] += 1
                    }
                }
                switch instruction.operation.effect {
                case .pure, .leaves: break
                case .readsMemory, .writesMemory:
                    let address = function.valuePool[Int(instruction.operands.start)]
                    addressUseCounts[address.position] += 1
                    if instruction.operation.effect == .writesMemory { memoryWriteCount += 1 }
                case .readsContext: break
                case .writesContext:
                    memoryWriteCount += 1
                    contextWriteCount += 1
                }
            }
        }
        self.definitions = definitions
        self.useCounts = useCounts
        self.addressUseCounts = addressUseCounts
        self.blocks = blocks
        self.memoryWrites = memoryWrites
        self.contextWrites = contextWrites
        isNeededValue = [Bool](repeating: false, count: function.valueTypes.count)
    }

    /// The instruction that defines a value, where it is in the same block as an instruction.
    public func definition(of value: Value, inBlockOf position: Int) -> Int? {
        let definition = Int(definitions[value.position])
        return definition >= 0 && blocks[definition] == blocks[position] ? definition : nil
    }

    /// Whether a load reads the same at a later position of its block.
    public func canMove(_ operation: Operation, from definition: Int, to position: Int) -> Bool {
        switch operation.effect {
        case .pure: true
        case .readsMemory: memoryWrites[definition] == memoryWrites[position]
        case .readsContext: contextWrites[definition] == contextWrites[position]
        case .writesMemory, .writesContext, .leaves: false
        }
    }

    // MARK: Needs

    /// Calls the body for every instruction that has an effect, or has a result that is needed, from the last to the first;
    /// it says by ``need(_:)`` what the instruction needs in registers. Arguments of branches are needed always.
    public mutating func forEachNeeded(
        of function: IRFunction,
        _ body: (inout OperandFolding, Int, InstructionRecord) -> Void
    ) {
        for position in function.instructions.indices.reversed() where isNeeded(function.instructions[position]) {
            let instruction = function.instructions[position]
            for target in instruction.targets.positions {
                for argument in function.targetPool[target].arguments.positions { need(function.valuePool[argument]) }
            }
            body(&self, position, instruction)
        }
    }

    /// Says that a value must be in a register or a slot.
    public mutating func need(_ value: Value) { isNeededValue[value.position] = true }

    /// Whether the instruction must be selected.
    public func isNeeded(_ instruction: InstructionRecord) -> Bool {
        switch instruction.operation.effect {
        case .pure, .readsMemory, .readsContext:
            let first = Int(instruction.firstResult)
            for value in first..<first + Int(instruction.resultCount) where isNeededValue[value] { return true }
            return false
        case .writesMemory, .writesContext, .leaves: return true
        }
    }
}
