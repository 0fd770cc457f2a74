import WasmModel

/// Removes the start function's call at instantiation.
struct RemoveStart: ReductionPass {
    let name = "start"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] { [subject.module.start == nil ? 0 : 1] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        simpler.module.start = nil
        return simpler
    }
}
