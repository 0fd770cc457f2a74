import WasmModel

/// Makes parameters and results of function types i32.
struct RetypeSignatures: ReductionPass {
    let name = "types"
    let walk = ReductionWalk.anywhere

    /// For each type, the positions of other types among its parameters, and then its results.
    private func lists(_ module: Module) -> [[Int]] {
        module.types.flatMap { type -> [[Int]] in
            guard let type = type.functionType else { return [[], []] }
            return [type.parameters, type.results].map { list in list.indices.filter { list[$0] != .i32 } }
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { lists(subject.module).map(\.count) }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        SignatureEdit.apply(
            .toI32,
            to: subject,
            type: TypeIndex(list / 2),
            isOfResults: list % 2 == 1,
            positions: Set(lists(subject.module)[list][range])
        )
    }
}
