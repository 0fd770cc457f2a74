/// The hardware numbers of registers with a name of their own.
///
/// Source: Arm ARM, section B1.2.1.
public enum ARM64Register {
    /// The frame pointer x29.
    public static let framePointer: UInt8 = 29
    /// The link register x30.
    public static let link: UInt8 = 30
    /// The stack pointer, where the form's text says `|SP`.
    public static let stackPointer: UInt8 = 31
    /// The zero register, elsewhere.
    public static let zero: UInt8 = 31
}

/// A condition of the flags; the raw value is its number in instructions.
///
/// Source: Arm ARM, section C1.2.4.
public enum ARM64Condition: UInt8, CaseIterable, Sendable {
    case equal, notEqual, carrySet, carryClear, minus, plus, overflow, noOverflow
    case unsignedHigher, unsignedLowerOrSame, signedGreaterOrEqual, signedLess, signedGreater, signedLessOrEqual
    case always, never

    /// The condition that holds where this one does not; both `always` and `never` always hold.
    @inlinable
    public var negated: ARM64Condition { ARM64Condition(rawValue: rawValue ^ 1)! }

    /// The letters in assembly text: `eq` in `b.eq`.
    var name: String {
        switch self {
        case .equal: "eq"
        case .notEqual: "ne"
        case .carrySet: "hs"
        case .carryClear: "lo"
        case .minus: "mi"
        case .plus: "pl"
        case .overflow: "vs"
        case .noOverflow: "vc"
        case .unsignedHigher: "hi"
        case .unsignedLowerOrSame: "ls"
        case .signedGreaterOrEqual: "ge"
        case .signedLess: "lt"
        case .signedGreater: "gt"
        case .signedLessOrEqual: "le"
        case .always: "al"
        case .never: "nv"
        }
    }
}

/// How the second register of a shifted form is shifted; the raw value is the field.
public enum ARM64Shift: UInt8, CaseIterable, Sendable {
    case lsl, lsr, asr, ror
}

/// How the second register of an extended form, or the index of an address, is extended; the raw value is the field.
public enum ARM64Extension: UInt8, CaseIterable, Sendable {
    case uxtb, uxth, uxtw, uxtx, sxtb, sxth, sxtw, sxtx
}

/// The lanes of a vector operand: how many of which width; the raw value is the field size above the bit Q.
///
/// Source: Arm ARM, section C1.2.3 "Register names", Table C1-4.
public enum ARM64Arrangement: UInt8, CaseIterable, Sendable {
    case bytes8, bytes16, halfwords4, halfwords8, words2, words4, doubleword1, doublewords2

    /// The letters in assembly text: `16b` in `v0.16b`.
    var name: String {
        switch self {
        case .bytes8: "8b"
        case .bytes16: "16b"
        case .halfwords4: "4h"
        case .halfwords8: "8h"
        case .words2: "2s"
        case .words4: "4s"
        case .doubleword1: "1d"
        case .doublewords2: "2d"
        }
    }

    /// The power of two of the bytes of a lane.
    @inline(__always)
    var size: UInt8 { rawValue >> 1 }

    /// The lanes of twice the width in a whole register.
    var longer: ARM64Arrangement { ARM64Arrangement(rawValue: (rawValue | 1) + 2)! }

    /// Half as many lanes of twice the width.
    var paired: ARM64Arrangement { ARM64Arrangement(rawValue: rawValue + 2)! }
}
