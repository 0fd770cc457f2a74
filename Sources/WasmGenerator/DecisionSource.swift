/// Decisions out of raw bytes, as a coverage-guided fuzzer mutates them.
///
/// Total: it never fails. When the bytes are exhausted every answer is the smallest choice, so that shorter inputs make smaller
/// cases; behind the bytes of a source with a tail come those of the tail.
///
/// A source that records notes for a ``DecisionTrace`` which bytes decide what.
public struct DecisionSource {
    private let bytes: [UInt8]
    /// In the bytes, and where they are exhausted behind them.
    private var position: Int
    private let end: Int
    /// What decides when the bytes are exhausted; nil for the smallest choices.
    private let tail: DecisionTail?
    /// What the positions of the tail are counted from.
    private let origin: Int
    /// What the positions of a recorder have in addition.
    private let offset: Int
    /// Whether these are decisions about a part, of which nothing but the bytes up to the end are in the input.
    private let isWindow: Bool
    private let recorder: DecisionRecorder?

    private init(
        _ bytes: [UInt8],
        _ range: Range<Int>,
        tail: DecisionTail?,
        origin: Int = 0,
        offset: Int = 0,
        isWindow: Bool = false,
        recorder: DecisionRecorder?
    ) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
        self.tail = tail
        self.origin = origin
        self.offset = offset
        self.isWindow = isWindow
        self.recorder = recorder
    }

    /// Decides by the given bytes.
    public init(_ bytes: [UInt8]) { self.init(bytes, recorder: nil) }

    /// Decides by the given bytes, and records what they decide.
    init(_ bytes: [UInt8], recorder: DecisionRecorder?) {
        self.init(bytes, bytes.indices, tail: nil, recorder: recorder)
    }

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
        let start = min(position + Self.bytesOfTail, end)
        if position >= end { return DecisionSource([]) }
        let tail = DecisionTail(of: bytes[position..<start])
        // Where some of the four are not there, what is put behind them would become some of them.
        let recorder = start - position == Self.bytesOfTail ? recorder : nil
        recorder?.note(tail)
        return DecisionSource(bytes, start..<end, tail: tail, recorder: recorder)
    }

    private static let bytesOfTail = 4

    /// Decides a part of what is made by so many of the next bytes, and by what follows from the last two of these: whatever the part needs
    /// of them, the next part begins behind them, so that a byte that a fuzzer changes leaves the other parts as they are.
    mutating func window(of count: Int) -> DecisionSource {
        let start = position
        if start + count <= end || tail == nil {
            position = max(start, min(start + count, end))
            return window(bytes, start..<position, offset: offset)
        }
        let own = (0..<count).map { _ in UInt8(truncatingIfNeeded: byte()) }
        return window(own, 0..<count, offset: offset + start)
    }

    private func window(_ bytes: [UInt8], _ range: Range<Int>, offset: Int) -> DecisionSource {
        DecisionSource(
            bytes,
            range,
            tail: tail.map { _ in DecisionTail(of: bytes[range].suffix(2)) },
            origin: range.lowerBound,
            offset: offset,
            isWindow: true,
            recorder: recorder
        )
    }

    private mutating func byte() -> UInt64 {
        defer { position += 1 }
        if position < end { return UInt64(bytes[position]) }
        let byte = tail?.byte(at: position - origin) ?? 0
        if !isWindow { recorder?.extend(by: byte) }
        return UInt64(byte)
    }

    /// A number from 0 up to, not including, `count`; 0 where `count` is less than 2.
    public mutating func choose(_ count: Int) -> Int {
        guard count > 1 else { return 0 }
        let start = position
        var number = byte()
        var range = 256
        while range < count {
            number = number << 8 | byte()
            range <<= 8
        }
        let choice = Int(number % UInt64(count))
        record(choice, of: count, from: start)
        return choice
    }

    /// One of the elements; the first is the smallest choice.
    public mutating func choose<Element>(from elements: [Element]) -> Element { elements[choose(elements.count)] }

    /// True in about one of `denominator` cases; false is the smallest choice.
    public mutating func oneIn(_ denominator: Int) -> Bool { choose(denominator) == denominator - 1 }

    /// Sixteen bits, to seed what follows from the case's structure.
    public mutating func seed() -> UInt64 { UInt64(choose(1 << 16)) }

    // MARK: Lists

    /// Whether another element of a list comes, which each says of itself, so that an element can be taken away or put in without a change to
    /// the others; not where the bytes are exhausted and there is no tail.
    /// - Parameter average: how many elements the list has on average.
    mutating func goesOn(averaging average: Double) -> Bool {
        Double(byte()) >= 256 / (average + 1)
    }

    /// The byte with which an element says in any list that it is there.
    public static let mark: UInt8 = 0xFF

    // MARK: Recording

    private func record(_ value: Int, of count: Int, from start: Int) {
        guard let recorder, !isWindow || position <= end else { return }
        recorder.add(value, of: count, in: start + offset..<position + offset)
    }

    /// Decides a part by the next bytes, and records them as a span of the name.
    mutating func span<Part>(_ name: DecisionSpan.Name, _ make: (inout DecisionSource) -> Part) -> Part {
        open(name)
        defer { close() }
        return make(&self)
    }

    /// Records that a span of the name begins.
    func open(_ name: DecisionSpan.Name) { recorder?.open(name, at: position + offset) }

    /// Records the end of the span that was opened last.
    func close() { recorder?.close(at: position + offset) }

    /// Takes back that a span was opened, and what was recorded since.
    func abandon() { recorder?.abandon() }
}

/// Pseudo-random bytes behind an input, each determined by a seed and its position: an input that is cut goes on as before.
struct DecisionTail: Hashable, Sendable {
    private let seed: UInt64

    /// Those that some bytes determine.
    init(of bytes: ArraySlice<UInt8>) {
        seed = ByteDigest.digest(of: bytes)
    }

    /// The byte at a position.
    func byte(at position: Int) -> UInt8 {
        var generator = SplitMix64(seed: seed &+ UInt64(position) &* SplitMix64.increment)
        return UInt8(truncatingIfNeeded: generator.next())
    }
}

/// The pseudo-random generator SplitMix64: small, fast, and the same on every platform.
///
/// Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64
    /// Between the states of two numbers that follow each other.
    static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// Starts the stream of a seed.
    public init(seed: UInt64) { state = seed }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= Self.increment
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}
