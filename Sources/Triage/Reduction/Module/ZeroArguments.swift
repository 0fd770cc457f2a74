import WasmModel

/// Makes arguments zero.
struct ZeroArguments: ReductionPass {
    let name = "arguments"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] { subject.invocations.map { positions($0).count } }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var simpler = subject
        for position in positions(subject.invocations[list])[range] {
            simpler.invocations[list].arguments[position] = subject.invocations[list].arguments[position].zero
        }
        return simpler
    }

    private func positions(_ invocation: Invocation) -> [Int] {
        invocation.arguments.indices.filter { invocation.arguments[$0] != invocation.arguments[$0].zero }
    }
}

extension WasmValue {
    /// The zero of the value's type.
    fileprivate var zero: WasmValue { typeOfNumber.map(WasmValue.zero) ?? .reference(.null) }
}
