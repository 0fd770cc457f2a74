import WasmModel

/// Gives arguments that are zero, or the same as one before them in the call, values of their own, which no constant has.
struct DistinctArguments: ReductionPass {
    let name = "distinct arguments"
    let walk = ReductionWalk.anywhere

    /// Where numbers of arguments begin: above those of most constants, and still a byte in a script.
    private static let first = 101

    private func positions(_ invocation: Invocation) -> [Int] {
        var seen: Set<WasmValue> = []
        return invocation.arguments.indices.filter { position in
            let argument = invocation.arguments[position]
            guard let type = argument.typeOfNumber else { return false }
            return argument == .zero(of: type) || !seen.insert(argument).inserted
        }
    }

    func listSizes(of subject: DecodedCase) -> [Int] { subject.invocations.map { positions($0).count } }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        var changed = subject
        for position in positions(subject.invocations[list])[range] {
            let argument = subject.invocations[list].arguments[position]
            guard let type = argument.typeOfNumber else { return nil }
            let value = WasmValue.distinct(Self.first + position, type)
            if value == argument { return nil }
            changed.invocations[list].arguments[position] = value
        }
        return changed
    }
}

extension WasmValue {
    /// The type of a number or a vector; nil for references.
    var typeOfNumber: ValueType? {
        switch self {
        case .i32: .i32
        case .i64: .i64
        case .f32: .f32
        case .f64: .f64
        case .v128: .v128
        case .reference: nil
        }
    }

    /// A value for each number above zero that no other number has; of vectors in each lane of 32 bits.
    static func distinct(_ number: Int, _ type: ValueType) -> WasmValue {
        switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: number))
        case .i64: .i64(UInt64(truncatingIfNeeded: number))
        case .f32: .f32((Float(number) + 0.5).bitPattern)
        case .f64: .f64((Double(number) + 0.5).bitPattern)
        case .v128:
            .v128(
                V128(
                    low: UInt64(truncatingIfNeeded: 4 * number | (4 * number + 1) << 32),
                    high: UInt64(truncatingIfNeeded: 4 * number + 2 | (4 * number + 3) << 32)
                )
            )
        case .reference: .reference(.null)
        }
    }
}
