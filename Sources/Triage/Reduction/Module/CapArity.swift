import WasmModel

/// Cuts all function types to at most so many results or parameters at once, or of both, by bisection to the exact number: what a tag has as
/// parameters its receivers have as results.
struct CapArity: ReductionPass {
    let name = "arity"
    let walk = ReductionWalk.tail

    func listSizes(of subject: DecodedCase) -> [Int] {
        let types = subject.module.types.compactMap(\.functionType)
        let (results, parameters) = (
            types.map(\.results.count).max() ?? 0, types.map(\.parameters.count).max() ?? 0
        )
        return [results, parameters, max(results, parameters)]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        SignatureTruncation.apply(to: subject) { _, _ in
            (list == 0 ? .max : range.lowerBound, list == 1 ? .max : range.lowerBound)
        }
    }
}
