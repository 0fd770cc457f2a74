import Execution
import WasmModel

/// What the bits of one value may be, told by the values with the oracle's NaN and with each ``NaNChoice``.
///
/// Equal bits were moved, or computed without a NaN, and have to be met exactly. Bits that follow the choice are a NaN that an instruction
/// made: canonical of either sign, or any quiet one where the specification lets it be arithmetic. Other bits were computed from those of
/// a NaN, and nothing is known about them but that they may be any of the three.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
struct AllowedBits<Bits: FixedWidthInteger & UnsignedInteger> {
    enum Answer {
        case allowed, forbidden, unknown

        func and(_ other: Answer) -> Answer {
            if self == .forbidden || other == .forbidden { return .forbidden }
            return self == .unknown || other == .unknown ? .unknown : .allowed
        }
    }

    var expected: Bits
    var negative: Bits
    var arithmetic: Bits

    private static var sign: Bits { 1 << Bits(Bits.bitWidth - 1) }
    private static var canonical: Bits {
        Bits.bitWidth == 32
            ? Bits(truncatingIfNeeded: NaNChoice.canonical32) : Bits(truncatingIfNeeded: NaNChoice.canonical64)
    }
    private static var marker: Bits {
        Bits.bitWidth == 32
            ? Bits(truncatingIfNeeded: NaNChoice.arithmetic32) : Bits(truncatingIfNeeded: NaNChoice.arithmetic64)
    }

    var isExact: Bool { expected == negative && expected == arithmetic }

    /// Whether the bits are a NaN that an instruction made.
    var isMadeNaN: Bool {
        guard !isExact, expected & ~Self.sign == Self.canonical, negative & ~Self.sign == Self.canonical else {
            return false
        }
        return [Self.canonical, Self.marker].contains(arithmetic & ~Self.sign)
    }

    func answer(_ observed: Bits) -> Answer {
        if isExact { return observed == expected ? .allowed : .forbidden }
        if isMadeNaN {
            let magnitude = observed & ~Self.sign
            if arithmetic & ~Self.sign == Self.marker { return magnitude >= Self.canonical ? .allowed : .forbidden }
            return magnitude == Self.canonical ? .allowed : .forbidden
        }
        return [expected, negative, arithmetic].contains(observed) ? .allowed : .unknown
    }
}

extension AllowedBits<UInt64> {
    /// As ``answer(_:)``, for 64 bits that may also be two lanes of 32.
    func answerByLanes(_ observed: UInt64) -> Answer {
        if isExact || isMadeNaN { return answer(observed) }
        func half(_ shift: UInt64) -> AllowedBits<UInt32>.Answer {
            func part(_ bits: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: bits >> shift) }
            return AllowedBits<UInt32>(
                expected: part(expected),
                negative: part(negative),
                arithmetic: part(arithmetic)
            ).answer(part(observed))
        }
        switch half(0).and(half(32)) {
        case .allowed: return .allowed
        case .forbidden: return .forbidden
        case .unknown: return .unknown
        }
    }
}

/// The values of one place in three observations.
struct AllowedValue {
    var expected: WasmValue
    var negative: WasmValue
    var arithmetic: WasmValue

    func answer(_ observed: WasmValue) -> AllowedBits<UInt64>.Answer {
        if observed == expected { return .allowed }
        switch (expected, negative, arithmetic, observed) {
        case (.f32(let first), .f32(let second), .f32(let third), .f32(let bits)),
            (.i32(let first), .i32(let second), .i32(let third), .i32(let bits)):
            return narrow(first, second, third, bits)
        case (.f64(let first), .f64(let second), .f64(let third), .f64(let bits)):
            return AllowedBits(expected: first, negative: second, arithmetic: third).answer(bits)
        case (.i64(let first), .i64(let second), .i64(let third), .i64(let bits)):
            return AllowedBits(expected: first, negative: second, arithmetic: third).answerByLanes(bits)
        case (.v128(let first), .v128(let second), .v128(let third), .v128(let bits)):
            let low = AllowedBits(expected: first.low, negative: second.low, arithmetic: third.low)
            let high = AllowedBits(expected: first.high, negative: second.high, arithmetic: third.high)
            return low.answerByLanes(bits.low).and(high.answerByLanes(bits.high))
        default: return .forbidden
        }
    }

    private func narrow(_ first: UInt32, _ second: UInt32, _ third: UInt32, _ bits: UInt32)
        -> AllowedBits<UInt64>.Answer
    {
        switch AllowedBits(expected: first, negative: second, arithmetic: third).answer(bits) {
        case .allowed: .allowed
        case .forbidden: .forbidden
        case .unknown: .unknown
        }
    }
}

/// The content of one memory in three observations.
struct AllowedMemory {
    enum Answer: Equatable {
        case allowed
        /// At this byte.
        case forbidden(Int)
        case unknown
    }

    var expected: [UInt8]
    var negative: [UInt8]
    var arithmetic: [UInt8]

    func answer(_ observed: [UInt8]) -> Answer {
        let common = min(observed.count, expected.count)
        if expected == negative && expected == arithmetic {
            if observed == expected { return .allowed }
            return .forbidden((0..<common).first { observed[$0] != expected[$0] } ?? common)
        }
        guard expected.count == negative.count, expected.count == arithmetic.count else { return .unknown }
        guard observed.count == expected.count else { return .forbidden(common) }
        var isUnknown = false
        var position = 0
        while position < common {
            let isExact = expected[position] == negative[position] && expected[position] == arithmetic[position]
            if let (end, isAllowed) = isExact && observed[position] == expected[position]
                ? nil : nan(at: position, observed)
            {
                if !isAllowed {
                    return .forbidden((position..<end).first { observed[$0] != expected[$0] } ?? position)
                }
                position = end
                continue
            }
            if observed[position] != expected[position] {
                if isExact { return .forbidden(position) }
                isUnknown = true
            }
            position += 1
        }
        return isUnknown ? .unknown : .allowed
    }

    /// The NaN around a byte that an instruction made, where there is one: where it ends, and whether the observed one is allowed.
    ///
    /// Bytes below the one that is looked at are those of the NaN that no choice changes, so they were compared already.
    private func nan(at position: Int, _ observed: [UInt8]) -> (end: Int, isAllowed: Bool)? {
        for start in stride(from: position, through: max(0, position - 7), by: -1) where start + 8 <= expected.count {
            let allowed = AllowedBits<UInt64>(
                expected: word(expected, start),
                negative: word(negative, start),
                arithmetic: word(arithmetic, start)
            )
            if allowed.isMadeNaN { return (start + 8, allowed.answer(word(observed, start)) == .allowed) }
        }
        for start in stride(from: position, through: max(0, position - 3), by: -1) where start + 4 <= expected.count {
            let allowed = AllowedBits<UInt32>(
                expected: word(expected, start),
                negative: word(negative, start),
                arithmetic: word(arithmetic, start)
            )
            if allowed.isMadeNaN { return (start + 4, allowed.answer(word(observed, start)) == .allowed) }
        }
        return nil
    }

    private func word<Bits: FixedWidthInteger>(_ bytes: [UInt8], _ start: Int) -> Bits {
        var bits: Bits = 0
        for index in 0..<Bits.bitWidth / 8 { bits |= Bits(bytes[start + index]) << Bits(8 * index) }
        return bits
    }
}
