/// The arities near which engines change behaviour: register counts, byte and word widths, public limits.
public enum ArityBoundary {
    /// Ascending; see the bug reports that the bug zoo cites for why each region is there. Behind the public limits come those of offsets:
    /// 12 bits count the bytes, words or 16-byte slots of an area, and 15 or 16 bits the bytes of stack arguments.
    public static let all: [Int] = [
        0, 1, 2, 3, 5, 6, 7, 8, 9, 15, 16, 17, 18, 20, 31, 32, 33, 63, 64, 65, 127, 128, 129, 139, 140, 253, 254, 255,
        256, 257,
        299, 300, 301, 511, 512, 513, 600, 999, 1000, 1001, 1024, 1025, 2047, 2048, 2049, 4095, 4096, 4097, 4200, 8200,
        10_000,
    ]

    /// The greatest arity of most cases, which is the public limit.
    public static let usual = 1_000
    /// The greatest arity that is met without being asked for.
    public static let usualMaximum = 10_000

    /// The boundaries up to a maximum, which is itself the last.
    public static func upTo(_ maximum: Int) -> [Int] {
        var arities = all.filter { $0 < maximum }
        arities.append(maximum)
        return arities
    }

    /// Those above ``usual`` up to a maximum, which is itself the last; none where the maximum is not above it.
    static func large(upTo maximum: Int) -> [Int] { maximum > usual ? upTo(maximum).filter { $0 > usual } : [] }

    /// A boundary in three of four cases, any arity up to the maximum in the others; large arities are rarer, as they cost more: one list in
    /// 256 is beyond ``usual``, which takes about a fifth of the time.
    static func choose(from decisions: inout DecisionSource, maximum: Int) -> Int {
        let boundaries = upTo(min(maximum, usual))
        switch decisions.choose(256) {
        case 0..<96: return boundaries[min(decisions.choose(19), boundaries.count - 1)]
        case 96..<192: return boundaries[decisions.choose(boundaries.count)]
        case 192..<224: return decisions.choose(min(maximum, 48) + 1)
        case 255 where maximum > usual: return decisions.choose(from: large(upTo: maximum))
        default: return decisions.choose(min(maximum, 320) + 1)
        }
    }

    /// Bytes with which ``choose(from:maximum:)`` takes a boundary: where those that it took are one, often a neighbour.
    /// - Parameter present: the choices that were made.
    public static func decisions(besides present: [Int], by random: inout SplitMix64) -> [UInt8] {
        let boundary = UInt8.random(in: 0...255, using: &random)
        guard present.count == 2, present[0] < 192, Bool.random(using: &random) else { return [96, boundary] }
        let neighbour = present[1] + (Bool.random(using: &random) ? 1 : -1)
        return [96, UInt8(clamping: neighbour)]
    }
}
