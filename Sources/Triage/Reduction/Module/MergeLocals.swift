import WasmModel

/// Uses one local in place of several of the same type.
struct MergeLocals: ReductionPass {
    let name = "merged locals"
    let walk = ReductionWalk.anywhere

    /// By function, the locals that are used, each with the first of its type.
    private func merged(_ function: Function, in module: Module) -> [(local: LocalIndex, target: LocalIndex)] {
        let types = LocalTypeLookup(function, in: module)
        var used: Set<Int> = []
        for instruction in function.body {
            if case .local(let index) = instruction.immediate { used.insert(index.position) }
        }
        var first: [ValueType: Int] = [:]
        var merged: [(local: LocalIndex, target: LocalIndex)] = []
        for position in used.sorted() {
            guard let type = types[LocalIndex(position)] else { continue }
            if let target = first[type] {
                merged.append((LocalIndex(position), LocalIndex(target)))
            } else {
                first[type] = position
            }
        }
        return merged
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [subject.module.functions.reduce(0) { $0 + merged($1, in: subject.module).count }]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        let lists = subject.module.functions.map { merged($0, in: subject.module) }
        for (number, chosen) in lists.selection(range) {
            let targets = Dictionary(uniqueKeysWithValues: chosen.map { ($0.local, $0.target) })
            simpler.module.functions[number].body = subject.module.functions[number].body.map { instruction in
                guard case .local(let index) = instruction.immediate, let target = targets[index] else {
                    return instruction
                }
                return Instruction(instruction.opcode, .local(target))
            }
        }
        return simpler
    }
}
