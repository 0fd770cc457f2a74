extension Opcode {
    /// Whether the instruction opens a block that an `end` closes.
    public var opensBlock: Bool {
        switch self {
        case .block, .loop, .if, .tryTable: true
        default: false
        }
    }

    /// Whether what stands behind the instruction in its block is never reached.
    public var isUnconditionalBranch: Bool {
        switch self {
        case .unreachable, .br, .brTable, .return, .throw, .throwRef: true
        default: isTailCall
        }
    }

    /// Whether the instruction ends the function by a call.
    public var isTailCall: Bool {
        switch self {
        case .returnCall, .returnCallIndirect, .returnCallRef: true
        default: false
        }
    }
}

extension Instruction {
    /// The labels that the instruction may branch to, seen from where it stands.
    public var labels: [LabelIndex] {
        switch immediate {
        case .label(let label), .castBranch(let label, _, _): [label]
        case .labelTable(let labels): labels
        case .tryTable(_, let clauses): clauses.map(\.label)
        default: []
        }
    }

    /// The instruction with another local.
    public func mapLocal(_ map: (LocalIndex) -> LocalIndex) -> Instruction {
        if case .local(let local) = immediate { Instruction(opcode, .local(map(local))) } else { self }
    }

    /// The instruction with other labels.
    public func mappingLabels(_ map: (LabelIndex) -> LabelIndex) -> Instruction {
        switch immediate {
        case .label(let label): Instruction(opcode, .label(map(label)))
        case .castBranch(let label, let source, let target):
            Instruction(opcode, .castBranch(map(label), source, target))
        case .labelTable(let labels): Instruction(opcode, .labelTable(labels.map(map)))
        case .tryTable(let type, let clauses):
            Instruction(opcode, .tryTable(type, clauses.map { $0.mappingLabel(map) }))
        default: self
        }
    }
}

extension Collection where Element == Instruction {
    /// The instructions with the number of blocks that are open before each, of those that open in the collection.
    public var withDepths: [(instruction: Instruction, depth: Int)] {
        var depth = 0
        return map { instruction in
            if instruction.opcode == .end { depth -= 1 }
            defer { if instruction.opcode.opensBlock { depth += 1 } }
            return (instruction, instruction.opcode == .else ? depth - 1 : depth)
        }
    }

    /// Whether a branch, a return or a tail call leaves the instructions.
    public var isLeft: Bool {
        withDepths.contains { instruction, depth in
            instruction.opcode == .return || instruction.opcode.isTailCall
                || instruction.labels.contains { $0.position >= depth }
        }
    }
}

extension CatchClause {
    /// The clause with another label.
    fileprivate func mappingLabel(_ map: (LabelIndex) -> LabelIndex) -> CatchClause {
        switch self {
        case .tag(let tag, let label): .tag(tag, map(label))
        case .tagWithReference(let tag, let label): .tagWithReference(tag, map(label))
        case .all(let label): .all(map(label))
        case .allWithReference(let label): .allWithReference(map(label))
        }
    }
}
