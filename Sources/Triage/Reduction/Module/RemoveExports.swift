import WasmModel

/// Removes exports that are not called.
struct RemoveExports: ReductionPass {
    let name = "exports"
    let walk = ReductionWalk.anywhere

    private func positions(_ subject: ReductionCase) -> [Int] {
        let invoked = Set(subject.invocations.map(\.export))
        return subject.module.exports.indices.filter { !invoked.contains(subject.module.exports[$0].name) }
    }

    func listSizes(of subject: ReductionCase) -> [Int] { [positions(subject).count] }

    func proposal(for subject: ReductionCase, list: Int, removing range: Range<Int>) -> ReductionCase? {
        let removed = Set(positions(subject)[range])
        var simpler = subject
        simpler.module.exports = subject.module.exports.enumerated()
            .filter { !removed.contains($0.offset) }.map(\.element)
        return simpler
    }
}
