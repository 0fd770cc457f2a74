import WasmModel

/// Removes declared locals that no instruction names.
struct RemoveLocals: ReductionPass {
    let name = "locals"
    let walk = ReductionWalk.anywhere

    /// By function, whether each declared local is used; nil where all are.
    private func use(_ function: Function, in module: Module) -> [Bool]? {
        let parameterCount = module.parameterCount(of: function)
        let count = function.locals.reduce(0) { $0 + Int($1.count) }
        guard count > 0, count <= 1_000_000 else { return nil }
        var isUsed = [Bool](repeating: false, count: count)
        for instruction in function.body {
            guard case .local(let index) = instruction.immediate else { continue }
            let position = index.position - parameterCount
            if position >= 0, position < count { isUsed[position] = true }
        }
        return isUsed.contains(false) ? isUsed : nil
    }

    private func functions(_ module: Module) -> [Int] {
        module.functions.indices.filter { use(module.functions[$0], in: module) != nil }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [functions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for number in functions(subject.module)[range] {
            let function = subject.module.functions[number]
            guard let isUsed = use(function, in: subject.module) else { continue }
            let parameterCount = subject.module.parameterCount(of: function)
            var newIndex: [Int] = []
            var types: [ValueType] = []
            var position = 0
            for run in function.locals {
                for _ in 0..<run.count {
                    newIndex.append(types.count + parameterCount)
                    if isUsed[position] { types.append(run.type) }
                    position += 1
                }
            }
            simpler.module.functions[number] = Function(
                type: function.type,
                locals: LocalRun.runs(types),
                body: function.body.map { instruction in
                    guard case .local(let index) = instruction.immediate, index.position >= parameterCount,
                        index.position - parameterCount < newIndex.count
                    else { return instruction }
                    let moved = LocalIndex(newIndex[index.position - parameterCount])
                    return Instruction(instruction.opcode, .local(moved))
                }
            )
        }
        return simpler
    }
}
