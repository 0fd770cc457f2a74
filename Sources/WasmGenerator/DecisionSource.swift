/// Decisions out of raw bytes, as a coverage-guided fuzzer mutates them.
///
/// Total: it never fails. When the bytes are exhausted every answer is the smallest choice, so that shorter inputs make smaller
/// cases.
public struct DecisionSource: Sendable {
    private let bytes: [UInt8]
    private var position: Int
    private let end: Int
    /// What decides when the bytes are exhausted; nil for the smallest choices.
    private var tail: SplitMix64?

    private init(_ bytes: [UInt8], _ range: Range<Int>, tail: SplitMix64?) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        self.tail = tail
    }

    /// Decides by the given bytes.
    public init(_ bytes: [UInt8]) { self.init(bytes, bytes.indices, tail: nil) }

    /// Decides by a pseudo-random stream that the seed determines.
    public init(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<16 { withUnsafeBytes(of: generator.next().littleEndian) { bytes.append(contentsOf: $0) } }
        self.init(bytes)
    }

    /// The bytes that are left, followed by pseudo-random ones without end; none are left as they are.
    ///
    /// The first four that are left determine those that follow, and are no decisions themselves: a byte that a fuzzer changes behind them
    /// changes its own decision, and nothing that comes after the end.
    func prolonged() -> DecisionSource {
        let start = min(position + 4, end)
        if position == end { return DecisionSource([]) }
        return DecisionSource(bytes, start..<end, tail: Self.generator(of: bytes[position..<start]))
    }

    /// Decides a part of what is made by so many of the next bytes, and by what follows from these alone: whatever the part needs of them,
    /// the next part begins behind them, so that a byte that a fuzzer changes leaves the other parts as they are.
    mutating func window(of count: Int) -> DecisionSource {
        let start = position
        position = min(start + count, end)
        if position > start {
            let generator = tail == nil ? nil : Self.generator(of: bytes[start..<position])
            return DecisionSource(bytes, start..<position, tail: generator)
        }
        let seed = tail?.next()
        return DecisionSource([], 0..<0, tail: seed.map(SplitMix64.init(seed:)))
    }

    private static func generator(of bytes: ArraySlice<UInt8>) -> SplitMix64 {
        // FNV-1a.
        SplitMix64(seed: bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 })
    }

    private mutating func byte() -> UInt64 {
        guard position < end else { return (tail?.next() ?? 0) & 0xFF }
        defer { position += 1 }
        return UInt64(bytes[position])
    }

    /// A number from 0 up to, not including, `count`; 0 where `count` is less than 2.
    public mutating func choose(_ count: Int) -> Int {
        guard count > 1 else { return 0 }
        var number = byte()
        var range = 256
        while range < count {
            number = number << 8 | byte()
            range <<= 8
        }
        return Int(number % UInt64(count))
    }

    /// One of the elements; the first is the smallest choice.
    public mutating func choose<Element>(from elements: [Element]) -> Element { elements[choose(elements.count)] }

    /// True in about one of `denominator` cases; false is the smallest choice.
    public mutating func oneIn(_ denominator: Int) -> Bool { choose(denominator) == denominator - 1 }

    /// Sixteen bits, to seed what follows from the case's structure.
    public mutating func seed() -> UInt64 { byte() << 8 | byte() }
}

/// The pseudo-random generator SplitMix64: small, fast, and the same on every platform.
///
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the stream of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
