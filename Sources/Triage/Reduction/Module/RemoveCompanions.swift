import WasmFormats
import WasmModel

/// Takes away modules that are instantiated before the one that is reduced: the last ones, and what is in the others, which keep their places.
struct RemoveCompanions: ReductionPass {
    let name = "companions"
    let walk = ReductionWalk.anywhere

    private static let empty = BinaryEncoder.encode(Module())

    func listSizes(of subject: DecodedCase) -> [Int] {
        [subject.companions.count, subject.companions.count { $0 != Self.empty }]
    }

    /// List 0 has all companions, of which the last go; list 1 has those with anything in them.
    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        if list == 0 {
            guard range.upperBound == subject.companions.count else { return nil }
            simpler.companions.removeSubrange(range)
        } else {
            let filled = subject.companions.indices.filter { subject.companions[$0] != Self.empty }
            for position in filled[range] { simpler.companions[position] = Self.empty }
        }
        return simpler
    }
}
