import WasmModel

/// Takes away blocks that nothing branches to and keeps what is in them; of an `if`, one arm.
struct UnnestBlocks: ReductionPass {
    let name = "blocks"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        let structures = subject.module.functions.map { BlockStructure($0.body) }
        return [
            structures.reduce(0) { $0 + $1.removable.count },
            structures.reduce(0) { $0 + $1.removableWithElse.count },
        ]
    }

    /// List 0 has all blocks, of which an `if` keeps its first arm; list 1 has those with an `else`, which keep that arm.
    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        let structures = subject.module.functions.map { BlockStructure($0.body) }
        let lists = structures.map { list == 0 ? $0.removable : $0.removableWithElse }
        for (number, chosen) in lists.selection(range) {
            let function = subject.module.functions[number]
            let parameterCount = subject.module.parameterCount(of: function)
            simpler.module.functions[number] = structures[number].unnested(
                function,
                Set(chosen),
                keepsElse: list == 1,
                parameterCount: parameterCount
            )
        }
        return simpler
    }
}

/// Where blocks of a body begin and end, and which nothing branches to.
struct BlockStructure {
    /// The positions of blocks that nothing branches to.
    private(set) var removable: [Int] = []
    /// By the position of an `if`.
    private(set) var elsePosition: [Int: Int] = [:]
    /// By the position of an `else`.
    private(set) var endPosition: [Int: Int] = [:]

    /// Those of ``removable`` that have an `else`.
    var removableWithElse: [Int] { removable.filter { elsePosition[$0] != nil } }

    init(_ body: [Instruction]) {
        var open: [Int] = []
        var opened: [Int] = []
        var targets: Set<Int> = []
        for (position, instruction) in body.enumerated() {
            for label in instruction.labels where label.position < open.count {
                targets.insert(open[open.count - 1 - label.position])
            }
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable:
                opened.append(position)
                open.append(position)
            case .else:
                if let last = open.last { elsePosition[last] = position }
            case .end:
                if let last = open.popLast(), let other = elsePosition[last] { endPosition[other] = position }
            default: break
            }
        }
        removable = opened.filter { !targets.contains($0) }
    }

    /// The function without some of the blocks that nothing branches to, by their positions; what is in them stays, of an `if` one arm.
    func unnested(
        _ function: Function,
        _ removed: Set<Int>,
        keepsElse: Bool = false,
        parameterCount: Int
    ) -> Function {
        var body = RewrittenBody(
            parameterCount: parameterCount,
            locals: function.locals,
            capacity: function.body.count
        )
        /// Open blocks, the body's first: whether each is taken away, and how many of them and those around it are kept.
        var isRemoved = [false]
        var keptDepth = [1]
        var position = 0
        while position < function.body.count {
            let instruction = function.body[position]
            switch instruction.opcode {
            case .block, .loop, .if, .tryTable:
                let isTaken = removed.contains(position)
                if !isTaken { body.append(instruction.mappingLabels { map($0, keptDepth) }) }
                if isTaken, instruction.opcode == .if {
                    body.drop(1)
                    if keepsElse, let other = elsePosition[position] { position = other }
                }
                isRemoved.append(isTaken)
                keptDepth.append(keptDepth[keptDepth.count - 1] + (isTaken ? 0 : 1))
            case .else:
                if isRemoved.last == true {
                    // Only the first arm comes here: go on at the end.
                    position = (endPosition[position] ?? position + 1) - 1
                } else {
                    body.append(instruction)
                }
            case .end:
                let isTaken = isRemoved.removeLast()
                keptDepth.removeLast()
                if !isTaken { body.append(instruction) }
                if isRemoved.isEmpty { position = function.body.count }
            default:
                body.append(instruction.mappingLabels { map($0, keptDepth) })
            }
            position += 1
        }
        return Function(type: function.type, locals: body.locals, body: body.instructions)
    }

    private func map(_ label: LabelIndex, _ keptDepth: [Int]) -> LabelIndex {
        let target = keptDepth.count - 1 - label.position
        guard target >= 0 else { return label }
        return LabelIndex(keptDepth[keptDepth.count - 1] - keptDepth[target])
    }
}
