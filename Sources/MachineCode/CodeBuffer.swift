import Invariants

/// A place in a function's code, known when ``CodeBuffer/bind(_:)`` is called.
@frozen
public struct Label: Hashable, Sendable {
    public var index: UInt32
    @inlinable init(_ index: Int) { self.index = UInt32(index) }
}

/// How a distance is written into code.
public enum FixUpKind: UInt8, Hashable, Sendable, CaseIterable {
    /// x86_64: a signed byte, from its end.
    case x64Relative8
    /// x86_64: four signed bytes, from their end.
    case x64Relative32
    /// ARM64: 26 bits of words from bit 0 (`b`, `bl`).
    case arm64Branch26
    /// ARM64: 19 bits of words from bit 5 (`b.cond`, `cbz`, `cbnz`, literal loads).
    case arm64Branch19
    /// ARM64: 21 bits of bytes, the low two from bit 29, the others from bit 5 (`adr`).
    case arm64Address21
    /// Four signed bytes: the distance from a second label, for branch tables.
    case tableEntry32

    /// The lowest and highest distance in bytes that can be written.
    public var reach: ClosedRange<Int> {
        switch self {
        case .x64Relative8: -0x80...0x7F
        case .x64Relative32, .tableEntry32: -0x8000_0000...0x7FFF_FFFF
        case .arm64Branch26: -(1 << 27)...(1 << 27) - 4
        case .arm64Branch19: -(1 << 20)...(1 << 20) - 4
        case .arm64Address21: -(1 << 20)...(1 << 20) - 1
        }
    }
}

/// A distance that does not fit where it has to be written.
public struct FixUpOutOfReach: Error, Hashable, Sendable {
    public var kind: FixUpKind
    /// In bytes from the start of the code.
    public var offset: Int
    /// In bytes.
    public var distance: Int
}

/// A reference from code to a ``Symbol``, which the module's linking fills in.
public struct Relocation: Hashable, Sendable {
    /// Where the field (x86_64) or the instruction (ARM64) is, in bytes.
    public var offset: Int
    public var kind: FixUpKind
    public var symbol: Symbol
}

/// Bytes of machine code with labels, the distances between them, a constant pool and references to symbols.
public struct CodeBuffer: Sendable {
    public var bytes: [UInt8] = []
    public private(set) var relocations: [Relocation] = []
    /// The branch tables and constants among the bytes, in rising order, in runs as long as they can be.
    public private(set) var dataRanges: [Range<Int>] = []
    /// By label: in bytes from the start, -1 where not bound.
    private var labelOffsets: [Int] = []
    private var fixUps: [FixUp] = []
    private var constants: [PooledConstant] = []
    private var constantPositions: [ConstantKey: Int] = [:]

    private struct FixUp {
        var offset: Int
        var label: Label
        /// For table entries.
        var base: Label
        var kind: FixUpKind
    }

    private struct ConstantKey: Hashable {
        var low: UInt64
        var high: UInt64
        var size: Int
    }

    private struct PooledConstant {
        var key: ConstantKey
        var label: Label
    }

    /// Makes an empty buffer.
    public init() {}

    /// The position of the next byte.
    public var count: Int { bytes.count }

    // MARK: Bytes

    /// Appends a byte.
    public mutating func byte(_ value: UInt8) { bytes.append(value) }

    /// Appends four bytes, the lowest first: an ARM64 instruction.
    public mutating func word(_ value: UInt32) {
        bytes.append(UInt8(truncatingIfNeeded: value))
        bytes.append(UInt8(truncatingIfNeeded: value >> 8))
        bytes.append(UInt8(truncatingIfNeeded: value >> 16))
        bytes.append(UInt8(truncatingIfNeeded: value >> 24))
    }

    /// Appends bytes until the position is a multiple of a power of two.
    public mutating func align(to alignment: Int, with filler: UInt8 = 0) {
        while bytes.count & (alignment - 1) != 0 { bytes.append(filler) }
    }

    // MARK: Labels

    /// Makes a label that is not bound.
    public mutating func makeLabel() -> Label {
        labelOffsets.append(-1)
        return Label(labelOffsets.count - 1)
    }

    /// Makes labels that are not bound, with consecutive numbers.
    mutating func makeLabels(_ count: Int) -> Label {
        labelOffsets.append(contentsOf: repeatElement(-1, count: count))
        return Label(labelOffsets.count - count)
    }

    /// Says that a label stands for the current position.
    public mutating func bind(_ label: Label) {
        invariant(labelOffsets[Int(label.index)] < 0, "label is bound once")
        labelOffsets[Int(label.index)] = bytes.count
    }

    /// Whether a label is bound and so many bytes back from the current position at most.
    public func isBound(_ label: Label, within distance: Int) -> Bool {
        let offset = labelOffsets[Int(label.index)]
        return offset >= 0 && bytes.count - offset <= distance
    }

    /// The position of a label that is bound.
    public func offset(of label: Label) -> Int {
        let offset = labelOffsets[Int(label.index)]
        invariant(offset >= 0, "label is bound")
        return offset
    }

    // MARK: References

    /// Notes that the distance to a label belongs into the field (x86_64: of so many bytes) or instruction (ARM64) at
    /// an offset in bytes, which is already in ``bytes`` with zeros for the distance. The distance is written by
    /// ``resolve()``.
    public mutating func fixUp(at offset: Int, to label: Label, _ kind: FixUpKind) {
        fixUps.append(FixUp(offset: offset, label: label, base: label, kind: kind))
    }

    /// As ``fixUp(at:to:_:)``, for a symbol outside this code.
    public mutating func relocation(at offset: Int, to symbol: Symbol, _ kind: FixUpKind) {
        relocations.append(Relocation(offset: offset, kind: kind, symbol: symbol))
    }

    /// Appends four bytes that become the distance from one label to another.
    public mutating func tableEntry(_ label: Label, from base: Label) {
        fixUps.append(FixUp(offset: bytes.count, label: label, base: base, kind: .tableEntry32))
        word(0)
        noteData(from: bytes.count - 4)
    }

    private mutating func noteData(from start: Int) {
        if let last = dataRanges.last, last.upperBound == start {
            dataRanges[dataRanges.count - 1] = last.lowerBound..<bytes.count
        } else if start < bytes.count {
            dataRanges.append(start..<bytes.count)
        }
    }

    /// A label for a constant of 4, 8 or 16 bytes that lies behind the function's code, aligned to its size; equal
    /// constants are shared.
    public mutating func constant(low: UInt64, high: UInt64 = 0, size: Int) -> Label {
        let key = ConstantKey(low: low, high: high, size: size)
        if let position = constantPositions[key] { return constants[position].label }
        let label = makeLabel()
        constantPositions[key] = constants.count
        constants.append(PooledConstant(key: key, label: label))
        return label
    }

    /// Appends the constant pool, the largest first.
    mutating func placeConstants() {
        let start = bytes.count
        for size in [16, 8, 4] {
            for constant in constants where constant.key.size == size {
                align(to: size)
                bind(constant.label)
                for position in 0..<size {
                    let half = position < 8 ? constant.key.low : constant.key.high
                    byte(UInt8(truncatingIfNeeded: half >> UInt64(8 * (position & 7))))
                }
            }
        }
        noteData(from: start)
        constants.removeAll()
        constantPositions.removeAll()
    }

    /// Writes all distances between labels.
    /// - Parameter reach: the distances that fit.
    /// - Throws: the first that does not fit.
    mutating func resolve(
        within reach: (FixUpKind) -> ClosedRange<Int> = { $0.reach }
    ) throws(FixUpOutOfReach) {
        for fixUp in fixUps {
            let from = fixUp.kind == .tableEntry32 ? offset(of: fixUp.base) : fixUp.offset
            try Self.write(
                fixUp.kind,
                at: fixUp.offset,
                from: from,
                to: offset(of: fixUp.label),
                within: reach(fixUp.kind),
                in: &bytes
            )
        }
        fixUps.removeAll()
    }

    /// Writes one distance.
    /// - Parameters:
    ///   - offset: where the field or instruction is.
    ///   - origin: where the distance is counted from; x86_64 kinds add the size of their field.
    ///   - target: where it leads.
    ///   - reach: the distances that fit; nil for those of the kind.
    static func write(
        _ kind: FixUpKind,
        at offset: Int,
        from origin: Int,
        to target: Int,
        within reach: ClosedRange<Int>? = nil,
        in bytes: inout [UInt8]
    ) throws(FixUpOutOfReach) {
        var distance = target - origin
        switch kind {
        case .x64Relative8: distance -= 1
        case .x64Relative32: distance -= 4
        case .arm64Branch26, .arm64Branch19, .arm64Address21, .tableEntry32: break
        }
        guard (reach ?? kind.reach).contains(distance) else {
            throw FixUpOutOfReach(kind: kind, offset: offset, distance: distance)
        }
        let bits = UInt32(truncatingIfNeeded: distance)
        switch kind {
        case .x64Relative8: bytes[offset] = UInt8(truncatingIfNeeded: bits)
        case .x64Relative32, .tableEntry32: insert(bits, at: offset, in: &bytes)
        case .arm64Branch26: insert(bits >> 2 & 0x3FF_FFFF, at: offset, in: &bytes)
        case .arm64Branch19: insert((bits >> 2 & 0x7_FFFF) << 5, at: offset, in: &bytes)
        case .arm64Address21: insert((bits & 3) << 29 | (bits >> 2 & 0x7_FFFF) << 5, at: offset, in: &bytes)
        }
    }

    /// Sets bits that are zero in four bytes.
    private static func insert(_ bits: UInt32, at offset: Int, in bytes: inout [UInt8]) {
        for position in 0..<4 {
            bytes[offset + position] |= UInt8(truncatingIfNeeded: bits >> UInt32(8 * position))
        }
    }
}
