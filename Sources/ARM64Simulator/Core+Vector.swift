/// Advanced SIMD whose lanes have no numeric meaning.
extension Core {
    private func bitCountOfBytes(_ value: UInt64) -> UInt64 {
        var counts = value &- (value >> 1 & 0x5555_5555_5555_5555)
        counts = (counts & 0x3333_3333_3333_3333) &+ (counts >> 2 & 0x3333_3333_3333_3333)
        return (counts &+ counts >> 4) & 0x0f0f_0f0f_0f0f_0f0f
    }

    private func reverseBitsOfBytes(_ value: UInt64) -> UInt64 {
        var bits = (value >> 4 & 0x0f0f_0f0f_0f0f_0f0f) | (value & 0x0f0f_0f0f_0f0f_0f0f) << 4
        bits = (bits >> 2 & 0x3333_3333_3333_3333) | (bits & 0x3333_3333_3333_3333) << 2
        return (bits >> 1 & 0x5555_5555_5555_5555) | (bits & 0x5555_5555_5555_5555) << 1
    }

    /// Every result lane is a lane of the operands; `select` gives the index among both operands' lanes, vn's first.
    @inline(__always) private func permute(_ d: InstructionReference, _ select: (_ lane: Int, _ count: Int) -> Int) {
        let arrangement = Arrangement(packed: d.ra)
        let size = arrangement.sizeLog2
        let count = (arrangement.is128 ? 16 : 8) >> Int(size)
        let (a, b) = (v[Int(d.rn)], v[Int(d.rm)])
        var result = Vector128(low: 0)
        for lane in 0..<count {
            let index = select(lane, count)
            let value = index < count ? a.lane(UInt64(index), size) : b.lane(UInt64(index - count), size)
            result.insert(value, UInt64(lane), size)
        }
        v[Int(d.rd)] = result
    }

    /// Arm ARM, TBL and TBX.
    private func lookUp(_ d: InstructionReference, outOfRange: Vector128) {
        let indices = v[Int(d.rm)]
        let limit = d.immediate * 16
        var result = outOfRange
        for lane: UInt64 in 0..<16 {
            let index = indices.lane(lane, 0)
            guard index < limit else { continue }
            let register = (Int(d.rn) + Int(index >> 4)) & 31
            result.insert(v[register].lane(index & 15, 0), lane, 0)
        }
        finish(d, result)
    }

    private func extract(_ d: InstructionReference) {
        let (a, b) = (v[Int(d.rn)], v[Int(d.rm)])
        let shift = d.immediate * 8
        /// The doubleword of two that starts `amount` bits into the first.
        func joined(_ low: UInt64, _ high: UInt64, _ amount: UInt64) -> UInt64 {
            amount == 0 ? low : low >> amount | high << (64 - amount)
        }
        if !Arrangement(packed: d.ra).is128 {
            v[Int(d.rd)] = Vector128(low: joined(a.low, b.low, shift))
        } else if shift < 64 {
            v[Int(d.rd)] = Vector128(low: joined(a.low, a.high, shift), high: joined(a.high, b.low, shift))
        } else {
            v[Int(d.rd)] = Vector128(
                low: joined(a.high, b.low, shift - 64),
                high: joined(b.low, b.high, shift - 64)
            )
        }
    }

    @inline(never) func executeVector(_ operation: VectorOperation, _ d: InstructionReference) {
        let a = v[Int(d.rn)]
        let b = v[Int(d.rm)]
        let old = v[Int(d.rd)]
        let size = Arrangement(packed: d.ra).sizeLog2
        switch operation {
        case .moveImmediate: finish(d, Vector128(low: d.immediate, high: d.immediate))
        case .orrImmediate: finish(d, Vector128(low: old.low | d.immediate, high: old.high | d.immediate))
        case .bicImmediate: finish(d, Vector128(low: old.low & ~d.immediate, high: old.high & ~d.immediate))
        case .and: finish(d, Vector128(low: a.low & b.low, high: a.high & b.high))
        case .bic: finish(d, Vector128(low: a.low & ~b.low, high: a.high & ~b.high))
        case .orr: finish(d, Vector128(low: a.low | b.low, high: a.high | b.high))
        case .orn: finish(d, Vector128(low: a.low | ~b.low, high: a.high | ~b.high))
        case .eor: finish(d, Vector128(low: a.low ^ b.low, high: a.high ^ b.high))
        case .bsl:
            let low = a.low & old.low | b.low & ~old.low
            finish(d, Vector128(low: low, high: a.high & old.high | b.high & ~old.high))
        case .bit:
            let low = a.low & b.low | old.low & ~b.low
            finish(d, Vector128(low: low, high: a.high & b.high | old.high & ~b.high))
        case .bif:
            let low = a.low & ~b.low | old.low & b.low
            finish(d, Vector128(low: low, high: a.high & ~b.high | old.high & b.high))
        case .not: finish(d, Vector128(low: ~a.low, high: ~a.high))
        case .countBits8: finish(d, Vector128(low: bitCountOfBytes(a.low), high: bitCountOfBytes(a.high)))
        case .reverseBits8: finish(d, Vector128(low: reverseBitsOfBytes(a.low), high: reverseBitsOfBytes(a.high)))
        case .reverseLanes:
            let mask = 1 << (Int(d.immediate) - Int(size)) - 1
            permute(d) { lane, _ in lane ^ mask }
        case .duplicateElement:
            let value = Vector128.replicate(a.lane(d.immediate, size), size)
            finish(d, Vector128(low: value, high: value))
        case .duplicateGeneral:
            let value = Vector128.replicate(xn(d), size)
            finish(d, Vector128(low: value, high: value))
        case .moveLaneUnsigned: x[Int(d.rd)] = a.lane(d.immediate, size)
        case .moveLaneSigned32, .moveLaneSigned64:
            let shift = 64 - (8 << Int64(size))
            let value = UInt64(bitPattern: Int64(bitPattern: a.lane(d.immediate, size) << shift) >> shift)
            x[Int(d.rd)] = operation == .moveLaneSigned32 ? value & 0xffff_ffff : value
        case .insertGeneral: v[Int(d.rd)].insert(xn(d), d.immediate, size)
        case .insertElement: v[Int(d.rd)].insert(a.lane(d.immediate >> 8, size), d.immediate & 255, size)
        case .extract: extract(d)
        case .table: lookUp(d, outOfRange: Vector128(low: 0))
        case .tableExtension: lookUp(d, outOfRange: old)
        case .zip1: permute(d) { lane, count in lane / 2 + (lane & 1) * count }
        case .zip2: permute(d) { lane, count in count / 2 + lane / 2 + (lane & 1) * count }
        case .unzip1: permute(d) { lane, _ in 2 * lane }
        case .unzip2: permute(d) { lane, _ in 2 * lane + 1 }
        case .transpose1: permute(d) { lane, count in (lane & ~1) + (lane & 1) * count }
        case .transpose2: permute(d) { lane, count in (lane | 1) + (lane & 1) * count }
        }
    }
}
