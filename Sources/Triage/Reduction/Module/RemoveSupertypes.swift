import WasmModel

/// Makes types final ones without supertypes.
struct RemoveSupertypes: ReductionPass {
    let name = "supertypes"
    let walk = ReductionWalk.anywhere

    private func positions(_ module: Module) -> [Int] {
        module.types.indices.filter { !module.types[$0].isFinal || !module.types[$0].supertypes.isEmpty }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [positions(subject.module).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for position in positions(subject.module)[range] {
            simpler.module.types[position] = SubType(subject.module.types[position].composite)
        }
        return simpler
    }
}
