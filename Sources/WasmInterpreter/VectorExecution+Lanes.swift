import Invariants
import WasmModel

/// Whole vectors and single lanes.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// Bitwise operations, splats, swizzles and lanes: `a` the result, `b` and `c` the operands; `c` is the lane that
    /// is extracted, `small` the one that is replaced.
    @inline(never)
    static func executeLanes(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .v128Not: slots.set(word.a, ~slots.u64x2(word.b))
        case .v128And: slots.set(word.a, slots.u64x2(word.b) & slots.u64x2(word.c))
        case .v128Andnot: slots.set(word.a, slots.u64x2(word.b) & ~slots.u64x2(word.c))
        case .v128Or: slots.set(word.a, slots.u64x2(word.b) | slots.u64x2(word.c))
        case .v128Xor: slots.set(word.a, slots.u64x2(word.b) ^ slots.u64x2(word.c))
        case .v128AnyTrue: slots.set(word.a, slots.u64(word.b) | slots.u64(word.b &+ 1) != 0)
        case .i8x16Swizzle: slots.set(word.a, VectorLanes.swizzle(slots.u8x16(word.b), slots.u8x16(word.c)))
        case .i8x16Splat: slots.set(word.a, SIMD16(repeating: UInt8(truncatingIfNeeded: slots.u32(word.b))))
        case .i16x8Splat: slots.set(word.a, SIMD8(repeating: UInt16(truncatingIfNeeded: slots.u32(word.b))))
        case .i32x4Splat, .f32x4Splat: slots.set(word.a, SIMD4(repeating: slots.u32(word.b)))
        case .i64x2Splat, .f64x2Splat: slots.set(word.a, SIMD2(repeating: slots.u64(word.b)))
        case .i8x16ExtractLaneS: slots.set(word.a, Int32(slots.s8x16(word.b)[Int(word.c)]))
        case .i8x16ExtractLaneU: slots.set(word.a, UInt32(slots.u8x16(word.b)[Int(word.c)]))
        case .i16x8ExtractLaneS: slots.set(word.a, Int32(slots.s16x8(word.b)[Int(word.c)]))
        case .i16x8ExtractLaneU: slots.set(word.a, UInt32(slots.u16x8(word.b)[Int(word.c)]))
        case .i32x4ExtractLane, .f32x4ExtractLane: slots.set(word.a, slots.u32x4(word.b)[Int(word.c)])
        case .i64x2ExtractLane, .f64x2ExtractLane: slots.set(word.a, slots.u64x2(word.b)[Int(word.c)])
        case .i8x16ReplaceLane:
            var lanes = slots.u8x16(word.b)
            lanes[Int(word.small)] = UInt8(truncatingIfNeeded: slots.u32(word.c))
            slots.set(word.a, lanes)
        case .i16x8ReplaceLane:
            var lanes = slots.u16x8(word.b)
            lanes[Int(word.small)] = UInt16(truncatingIfNeeded: slots.u32(word.c))
            slots.set(word.a, lanes)
        case .i32x4ReplaceLane, .f32x4ReplaceLane:
            var lanes = slots.u32x4(word.b)
            lanes[Int(word.small)] = slots.u32(word.c)
            slots.set(word.a, lanes)
        case .i64x2ReplaceLane, .f64x2ReplaceLane:
            var lanes = slots.u64x2(word.b)
            lanes[Int(word.small)] = slots.u64(word.c)
            slots.set(word.a, lanes)
        default: invariantFailed("instruction on lanes without a meaning")
        }
    }

    /// `i8x16.shuffle`: `a` the result, `b` and `c` the operands.
    /// - Parameters:
    ///   - low: the numbers of the bytes for lanes 0 to 7.
    ///   - high: the numbers of the bytes for lanes 8 to 15.
    @inline(never)
    static func shuffle(_ word: FlatInstruction, _ low: UInt64, _ high: UInt64, _ slots: Slots) {
        let bytes = SIMD32(lowHalf: slots.u8x16(word.b), highHalf: slots.u8x16(word.c))
        let numbers = unsafeBitCast(SIMD2(low, high), to: SIMD16<UInt8>.self)
        slots.set(word.a, VectorLanes.map(numbers) { bytes[Int($0 & 31)] } as SIMD16<UInt8>)
    }
}
