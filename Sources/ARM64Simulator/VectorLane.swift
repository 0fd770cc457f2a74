/// A lane of integers: unsigned, with its signed view and the vector that 128 bits of such lanes make.
///
/// The functions are the shared pseudocode of the manual for one element.
/// Arm ARM, shared pseudocode (SatQ, UnsignedSatQ, SignedSatQ) and the operations of the A64 SIMD instructions.
protocol VectorLane: FixedWidthInteger, UnsignedInteger, SIMDScalar, Codable where Magnitude == Self {
    associatedtype Signed: FixedWidthInteger, SignedInteger where Signed.Magnitude == Self
    associatedtype Lanes: SIMD where Lanes.Scalar == Self

    init(bitPattern: Signed)
    /// The low bits.
    init(low: UInt64)
    var signed: Signed { get }
    var extended: UInt64 { get }
}

extension UInt8: VectorLane {
    typealias Lanes = SIMD16<UInt8>
    @inline(__always) init(low: UInt64) { self.init(truncatingIfNeeded: low) }
    @inline(__always) var signed: Int8 { Int8(bitPattern: self) }
    @inline(__always) var extended: UInt64 { UInt64(self) }
}

extension UInt16: VectorLane {
    typealias Lanes = SIMD8<UInt16>
    @inline(__always) init(low: UInt64) { self.init(truncatingIfNeeded: low) }
    @inline(__always) var signed: Int16 { Int16(bitPattern: self) }
    @inline(__always) var extended: UInt64 { UInt64(self) }
}

extension UInt32: VectorLane {
    typealias Lanes = SIMD4<UInt32>
    @inline(__always) init(low: UInt64) { self.init(truncatingIfNeeded: low) }
    @inline(__always) var signed: Int32 { Int32(bitPattern: self) }
    @inline(__always) var extended: UInt64 { UInt64(self) }
}

extension UInt64: VectorLane {
    typealias Lanes = SIMD2<UInt64>
    typealias Signed = Int64
    @inline(__always) init(low: UInt64) { self = low }
    @inline(__always) var signed: Int64 { Int64(bitPattern: self) }
    @inline(__always) var extended: UInt64 { self }
}

/// A lane that has a wider one.
protocol NarrowLane: VectorLane {
    associatedtype Wide: VectorLane

    /// The low half.
    init(narrowing wide: Wide)
    var wide: Wide { get }
    var signExtended: Wide { get }
}

extension UInt8: NarrowLane {
    @inline(__always) init(narrowing wide: UInt16) { self.init(truncatingIfNeeded: wide) }
    @inline(__always) var wide: UInt16 { UInt16(self) }
    @inline(__always) var signExtended: UInt16 { UInt16(bitPattern: Int16(Int8(bitPattern: self))) }
}

extension UInt16: NarrowLane {
    @inline(__always) init(narrowing wide: UInt32) { self.init(truncatingIfNeeded: wide) }
    @inline(__always) var wide: UInt32 { UInt32(self) }
    @inline(__always) var signExtended: UInt32 { UInt32(bitPattern: Int32(Int16(bitPattern: self))) }
}

extension UInt32: NarrowLane {
    @inline(__always) init(narrowing wide: UInt64) { self.init(truncatingIfNeeded: wide) }
    @inline(__always) var wide: UInt64 { UInt64(self) }
    @inline(__always) var signExtended: UInt64 { UInt64(bitPattern: Int64(Int32(bitPattern: self))) }
}

extension NarrowLane {
    /// The nearest value of the signed narrow lane.
    @inline(__always) static func saturated(_ value: Wide.Signed) -> Self {
        if value > Wide.Signed(Signed.max) { return Self(bitPattern: .max) }
        return value < Wide.Signed(Signed.min) ? Self(bitPattern: .min) : Self(narrowing: Wide(bitPattern: value))
    }

    @inline(__always) static func saturated(_ value: Wide) -> Self {
        value > Self.max.wide ? .max : Self(narrowing: value)
    }

    /// The nearest value of the unsigned narrow lane.
    @inline(__always) static func unsignedSaturated(_ value: Wide.Signed) -> Self {
        value < 0 ? 0 : saturated(Wide(bitPattern: value))
    }

    /// Twice the product, saturated.
    @inline(__always) static func doublingProduct(_ a: Self, _ b: Self) -> Wide {
        let product = a.signExtended.signed &* b.signExtended.signed
        return Wide.saturatingAdd(product, product)
    }

    @inline(__always) static func polynomialProduct(_ a: Self, _ b: Self) -> Wide {
        var result: Wide = 0
        for bit in 0..<Self.bitWidth where (a &>> Self(bit)) & 1 != 0 { result ^= b.wide &<< Wide(bit) }
        return result
    }
}

extension VectorLane {
    @inline(__always) static func mask(_ condition: Bool) -> Self { condition ? .max : 0 }

    @inline(__always) static func saturatingAdd(_ a: Signed, _ b: Signed) -> Self {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return Self(bitPattern: overflow ? (a < 0 ? .min : .max) : sum)
    }

    @inline(__always) static func saturatingSubtract(_ a: Signed, _ b: Signed) -> Self {
        let (difference, overflow) = a.subtractingReportingOverflow(b)
        return Self(bitPattern: overflow ? (a < 0 ? .min : .max) : difference)
    }

    @inline(__always) static func saturatingAdd(_ a: Self, _ b: Self) -> Self {
        let (sum, overflow) = a.addingReportingOverflow(b)
        return overflow ? .max : sum
    }

    @inline(__always) static func saturatingSubtract(_ a: Self, _ b: Self) -> Self {
        a < b ? 0 : a &- b
    }

    /// `signed + unsigned` as a signed value. Arm ARM, SUQADD.
    @inline(__always) static func accumulate(unsigned: Self, intoSigned accumulator: Self) -> Self {
        let greatest = Self(bitPattern: .max)
        if accumulator.signed >= 0 {
            let (sum, overflow) = accumulator.addingReportingOverflow(unsigned)
            return overflow || sum > greatest ? greatest : sum
        }
        let sum = accumulator &+ unsigned
        let isNegative = unsigned < 0 &- accumulator
        return !isNegative && sum > greatest ? greatest : sum
    }

    /// `unsigned + signed` as an unsigned value. Arm ARM, USQADD.
    @inline(__always) static func accumulate(signed: Self, intoUnsigned accumulator: Self) -> Self {
        signed.signed >= 0
            ? saturatingAdd(accumulator, signed) : saturatingSubtract(accumulator, 0 &- signed)
    }

    @inline(__always) static func difference(_ a: Signed, _ b: Signed) -> Self {
        Self(bitPattern: a > b ? a &- b : b &- a)
    }

    @inline(__always) static func difference(_ a: Self, _ b: Self) -> Self {
        a > b ? a &- b : b &- a
    }

    /// The upper half of twice the product, saturated; with one half added before where it rounds.
    @inline(__always) static func doublingProductHigh(_ a: Self, _ b: Self, rounds: Bool) -> Self {
        if a.signed == .min && b.signed == .min { return Self(bitPattern: .max) }
        let product = a.signed.multipliedFullWidth(by: b.signed)
        let high = Self(bitPattern: product.high) &<< 1 | product.low &>> Self(bitWidth - 1)
        let roundingBit = rounds ? product.low &>> Self(bitWidth - 2) & 1 : 0
        return high &+ roundingBit
    }

    @inline(__always) static func polynomialProductLow(_ a: Self, _ b: Self) -> Self {
        var result: Self = 0
        for bit in 0..<bitWidth where (a &>> Self(bit)) & 1 != 0 { result ^= b &<< Self(bit) }
        return result
    }

    // MARK: Shifts

    /// To the right by 1 to any number of bits, one half of the last place added before.
    @inline(__always) static func roundingShiftRight(_ value: Self, _ amount: Int) -> Self {
        (value >> amount) &+ (value >> (amount - 1) & 1)
    }

    @inline(__always) static func roundingShiftRight(_ value: Signed, _ amount: Int) -> Signed {
        (value >> amount) &+ (value >> (amount - 1) & 1)
    }

    @inline(__always) static func saturatingShiftLeft(_ value: Self, _ amount: Int) -> Self {
        if value == 0 { return 0 }
        return value.leadingZeroBitCount < amount ? .max : value << amount
    }

    @inline(__always) static func saturatingShiftLeft(_ value: Signed, _ amount: Int) -> Self {
        if value == 0 { return 0 }
        let bits = Self(bitPattern: value)
        let signs = (value < 0 ? ~bits : bits).leadingZeroBitCount - 1
        return signs < amount ? Self(bitPattern: value < 0 ? .min : .max) : bits << amount
    }

    /// The shift by register: the lowest byte of `operand`, signed. Arm ARM, SSHL, USHL and their siblings.
    @inline(__always) static func shift(_ value: Self, _ operand: Self, rounds: Bool, saturates: Bool) -> Self {
        let amount = Int(Int8(truncatingIfNeeded: operand))
        if amount < 0 { return rounds ? roundingShiftRight(value, -amount) : value >> -amount }
        return saturates ? saturatingShiftLeft(value, amount) : value << amount
    }

    @inline(__always) static func shift(_ value: Signed, _ operand: Self, rounds: Bool, saturates: Bool) -> Self {
        let amount = Int(Int8(truncatingIfNeeded: operand))
        if amount < 0 { return Self(bitPattern: rounds ? roundingShiftRight(value, -amount) : value >> -amount) }
        return saturates ? saturatingShiftLeft(value, amount) : Self(bitPattern: value << amount)
    }
}
