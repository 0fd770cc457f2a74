import WasmModel

/// Shortens the lists of labels of `br_table`, whose default stays, and of clauses of `try_table`, by bisection to the exact number.
struct ShortenLabelLists: ReductionPass {
    let name = "labels"
    let walk = ReductionWalk.tail

    private func items(_ module: Module) -> InstructionItems {
        InstructionItems(module) { _, instruction in (instruction.labelListCount ?? 0) > 0 }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        let items = items(subject.module)
        return zip(subject.module.functions, items.positions).flatMap { function, positions in
            positions.map { function.body[$0].labelListCount ?? 0 }
        }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        guard let part = items(subject.module).selection(list..<list + 1).first, let position = part.positions.first
        else { return nil }
        var simpler = subject
        simpler.module.functions[part.function].body[position].cutLabelList(to: range.lowerBound)
        return simpler
    }
}

extension Instruction {
    /// The number of labels of a `br_table` before its default, or of clauses of a `try_table`; nil of any other instruction.
    var labelListCount: Int? {
        switch immediate {
        case .labelTable(let labels): labels.count - 1
        case .tryTable(_, let clauses): clauses.count
        default: nil
        }
    }

    /// Keeps only the first so many of them.
    mutating func cutLabelList(to count: Int) {
        switch immediate {
        case .labelTable(let labels) where count < labels.count - 1:
            immediate = .labelTable(Array(labels.prefix(count) + labels.suffix(1)))
        case .tryTable(let type, let clauses) where count < clauses.count:
            immediate = .tryTable(type, Array(clauses.prefix(count)))
        default: break
        }
    }
}
