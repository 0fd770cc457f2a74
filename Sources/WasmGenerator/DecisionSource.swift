/// Decisions out of raw bytes, as a coverage-guided fuzzer mutates them.
///
/// Total: it never fails. When the bytes are exhausted every answer is the smallest choice, so that shorter inputs make smaller
/// cases.
public struct DecisionSource: Sendable {
    private let bytes: [UInt8]
    private var position = 0

    /// Decides by the given bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Decides by a pseudo-random stream that the seed determines.
    public init(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        for _ in 0..<16 { withUnsafeBytes(of: generator.next().littleEndian) { bytes.append(contentsOf: $0) } }
        self.bytes = bytes
    }

    /// Whether no bytes are left.
    public var isExhausted: Bool { position >= bytes.count }

    /// The bytes that are left, followed up to so many by pseudo-random ones that they determine; none are left as they are.
    func prolonged(to count: Int) -> DecisionSource {
        let rest = Array(bytes[min(position, bytes.count)...])
        if rest.isEmpty { return DecisionSource(rest) }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in rest { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        var generator = SplitMix64(seed: hash)
        return DecisionSource(
            rest + (rest.count..<max(rest.count, count)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
        )
    }

    private mutating func byte() -> UInt64 {
        guard position < bytes.count else { return 0 }
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
