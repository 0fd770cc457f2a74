/// Advanced SIMD.
extension Core {
    /// The lane of a register, zero-extended; a lane of 2 to the power of `sizeLog2` bytes.
    @inline(__always) private func lane(_ register: UInt8, _ index: UInt64, _ sizeLog2: UInt8) -> UInt64 {
        let bit = index << (UInt64(sizeLog2) + 3)
        let half = bit < 64 ? v[Int(register)].low : v[Int(register)].high
        return half &>> bit & laneMask(sizeLog2)
    }

    @inline(__always) private func laneMask(_ sizeLog2: UInt8) -> UInt64 {
        .max >> (64 - (8 << UInt64(sizeLog2)))
    }

    @inline(__always) private func insert(_ value: UInt64, _ register: UInt8, _ index: UInt64, _ sizeLog2: UInt8) {
        let bit = index << (UInt64(sizeLog2) + 3)
        let mask = laneMask(sizeLog2) &<< bit
        if bit < 64 {
            v[Int(register)].low = v[Int(register)].low & ~mask | value &<< bit & mask
        } else {
            v[Int(register)].high = v[Int(register)].high & ~mask | value &<< bit & mask
        }
    }

    /// The low lane's value in every lane of 64 bits.
    @inline(__always) private func replicate(_ value: UInt64, _ sizeLog2: UInt8) -> UInt64 {
        switch sizeLog2 {
        case 0: (value & 0xff) &* 0x0101_0101_0101_0101
        case 1: (value & 0xffff) &* 0x0001_0001_0001_0001
        case 2: (value & 0xffff_ffff) &* 0x1_0000_0001
        default: value
        }
    }

    /// Writes 64 or 128 bits; the upper half of a 64-bit result is zero.
    @inline(__always) private func set(_ d: DecodedInstruction, low: UInt64, high: UInt64) {
        v[Int(d.rd)] = Vector128(low: low, high: d.ra == 0 ? 0 : high)
    }

    private func bitCountOfBytes(_ value: UInt64) -> UInt64 {
        var counts = value &- (value >> 1 & 0x5555_5555_5555_5555)
        counts = (counts & 0x3333_3333_3333_3333) &+ (counts >> 2 & 0x3333_3333_3333_3333)
        return (counts &+ counts >> 4) & 0x0f0f_0f0f_0f0f_0f0f
    }

    private func sumOfLanes(_ d: DecodedInstruction) -> UInt64 {
        let count: UInt64 = (d.ra == 0 ? 8 : 16) >> UInt64(d.rm)
        var sum: UInt64 = 0
        for index in 0..<count { sum &+= lane(d.rn, index, d.rm) }
        return sum
    }

    @inline(never) func executeVector(_ operation: VectorOperation, _ d: DecodedInstruction) {
        let a = v[Int(d.rn)]
        let b = v[Int(d.rm)]
        let old = v[Int(d.rd)]
        switch operation {
        case .moveImmediate: set(d, low: d.immediate, high: d.immediate)
        case .orrImmediate: set(d, low: old.low | d.immediate, high: old.high | d.immediate)
        case .bicImmediate: set(d, low: old.low & ~d.immediate, high: old.high & ~d.immediate)
        case .and: set(d, low: a.low & b.low, high: a.high & b.high)
        case .bic: set(d, low: a.low & ~b.low, high: a.high & ~b.high)
        case .orr: set(d, low: a.low | b.low, high: a.high | b.high)
        case .orn: set(d, low: a.low | ~b.low, high: a.high | ~b.high)
        case .eor: set(d, low: a.low ^ b.low, high: a.high ^ b.high)
        case .bsl: set(d, low: a.low & old.low | b.low & ~old.low, high: a.high & old.high | b.high & ~old.high)
        case .bit: set(d, low: a.low & b.low | old.low & ~b.low, high: a.high & b.high | old.high & ~b.high)
        case .bif: set(d, low: a.low & ~b.low | old.low & b.low, high: a.high & ~b.high | old.high & b.high)
        case .not: set(d, low: ~a.low, high: ~a.high)
        case .countBits8: set(d, low: bitCountOfBytes(a.low), high: bitCountOfBytes(a.high))
        case .addAcrossLanes: v[Int(d.rd)] = Vector128(low: sumOfLanes(d) & laneMask(d.rm))
        case .unsignedAddLongAcrossLanes: v[Int(d.rd)] = Vector128(low: sumOfLanes(d))
        case .duplicateElement:
            let value = replicate(lane(d.rn, d.immediate, d.rm), d.rm)
            set(d, low: value, high: value)
        case .duplicateGeneral:
            let value = replicate(xn(d), d.rm)
            set(d, low: value, high: value)
        case .duplicateScalar: v[Int(d.rd)] = Vector128(low: lane(d.rn, d.immediate, d.rm))
        case .moveLaneUnsigned: x[Int(d.rd)] = lane(d.rn, d.immediate, d.rm)
        case .moveLaneSigned32, .moveLaneSigned64:
            let shift = 64 - (8 << Int64(d.rm))
            let value = UInt64(bitPattern: Int64(bitPattern: lane(d.rn, d.immediate, d.rm) << shift) >> shift)
            x[Int(d.rd)] = operation == .moveLaneSigned32 ? value & 0xffff_ffff : value
        case .insertGeneral: insert(xn(d), d.rd, d.immediate, d.rm)
        case .insertElement: insert(lane(d.rn, UInt64(d.ra), d.rm), d.rd, d.immediate, d.rm)
        }
    }
}
