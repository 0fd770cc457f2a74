import WasmModel

/// Cuts the results and the parameters of one function type at a time, by bisection to the exact number.
struct TruncateSignatures: ReductionPass {
    let name = "signatures"
    let walk = ReductionWalk.tail

    /// The function types of the module, each once, with those that code cannot tell apart as one.
    private func types(_ subject: DecodedCase) -> [FunctionType] {
        var seen: Set<FunctionType> = []
        return subject.module.types.compactMap(\.functionType).filter { seen.insert($0).inserted }
    }

    func listSizes(of subject: DecodedCase) -> [Int] {
        types(subject).flatMap { [$0.results.count, $0.parameters.count] }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let cut = types(subject)[list / 2]
        return SignatureTruncation.apply(to: subject) { _, type in
            if type != cut { return (.max, .max) }
            return list % 2 == 0 ? (.max, range.lowerBound) : (range.lowerBound, .max)
        }
    }
}
