import WasmModel

/// Cuts all function types to at most so many results and parameters at once, by bisection to the exact number.
struct CapArity: ReductionPass {
    let name = "arity"
    let walk = ReductionWalk.tail

    func listSizes(of subject: DecodedCase) -> [Int] {
        let types = subject.module.types.compactMap(\.functionType)
        return [types.map(\.results.count).max() ?? 0, types.map(\.parameters.count).max() ?? 0]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        SignatureTruncation.apply(to: subject) { _, _ in
            list == 0 ? (.max, range.lowerBound) : (range.lowerBound, .max)
        }
    }
}
