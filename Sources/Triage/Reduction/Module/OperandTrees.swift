import WasmModel

/// What makes the operands of each instruction of a body, however far above: where programs leave values on the stack for what follows much
/// later, other code stands between.
struct OperandTrees {
    /// An instruction, or a whole block, with what makes its operands.
    struct Node {
        var instructions: Range<Int>
        /// The nodes that make the operands, in the order in which they are pushed; nil for one of several values, and for a parameter of a block.
        var operands: [Int?]
        /// How many values it pushes.
        var results: Int
    }

    /// Those that are reached, in the order in which they end.
    private(set) var nodes: [Node] = []

    private struct Frame {
        /// Where the block begins, and its operands; nil where the block is not reached.
        var head: (position: Int, operands: [Int?])?
        /// The height without the block's parameters.
        var base: Int
        var parameters = 0
        var results = 0
        var isReached = true
    }

    private var stack: [Int?] = []
    private var frames = [Frame(base: 0)]

    init(_ function: Function, _ effects: StackEffects) {
        for (position, instruction) in function.body.enumerated() {
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable: open(position, instruction, effects.counts(of: instruction))
            case .else: reopen()
            case .end:
                close(position)
                if frames.isEmpty { return }
            default:
                guard frames[frames.count - 1].isReached else { continue }
                guard let effect = effects.effect(of: instruction), let operands = pop(effect.pops) else {
                    frames[frames.count - 1].isReached = false
                    continue
                }
                push(Node(instructions: position..<position + 1, operands: operands, results: effect.pushes))
            }
        }
    }

    /// - Returns: nil where there are not so many in the innermost block.
    private mutating func pop(_ count: Int) -> [Int?]? {
        guard stack.count - frames[frames.count - 1].base >= count else { return nil }
        defer { stack.removeLast(count) }
        return Array(stack.suffix(count))
    }

    private mutating func push(_ node: Node) {
        nodes.append(node)
        stack += [Int?](repeating: node.results == 1 ? nodes.count - 1 : nil, count: node.results)
    }

    private mutating func open(
        _ position: Int,
        _ instruction: Instruction,
        _ counts: (parameters: Int, results: Int)
    ) {
        var operands: [Int?]?
        if frames[frames.count - 1].isReached {
            operands = pop(counts.parameters + (instruction.opcode == .if ? 1 : 0))
            if operands == nil { frames[frames.count - 1].isReached = false }
        }
        frames.append(
            Frame(
                head: operands.map { (position, $0) },
                base: stack.count,
                parameters: counts.parameters,
                results: counts.results,
                isReached: operands != nil
            )
        )
        stack += [Int?](repeating: nil, count: counts.parameters)
    }

    private mutating func reopen() {
        let frame = frames[frames.count - 1]
        stack.removeLast(stack.count - frame.base)
        stack += [Int?](repeating: nil, count: frame.parameters)
        frames[frames.count - 1].isReached = frame.head != nil
    }

    private mutating func close(_ position: Int) {
        let frame = frames.removeLast()
        stack.removeLast(stack.count - frame.base)
        guard !frames.isEmpty, let head = frame.head else { return }
        push(Node(instructions: head.position..<position + 1, operands: head.operands, results: frame.results))
    }
}

extension OperandTrees {
    /// What is known of the instructions of a module.
    struct Context {
        let effects: StackEffects
        private let module: Module
        private let functionTypes: [TypeIndex]

        init(_ module: Module) {
            self.module = module
            effects = StackEffects(module)
            functionTypes = module.functionTypeIndices
        }

        /// The type of the one value that a block or an instruction pushes; nil where it is that of an operand or a local.
        func resultType(of instruction: Instruction) -> ValueType? {
            switch instruction.immediate {
            case .block(.result(let type)), .tryTable(.result(let type), _): return type
            case .block(.type(let index)), .tryTable(.type(let index), _), .callIndirect(let index, _):
                return module.functionType(at: index)?.results.first
            case .function(let callee) where instruction.opcode == .call:
                return callee.position < functionTypes.count
                    ? module.functionType(at: functionTypes[callee.position])?.results.first : nil
            case .type(let type) where instruction.opcode == .callRef:
                return module.functionType(at: type)?.results.first
            default:
                guard case .value(let type) = instruction.opcode.row.results?.first else { return nil }
                return type
            }
        }
    }
}
