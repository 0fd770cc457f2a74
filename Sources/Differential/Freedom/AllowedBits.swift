import Execution
import WasmModel

/// Whether what was observed at a place is allowed.
enum AllowedAnswer {
    case allowed, forbidden, unknown

    func and(_ other: AllowedAnswer) -> AllowedAnswer {
        if self == .forbidden || other == .forbidden { return .forbidden }
        return self == .unknown || other == .unknown ? .unknown : .allowed
    }
}

/// What the bits of one value may be, told by its bits in several runs.
///
/// Equal bits were moved, or computed without a NaN, and have to be met exactly. Bits that follow the choice are a NaN that an instruction
/// made: canonical of either sign, or any quiet one where the specification lets it be arithmetic. Other bits were computed from those of
/// a NaN, and nothing is known about them but that they may be those of any run.
///
/// Spec: core 3.0, section 4.3.3 "Floating-Point Operations", NaN propagation.
struct AllowedBits<Bits: FixedWidthInteger & UnsignedInteger> {
    var runs: AllowedRuns<Bits>

    private static var sign: Bits { 1 << Bits(Bits.bitWidth - 1) }
    private static var canonical: Bits { Self.of(NaNChoice.canonicalBits) }
    private static var marker: Bits { Self.of(NaNChoice.arithmeticBits) }

    private static func of(_ bits: NaNChoice.Bits) -> Bits {
        Bits.bitWidth == 32 ? Bits(truncatingIfNeeded: bits.narrow) : Bits(truncatingIfNeeded: bits.wide)
    }

    /// Whether the bits are a NaN that an instruction made.
    var isMadeNaN: Bool {
        let magnitudes = runs.map { $0 & ~Self.sign }
        return !runs.isExact && magnitudes.expected == Self.canonical && magnitudes.negative == Self.canonical
            && [Self.canonical, Self.marker].contains(magnitudes.arithmetic) && magnitudes.mixed >= Self.canonical
    }

    func answer(_ observed: Bits) -> AllowedAnswer {
        if runs.isExact { return observed == runs.expected ? .allowed : .forbidden }
        if isMadeNaN {
            let magnitude = observed & ~Self.sign
            if runs.arithmetic & ~Self.sign == Self.marker {
                return magnitude >= Self.canonical ? .allowed : .forbidden
            }
            return magnitude == Self.canonical ? .allowed : .forbidden
        }
        return runs.all.contains(observed) ? .allowed : .unknown
    }
}

extension AllowedBits<UInt64> {
    /// As ``answer(_:)``, for 64 bits that may also be two lanes of 32.
    func answerByLanes(_ observed: UInt64) -> AllowedAnswer {
        if runs.isExact || isMadeNaN { return answer(observed) }
        func half(_ shift: UInt64) -> AllowedAnswer {
            func part(_ bits: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: bits >> shift) }
            return AllowedBits<UInt32>(runs: runs.map(part)).answer(part(observed))
        }
        return half(0).and(half(32))
    }
}

/// What the value of one place may be.
struct AllowedValue {
    var runs: AllowedRuns<WasmValue>

    func answer(_ observed: WasmValue) -> AllowedAnswer {
        if observed == runs.expected { return .allowed }
        let (low, high) = (runs.map(\.rawBits.low), runs.map(\.rawBits.high))
        switch (runs.expected, observed) {
        case (.i32, .i32(let bits)), (.f32, .f32(let bits)):
            return AllowedBits(runs: low.map { UInt32(truncatingIfNeeded: $0) }).answer(bits)
        case (.f64, .f64(let bits)): return AllowedBits(runs: low).answer(bits)
        case (.i64, .i64(let bits)): return AllowedBits(runs: low).answerByLanes(bits)
        case (.v128, .v128(let bits)):
            return AllowedBits(runs: low).answerByLanes(bits.low).and(AllowedBits(runs: high).answerByLanes(bits.high))
        default: return .forbidden
        }
    }
}

/// What one memory may hold.
struct AllowedMemory {
    enum Answer: Equatable {
        case allowed
        /// At this byte.
        case forbidden(Int)
        case unknown
    }

    var runs: AllowedRuns<[UInt8]>

    func answer(_ observed: [UInt8]) -> Answer {
        let expected = runs.expected
        let common = min(observed.count, expected.count)
        if runs.isExact {
            if observed == expected { return .allowed }
            return .forbidden((0..<common).first { observed[$0] != expected[$0] } ?? common)
        }
        guard runs.all.allSatisfy({ $0.count == expected.count }) else { return .unknown }
        guard observed.count == expected.count else { return .forbidden(common) }
        var isUnknown = false
        var position = 0
        while position < common {
            let isExact = runs.map { $0[position] }.isExact
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
        for start in stride(from: position, through: max(0, position - 7), by: -1)
        where start + 8 <= runs.expected.count {
            let allowed = AllowedBits<UInt64>(runs: runs.map { word($0, start) })
            if allowed.isMadeNaN { return (start + 8, allowed.answer(word(observed, start)) == .allowed) }
        }
        for start in stride(from: position, through: max(0, position - 3), by: -1)
        where start + 4 <= runs.expected.count {
            let allowed = AllowedBits<UInt32>(runs: runs.map { word($0, start) })
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
