extension Opcode {
    /// Whether the instruction opens a block that an `end` closes.
    public var opensBlock: Bool {
        switch self {
        case .block, .loop, .if, .tryTable: true
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
