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
    fileprivate var zero: WasmValue {
        switch self {
        case .i32: .i32(0)
        case .i64: .i64(0)
        case .f32: .f32(0)
        case .f64: .f64(0)
        case .v128: .v128(V128(low: 0, high: 0))
        case .reference: .reference(.null)
        }
    }
}
