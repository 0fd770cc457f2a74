import WasmModel

/// Removes names and custom sections.
struct RemoveNames: ReductionPass {
    let name = "names"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        [subject.module.names.isEmpty ? 0 : 1, subject.module.customSections.count]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        if list == 0 {
            simpler.module.names = ModuleNames()
        } else {
            simpler.module.customSections.removeSubrange(range)
        }
        return simpler
    }
}
