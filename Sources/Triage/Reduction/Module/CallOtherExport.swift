import WasmModel

/// Calls another exported function in place of the only one that is called, whose export goes: what fails before anything is called needs
/// one call of anything.
struct CallOtherExport: ReductionPass {
    let name = "called export"
    let walk = ReductionWalk.anywhere

    /// The exports that could be called instead, with the types of their functions.
    private func candidates(_ subject: DecodedCase) -> [(name: String, type: FunctionType)] {
        guard subject.invocations.count == 1 else { return [] }
        let types = subject.module.functionTypeIndices
        return subject.module.exports.compactMap { export in
            guard case .function(let index) = export.item, index.position < types.count,
                export.name != subject.invocations[0].export,
                let type = subject.module.functionType(at: types[index.position]),
                type.parameters.allSatisfy(\.isDefaultable)
            else { return nil }
            return (export.name, type)
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { [candidates(subject).count] }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        guard range.count == 1 else { return nil }
        let called = candidates(subject)[range.lowerBound]
        var simpler = subject
        simpler.module.exports.removeAll { $0.name == subject.invocations[0].export }
        simpler.invocations = [
            Invocation(export: called.name, arguments: called.type.parameters.map(WasmValue.zero(of:)))
        ]
        return simpler
    }
}
