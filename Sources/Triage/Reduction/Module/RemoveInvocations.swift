import WasmModel

/// Removes calls from outside, but for one, so that the regression test still executes what it compiles.
struct RemoveInvocations: ReductionPass {
    let name = "invocations"
    let walk = ReductionWalk.anywhere

    /// The positions of the calls: those of functions that do something come first, as the first one stays where any does.
    private func positions(_ subject: DecodedCase) -> [Int] {
        let functions = subject.module.functions
        let imported = subject.module.importedFunctionCount
        let trapping = subject.module.exportedFunctions.filter { _, index in
            let position = index.position - imported
            return functions.indices.contains(position) && functions[position].body.first?.opcode == .unreachable
        }
        let isTrap = subject.invocations.map { trapping[$0.export] != nil }
        return isTrap.indices.filter { !isTrap[$0] } + isTrap.indices.filter { isTrap[$0] }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        [subject.invocations.count > 1 ? subject.invocations.count : 0]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        if range.count == subject.invocations.count { return nil }
        let removed = Set(positions(subject)[range])
        var simpler = subject
        simpler.invocations = subject.invocations.indices.filter { !removed.contains($0) }.map {
            subject.invocations[$0]
        }
        return simpler
    }
}
