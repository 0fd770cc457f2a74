/// The immediates of logical instructions: a run of ones, rotated within an element of 2 to 64 bits that is repeated.
///
/// Source: Arm ARM, pseudocode `DecodeBitMasks`, section J1.3.
public enum ARM64BitmaskImmediate {
    /// The 13 bits `N:immr:imms` of a value, or nil where it is no such pattern; of a 32-bit one, the upper half must be zero.
    public static func encode(_ value: UInt64, is64: Bool) -> UInt32? {
        var value = value
        if !is64 {
            if value >> 32 != 0 { return nil }
            value |= value << 32
        }
        if value == 0 || value == .max { return nil }
        // The smallest element whose repetition the value is.
        var size = 64
        while size > 2 {
            let half = size / 2
            let mask = (UInt64(1) << UInt64(half)) - 1
            if value & mask != (value >> UInt64(half)) & mask { break }
            size = half
        }
        let mask: UInt64 = size == 64 ? .max : (UInt64(1) << UInt64(size)) - 1
        let element = value & mask
        let ones = element.nonzeroBitCount
        // The rotation to the right that makes the element out of ones at its low end.
        let run = (UInt64(1) << UInt64(ones)) - 1
        let firstOne: Int
        if element & 1 == 0 {
            firstOne = element.trailingZeroBitCount
        } else {
            // The run may wrap around: it begins above the highest zero.
            let zeros = ~element & mask
            firstOne = (64 - zeros.leadingZeroBitCount) % size
        }
        if rotateRight(run, by: (size - firstOne) % size, size: size) != element { return nil }
        let immr = UInt32((size - firstOne) % size)
        let sizeBits = UInt32(truncatingIfNeeded: ~(size * 2 - 1)) & 0x3F
        let imms = sizeBits | UInt32(ones - 1)
        return (size == 64 ? 1 << 12 : 0) | immr << 6 | imms
    }

    /// The value of the 13 bits `N:immr:imms`, or nil where they are reserved.
    static func decode(_ bits: UInt32, is64: Bool) -> UInt64? {
        let immr = Int(bits >> 6 & 63)
        let imms = Int(bits & 63)
        let sizes = (bits >> 12) << 6 | ~bits & 63
        if sizes < 2 || (!is64 && bits >> 12 == 1) { return nil }
        let size = 1 << (31 - sizes.leadingZeroBitCount)
        let ones = (imms & (size - 1)) + 1
        if ones == size { return nil }
        var value = rotateRight((UInt64(1) << UInt64(ones)) - 1, by: immr & (size - 1), size: size)
        var filled = size
        while filled < (is64 ? 64 : 32) {
            value |= value << UInt64(filled)
            filled *= 2
        }
        return value
    }

    private static func rotateRight(_ element: UInt64, by amount: Int, size: Int) -> UInt64 {
        if amount == 0 { return element }
        let mask: UInt64 = size == 64 ? .max : (UInt64(1) << UInt64(size)) - 1
        return (element >> UInt64(amount) | element << UInt64(size - amount)) & mask
    }
}

/// The immediates of `fmov`: a sign, three bits of exponent and four of fraction.
///
/// Source: Arm ARM, pseudocode `VFPExpandImm`.
public enum ARM64FloatImmediate {
    /// The eight bits of a number, or nil where it is none of the 256; a single-precision number is given as the same double.
    public static func encode(_ value: Double) -> UInt8? {
        let bits = value.bitPattern
        if bits & 0x0000_FFFF_FFFF_FFFF != 0 { return nil }
        let candidate = UInt8(bits >> 63) << 7 | UInt8(truncatingIfNeeded: bits >> 48) & 0x7F
        return expand(candidate).bitPattern == bits ? candidate : nil
    }

    /// The number that eight bits stand for.
    public static func expand(_ bits: UInt8) -> Double {
        let sign = UInt64(bits >> 7) << 63
        let exponent = (bits & 0x40 == 0 ? UInt64(0x400) : 0x3FC) + UInt64(bits >> 4 & 3)
        return Double(bitPattern: sign | exponent << 52 | UInt64(bits & 0xF) << 48)
    }
}
