import WasmModel

/// The expressions of a body: instructions that push one value, each with the instructions in front of it that make its operands.
///
/// What runs through the stack past other code, such as all but the last result of a call, is part of no expression.
struct ExpressionForest {
    /// An expression.
    struct Expression {
        /// Where the first instruction stands that it needs.
        var start: Int
        /// The instruction that pushes the value; of a block, its `end`.
        var position: Int
        /// Where each operand begins, in the order in which they are pushed; empty for a block.
        var operands: [Int]
        /// Of the value, where the instruction says so.
        var type: ValueType?

        /// The instructions of an operand.
        func range(ofOperand number: Int) -> Range<Int> {
            operands[number]..<(number + 1 < operands.count ? operands[number + 1] : position)
        }
    }

    /// In the order of their last instructions, so that what is in another one comes before it.
    private(set) var expressions: [Expression] = []

    private struct Frame {
        /// Where the block begins, with what it takes; nil where that is not known.
        var start: Int?
        /// The number of values below those of the block.
        var base: Int
        var parameters: Int
        var results: Int
        var type: ValueType?
    }

    init(_ function: Function, in module: Module, _ effects: StackEffects) {
        let functionTypes = module.functionTypeIndices
        /// Where what pushed each value of the stack begins; nil for one of several.
        var stack: [Int?] = []
        var frames = [Frame(start: nil, base: 0, parameters: 0, results: 0, type: nil)]
        var isReached = true

        /// The beginnings of operands, which are nil where one of them is no expression of its own.
        func pop(_ count: Int) -> [Int]? {
            let base = frames.last?.base ?? 0
            guard isReached, stack.count - base >= count else {
                stack.removeLast(min(count, max(0, stack.count - base)))
                return nil
            }
            let starts = stack.suffix(count)
            stack.removeLast(count)
            let known = starts.compactMap { $0 }
            return known.count == count ? known : nil
        }

        for (position, instruction) in function.body.enumerated() {
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable:
                let counts = effects.counts(of: instruction)
                let taken = pop(counts.parameters + (instruction.opcode == .if ? 1 : 0))
                frames.append(
                    Frame(
                        start: isReached ? (taken.map { $0.first ?? position }) : nil,
                        base: stack.count,
                        parameters: counts.parameters,
                        results: counts.results,
                        type: module.resultType(of: instruction)
                    )
                )
                stack += [Int?](repeating: nil, count: counts.parameters)
            case .else:
                guard let frame = frames.last else { return }
                stack.removeLast(max(0, stack.count - frame.base))
                stack += [Int?](repeating: nil, count: frame.parameters)
                isReached = true
            case .end:
                guard let frame = frames.popLast(), !frames.isEmpty else { return }
                stack.removeLast(max(0, stack.count - frame.base))
                isReached = true
                if frame.results == 1, let start = frame.start {
                    expressions.append(
                        Expression(start: start, position: position, operands: [], type: frame.type)
                    )
                    stack.append(start)
                } else {
                    stack += [Int?](repeating: nil, count: frame.results)
                }
            default:
                guard let effect = effects.effect(of: instruction) else {
                    isReached = false
                    continue
                }
                let operands = pop(effect.pops)
                guard effect.pushes == 1, let operands, isReached else {
                    stack += [Int?](repeating: nil, count: effect.pushes)
                    continue
                }
                let start = operands.first ?? position
                expressions.append(
                    Expression(
                        start: start,
                        position: position,
                        operands: operands,
                        type: module.resultType(of: instruction, functionTypes)
                    )
                )
                stack.append(start)
            }
        }
    }
}

extension Module {
    /// The type of the value of a block with one result.
    fileprivate func resultType(of block: Instruction) -> ValueType? {
        switch block.immediate {
        case .block(.result(let type)), .tryTable(.result(let type), _): type
        case .block(.type(let index)), .tryTable(.type(let index), _): functionType(at: index)?.results.first
        default: nil
        }
    }

    /// The type of the one value that an instruction other than a block pushes; nil where it is that of an operand or a local.
    fileprivate func resultType(of instruction: Instruction, _ functionTypes: [TypeIndex]) -> ValueType? {
        switch instruction.immediate {
        case .function(let callee) where instruction.opcode == .call:
            return callee.position < functionTypes.count
                ? functionType(at: functionTypes[callee.position])?.results.first : nil
        case .callIndirect(let type, _): return functionType(at: type)?.results.first
        case .type(let type) where instruction.opcode == .callRef: return functionType(at: type)?.results.first
        default:
            guard case .value(let type) = instruction.opcode.row.results?.first else { return nil }
            return type
        }
    }
}

extension DecodedCase {
    /// The numbers of expressions of each function that a filter lets through.
    func expressions(
        _ effects: StackEffects,
        where isItem: (ExpressionForest.Expression) -> Bool
    ) -> [[ExpressionForest.Expression]] {
        module.functions.map { ExpressionForest($0, in: module, effects).expressions.filter(isItem) }
    }

    /// The case with other instructions in place of expressions; of those in each other only the outermost.
    /// - Parameters:
    ///   - lists: by function, expressions in the order of their ends.
    ///   - range: the numbers of those that are replaced, counted through all functions.
    func replacing<Item>(
        _ lists: [[Item]],
        _ range: Range<Int>,
        _ place: (Item) -> ExpressionForest.Expression,
        with replacement: (Item, [Instruction]) -> ArraySlice<Instruction>
    ) -> DecodedCase {
        var result = self
        for (number, items) in lists.selection(range) {
            let body = module.functions[number].body
            var pieces: [ArraySlice<Instruction>] = []
            var end = body.count
            for item in items.reversed() {
                let expression = place(item)
                guard expression.position < end else { continue }
                pieces.append(body[expression.position + 1..<end])
                pieces.append(replacement(item, body))
                end = expression.start
            }
            pieces.append(body[..<end])
            let function = module.functions[number]
            result.module.functions[number] = Function(
                type: function.type,
                locals: function.locals,
                body: pieces.reversed().flatMap { $0 }
            )
        }
        return result
    }
}
