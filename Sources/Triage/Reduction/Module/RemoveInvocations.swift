/// Removes calls from outside, but for the last one, so that the regression test still executes what it compiles.
struct RemoveInvocations: ReductionPass {
    let name = "invocations"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        [subject.invocations.count > 1 ? subject.invocations.count : 0]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        if range.count == subject.invocations.count { return nil }
        var simpler = subject
        simpler.invocations.removeSubrange(range)
        return simpler
    }
}
