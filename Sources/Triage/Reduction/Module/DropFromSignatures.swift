import WasmModel

/// Removes parameters and results anywhere in the lists of function types; cutting the lists leaves what is before the ones that matter.
struct DropFromSignatures: ReductionPass {
    let name = "parameters and results"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        subject.module.types.flatMap { type in
            [type.functionType?.parameters.count ?? 0, type.functionType?.results.count ?? 0]
        }
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        SignatureEdit.apply(
            .removal,
            to: subject,
            type: TypeIndex(list / 2),
            isOfResults: list % 2 == 1,
            positions: Set(range)
        )
    }
}
