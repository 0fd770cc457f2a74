import WasmModel

/// Says what a wrong list of values looks like, as tagged values tell where each came from.
public struct ResultExplanation: Sendable {
    private let sent: [WasmValue]

    /// Explains by the expected values alone, or also by the arguments that were sent.
    public init(arguments: [WasmValue] = []) { sent = arguments }

    /// The mistake in words, the class first: `swapped`, `shifted by 1`, `overlapping copy`, `truncated`, `wrong width`,
    /// `wrong lane`, `received the value of result 41`, or nil where the values tell nothing.
    func pattern(observed: [WasmValue], expected: [WasmValue], at index: Int) -> String? {
        let value = observed[index]
        if let other = expected.indices.first(where: {
            $0 != index && expected[$0] == value && expected[$0] != expected[index]
        }) {
            if observed[other] == expected[index] { return "swapped with position \(other)" }
            let distance = other - index
            let isShifted = (index..<min(index + 4, observed.count)).allSatisfy { position in
                expected.indices.contains(position + distance) && observed[position] == expected[position + distance]
            }
            if isShifted, index + 1 < observed.count { return "shifted by \(distance)" }
            if observed[other] == value, other < index { return "overlapping copy of position \(other)" }
            return "received the value of position \(other)"
        }
        if let parameter = sent.firstIndex(of: value) { return "received parameter \(parameter)" }
        return widthPattern(observed: value, expected: expected[index])
    }

    /// The kind of a mistake as ``pattern(observed:expected:at:)`` says it, without the places of values, which are those of one case; nil of other
    /// texts.
    public static func kind(of pattern: String) -> String? { kinds.first { pattern.hasPrefix($0) } }

    private static let kinds = [
        "swapped", "shifted", "overlapping copy", "received", "truncated", "wrong lane", "wrong high half",
        "wrong low half",
    ]

    private func widthPattern(observed: WasmValue, expected: WasmValue) -> String? {
        switch (observed, expected) {
        case (.i64(let left), .i64(let right)), (.f64(let left), .f64(let right)):
            if left == 0 || left == .max { return nil }
            return UInt32(truncatingIfNeeded: left) == UInt32(truncatingIfNeeded: right) ? "truncated to 32 bits" : nil
        case (.v128(let left), .v128(let right)):
            let (lanes, expectedLanes) = (left.words, right.words)
            if let lane = lanes.indices.first(where: { lanes[$0] != expectedLanes[$0] }),
                let other = expectedLanes.firstIndex(of: lanes[lane])
            {
                return "wrong lane: \(lane) has what \(other) should have"
            }
            if left.low == right.low { return "wrong high half" }
            return left.high == right.high ? "wrong low half" : nil
        default:
            return nil
        }
    }
}

extension V128 {
    /// The lanes of 32 bits.
    fileprivate var words: [UInt32] {
        [low, low >> 32, high, high >> 32].map { UInt32(truncatingIfNeeded: $0) }
    }
}
