import Invariants
import WasmModel

/// Relaxed instructions, and those with three operands.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeRelaxed(_ word: FlatInstruction, _ slots: Slots, _ relaxed: RelaxedParameters) {
        switch word.opcode {
        case .i8x16RelaxedSwizzle: slots.set(word.a, relaxed.swizzle(slots.u8x16(word.b), slots.u8x16(word.c)))
        case .i32x4RelaxedTruncF32x4S:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b)) { relaxed.truncateSigned(Double($0)) } as SIMD4<Int32>
            )
        case .i32x4RelaxedTruncF32x4U:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b)) { relaxed.truncateUnsigned(Double($0)) } as SIMD4<UInt32>
            )
        case .i32x4RelaxedTruncF64x2SZero:
            let low: SIMD2<Int32> = VectorLanes.map(slots.f64x2(word.b)) { relaxed.truncateSigned($0) }
            slots.set(word.a, SIMD4(lowHalf: low, highHalf: SIMD2()))
        case .i32x4RelaxedTruncF64x2UZero:
            let low: SIMD2<UInt32> = VectorLanes.map(slots.f64x2(word.b)) { relaxed.truncateUnsigned($0) }
            slots.set(word.a, SIMD4(lowHalf: low, highHalf: SIMD2()))
        // An operand that is the result keeps its bits.
        case .f32x4RelaxedMin:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b), slots.f32x4(word.c)) { relaxed.minimum($0, $1).bitPattern }
                    as SIMD4<UInt32>
            )
        case .f32x4RelaxedMax:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b), slots.f32x4(word.c)) { relaxed.maximum($0, $1).bitPattern }
                    as SIMD4<UInt32>
            )
        case .f64x2RelaxedMin:
            slots.set(
                word.a,
                VectorLanes.map(slots.f64x2(word.b), slots.f64x2(word.c)) { relaxed.minimum($0, $1).bitPattern }
                    as SIMD2<UInt64>
            )
        case .f64x2RelaxedMax:
            slots.set(
                word.a,
                VectorLanes.map(slots.f64x2(word.b), slots.f64x2(word.c)) { relaxed.maximum($0, $1).bitPattern }
                    as SIMD2<UInt64>
            )
        case .i16x8RelaxedQ15mulrS:
            slots.set(word.a, relaxed.roundedProduct15(slots.s16x8(word.b), slots.s16x8(word.c)))
        case .i16x8RelaxedDotI8x16I7x16S:
            slots.set(word.a, relaxed.dot(slots.s8x16(word.b), slots.s8x16(word.c)))
        default: invariantFailed("relaxed instruction without a meaning")
        }
    }

    /// `a` the result, `b` and `c` the first operands.
    /// - Parameter third: the slot of the last operand.
    @inline(never)
    static func executeTernary(
        _ word: FlatInstruction,
        _ third: UInt32,
        _ slots: Slots,
        _ relaxed: RelaxedParameters
    ) {
        switch word.opcode {
        case .v128Bitselect:
            slots.set(word.a, VectorLanes.select(slots.u64x2(word.b), slots.u64x2(word.c), slots.u64x2(third)))
        case .i8x16RelaxedLaneselect:
            let mask = unsafeBitCast(relaxed.mask(slots.s8x16(third)), to: SIMD2<UInt64>.self)
            slots.set(word.a, VectorLanes.select(slots.u64x2(word.b), slots.u64x2(word.c), mask))
        case .i16x8RelaxedLaneselect:
            let mask = unsafeBitCast(relaxed.mask(slots.s16x8(third)), to: SIMD2<UInt64>.self)
            slots.set(word.a, VectorLanes.select(slots.u64x2(word.b), slots.u64x2(word.c), mask))
        case .i32x4RelaxedLaneselect:
            let mask = unsafeBitCast(relaxed.mask(slots.s32x4(third)), to: SIMD2<UInt64>.self)
            slots.set(word.a, VectorLanes.select(slots.u64x2(word.b), slots.u64x2(word.c), mask))
        case .i64x2RelaxedLaneselect:
            let mask = unsafeBitCast(relaxed.mask(slots.s64x2(third)), to: SIMD2<UInt64>.self)
            slots.set(word.a, VectorLanes.select(slots.u64x2(word.b), slots.u64x2(word.c), mask))
        case .f32x4RelaxedMadd:
            slots.set(word.a, relaxed.multiplyAdd(slots.f32x4(word.b), slots.f32x4(word.c), slots.f32x4(third)))
        case .f32x4RelaxedNmadd:
            let left = VectorLanes.negated(slots.f32x4(word.b))
            slots.set(word.a, relaxed.multiplyAdd(left, slots.f32x4(word.c), slots.f32x4(third)))
        case .f64x2RelaxedMadd:
            slots.set(word.a, relaxed.multiplyAdd(slots.f64x2(word.b), slots.f64x2(word.c), slots.f64x2(third)))
        case .f64x2RelaxedNmadd:
            let left = VectorLanes.negated(slots.f64x2(word.b))
            slots.set(word.a, relaxed.multiplyAdd(left, slots.f64x2(word.c), slots.f64x2(third)))
        case .i32x4RelaxedDotI8x16I7x16AddS:
            let sums = SIMD8<Int32>(truncatingIfNeeded: relaxed.dot(slots.s8x16(word.b), slots.s8x16(word.c)))
            slots.set(word.a, sums.evenHalf &+ sums.oddHalf &+ slots.s32x4(third))
        default: invariantFailed("vector instruction with three operands without a meaning")
        }
    }
}
