import WasmModel

/// Removes exports that are not called.
struct RemoveExports: ReductionPass {
    let name = "exports"
    let walk = ReductionWalk.anywhere

    private func positions(_ subject: DecodedCase) -> [Int] {
        let invoked = Set(subject.invocations.map(\.export))
        return subject.module.exports.indices.filter { !invoked.contains(subject.module.exports[$0].name) }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let removed = Set(positions(subject)[range])
        var simpler = subject
        simpler.module.exports = subject.module.exports.enumerated()
            .filter { !removed.contains($0.offset) }.map(\.element)
        return simpler
    }
}
