import WasmModel

/// Cuts all that function types have, of many types at once.
struct EmptySignatures: ReductionPass {
    let name = "whole signatures"
    let walk = ReductionWalk.anywhere

    /// The function types with anything in them, each once.
    private func types(_ subject: DecodedCase) -> [FunctionType] {
        var seen: Set<FunctionType> = [FunctionType(parameters: [], results: [])]
        return subject.module.types.compactMap(\.functionType).filter { seen.insert($0).inserted }
    }

    /// List 0 has types of which all is cut, list 1 those of which the parameters are.
    func listSizes(of subject: DecodedCase) -> [Int] {
        let types = types(subject)
        return [types.count, types.count { !$0.parameters.isEmpty }]
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let cut = Set(types(subject).filter { list == 0 || !$0.parameters.isEmpty }[range])
        return SignatureTruncation.apply(to: subject) { _, type in
            cut.contains(type) ? (0, list == 0 ? 0 : .max) : (.max, .max)
        }
    }
}
