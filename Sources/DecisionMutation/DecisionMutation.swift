import WasmGenerator

/// Changes inputs that decide cases: by the parts of the case that their bytes decide, so that a change of one part leaves the others as they are.
///
/// Total, and the same for the same input and seed.
///
/// MacIver, Donaldson: Test-Case Reduction via Test-Case Generation: Insights from the Hypothesis Reducer, ECOOP 2020, has such spans of
/// choices; they serve the search here.
public struct DecisionMutation: Sendable {
    private let make: @Sendable (inout DecisionSource) -> Void
    private let greatestSize: Int

    /// How often another change is tried where one is not possible, or changes nothing.
    private static let attempts = 4

    /// - Parameters:
    ///   - greatestSize: of what is made, in bytes.
    ///   - make: makes the case of an input.
    public init(greatestSize: Int, of make: @escaping @Sendable (inout DecisionSource) -> Void) {
        self.greatestSize = greatestSize
        self.make = make
    }

    /// An input after one change.
    /// - Returns: nil where no change was found: nothing decides anything but a few bytes.
    public func mutated(_ input: [UInt8], seed: UInt64) -> [UInt8]? {
        let trace = DecisionTrace(of: input, make)
        var random = SplitMix64(seed: seed)
        for _ in 0..<Self.attempts {
            var edit = DecisionEdit(trace, random.next(), make)
            if edit.change(), let changed = fitted(edit.trace), changed != input { return changed }
        }
        return nil
    }

    /// An input that has a part of another one, in the place of one of the same name or beside it.
    /// - Returns: nil where the two have no parts of the same name.
    public func crossed(_ input: [UInt8], with other: [UInt8], seed: UInt64) -> [UInt8]? {
        let (trace, donor) = (DecisionTrace(of: input, make), DecisionTrace(of: other, make))
        var random = SplitMix64(seed: seed)
        for _ in 0..<Self.attempts {
            var edit = DecisionEdit(trace, random.next(), make)
            if edit.take(from: donor), let changed = fitted(edit.trace), changed != input { return changed }
        }
        return nil
    }

    /// The bytes as an input, which is cut where it would be too long.
    private func fitted(_ trace: DecisionTrace) -> [UInt8]? {
        let bytes = trace.trimmed(trace.bytes)
        return bytes.isEmpty ? nil : Array(bytes.prefix(greatestSize))
    }
}
