import WasmModel

/// Makes each type of a recursion group a group of its own, where none refers to a later one.
struct DissolveGroups: ReductionPass {
    let name = "recursion groups"
    let walk = ReductionWalk.anywhere

    /// Groups of several.
    private func groups(_ module: Module) -> [Range<Int>] { module.recursionGroups.filter { $0.count > 1 } }

    func listSizes(of subject: DecodedCase) -> [Int] { [groups(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let dissolved = Set(groups(subject.module)[range])
        var simpler = subject
        simpler.module.recursionGroups = subject.module.recursionGroups.flatMap { group in
            dissolved.contains(group) ? group.map { $0..<$0 + 1 } : [group]
        }
        return simpler
    }
}
