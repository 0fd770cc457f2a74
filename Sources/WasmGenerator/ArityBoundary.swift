/// The arities near which engines change behaviour: register counts, byte and word widths, public limits.
public enum ArityBoundary {
    /// Ascending; see the bug reports that the bug zoo cites for why each region is there.
    public static let all: [Int] = [
        0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 18, 20, 31, 32, 33, 63, 64, 65, 127, 128, 129, 139, 140, 253, 254, 255,
        256, 257,
        299, 300, 301, 511, 512, 513, 600, 999, 1000, 1001, 4095, 4096, 4097, 10_000,
    ]

    /// The boundaries up to a maximum, which is itself the last.
    public static func upTo(_ maximum: Int) -> [Int] {
        var arities = all.filter { $0 < maximum }
        arities.append(maximum)
        return arities
    }

    /// A boundary in three of four cases, any arity up to the maximum in the others; large arities are rarer, as they cost more.
    static func choose(from decisions: inout DecisionSource, maximum: Int) -> Int {
        let boundaries = upTo(maximum)
        switch decisions.choose(8) {
        case 0, 1, 2: return boundaries[min(decisions.choose(19), boundaries.count - 1)]
        case 3, 4, 5: return boundaries[decisions.choose(boundaries.count)]
        case 6: return decisions.choose(min(maximum, 48) + 1)
        default: return decisions.choose(min(maximum, 320) + 1)
        }
    }
}
