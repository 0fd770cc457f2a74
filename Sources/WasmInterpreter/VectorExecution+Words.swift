import Invariants
import WasmModel

/// Four integers of 32 bits, and two of 64 bits.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeI32x4(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .i32x4Eq: slots.set(word.a, slots.u32x4(word.b) .== slots.u32x4(word.c))
        case .i32x4Ne: slots.set(word.a, slots.u32x4(word.b) .!= slots.u32x4(word.c))
        case .i32x4LtS: slots.set(word.a, slots.s32x4(word.b) .< slots.s32x4(word.c))
        case .i32x4LtU: slots.set(word.a, slots.u32x4(word.b) .< slots.u32x4(word.c))
        case .i32x4GtS: slots.set(word.a, slots.s32x4(word.b) .> slots.s32x4(word.c))
        case .i32x4GtU: slots.set(word.a, slots.u32x4(word.b) .> slots.u32x4(word.c))
        case .i32x4LeS: slots.set(word.a, slots.s32x4(word.b) .<= slots.s32x4(word.c))
        case .i32x4LeU: slots.set(word.a, slots.u32x4(word.b) .<= slots.u32x4(word.c))
        case .i32x4GeS: slots.set(word.a, slots.s32x4(word.b) .>= slots.s32x4(word.c))
        case .i32x4GeU: slots.set(word.a, slots.u32x4(word.b) .>= slots.u32x4(word.c))
        case .i32x4Abs: slots.set(word.a, VectorLanes.magnitude(slots.s32x4(word.b)))
        case .i32x4Neg: slots.set(word.a, 0 &- slots.u32x4(word.b))
        case .i32x4AllTrue: slots.set(word.a, VectorLanes.allTrue(slots.u32x4(word.b)))
        case .i32x4Bitmask: slots.set(word.a, VectorLanes.bitmask(slots.s32x4(word.b)))
        case .i32x4ExtendLowI16x8S:
            slots.set(word.a, SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.b).lowHalf))
        case .i32x4ExtendHighI16x8S:
            slots.set(word.a, SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.b).highHalf))
        case .i32x4ExtendLowI16x8U:
            slots.set(word.a, SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.b).lowHalf))
        case .i32x4ExtendHighI16x8U:
            slots.set(word.a, SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.b).highHalf))
        case .i32x4ExtaddPairwiseI16x8S:
            let wide = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.b))
            slots.set(word.a, wide.evenHalf &+ wide.oddHalf)
        case .i32x4ExtaddPairwiseI16x8U:
            let wide = SIMD8<UInt32>(truncatingIfNeeded: slots.u16x8(word.b))
            slots.set(word.a, wide.evenHalf &+ wide.oddHalf)
        case .i32x4ExtmulLowI16x8S:
            let left = SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.b).lowHalf)
            let right = SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i32x4ExtmulHighI16x8S:
            let left = SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.b).highHalf)
            let right = SIMD4<Int32>(truncatingIfNeeded: slots.s16x8(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i32x4ExtmulLowI16x8U:
            let left = SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.b).lowHalf)
            let right = SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i32x4ExtmulHighI16x8U:
            let left = SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.b).highHalf)
            let right = SIMD4<UInt32>(truncatingIfNeeded: slots.u16x8(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i32x4DotI16x8S:
            let left = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.b))
            let right = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.c))
            let product = left &* right
            slots.set(word.a, product.evenHalf &+ product.oddHalf)
        case .i32x4Shl: slots.set(word.a, slots.u32x4(word.b) &<< SIMD4(repeating: slots.u32(word.c)))
        case .i32x4ShrS: slots.set(word.a, slots.s32x4(word.b) &>> SIMD4(repeating: slots.s32(word.c)))
        case .i32x4ShrU: slots.set(word.a, slots.u32x4(word.b) &>> SIMD4(repeating: slots.u32(word.c)))
        case .i32x4Add: slots.set(word.a, slots.u32x4(word.b) &+ slots.u32x4(word.c))
        case .i32x4Sub: slots.set(word.a, slots.u32x4(word.b) &- slots.u32x4(word.c))
        case .i32x4Mul: slots.set(word.a, slots.u32x4(word.b) &* slots.u32x4(word.c))
        case .i32x4MinS: slots.set(word.a, pointwiseMin(slots.s32x4(word.b), slots.s32x4(word.c)))
        case .i32x4MinU: slots.set(word.a, pointwiseMin(slots.u32x4(word.b), slots.u32x4(word.c)))
        case .i32x4MaxS: slots.set(word.a, pointwiseMax(slots.s32x4(word.b), slots.s32x4(word.c)))
        case .i32x4MaxU: slots.set(word.a, pointwiseMax(slots.u32x4(word.b), slots.u32x4(word.c)))
        default: invariantFailed("instruction on integers of 32 bits without a meaning")
        }
    }

    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeI64x2(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .i64x2Eq: slots.set(word.a, slots.u64x2(word.b) .== slots.u64x2(word.c))
        case .i64x2Ne: slots.set(word.a, slots.u64x2(word.b) .!= slots.u64x2(word.c))
        case .i64x2LtS: slots.set(word.a, slots.s64x2(word.b) .< slots.s64x2(word.c))
        case .i64x2GtS: slots.set(word.a, slots.s64x2(word.b) .> slots.s64x2(word.c))
        case .i64x2LeS: slots.set(word.a, slots.s64x2(word.b) .<= slots.s64x2(word.c))
        case .i64x2GeS: slots.set(word.a, slots.s64x2(word.b) .>= slots.s64x2(word.c))
        case .i64x2Abs: slots.set(word.a, VectorLanes.magnitude(slots.s64x2(word.b)))
        case .i64x2Neg: slots.set(word.a, 0 &- slots.u64x2(word.b))
        case .i64x2AllTrue: slots.set(word.a, VectorLanes.allTrue(slots.u64x2(word.b)))
        case .i64x2Bitmask: slots.set(word.a, VectorLanes.bitmask(slots.s64x2(word.b)))
        case .i64x2ExtendLowI32x4S:
            slots.set(word.a, SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.b).lowHalf))
        case .i64x2ExtendHighI32x4S:
            slots.set(word.a, SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.b).highHalf))
        case .i64x2ExtendLowI32x4U:
            slots.set(word.a, SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.b).lowHalf))
        case .i64x2ExtendHighI32x4U:
            slots.set(word.a, SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.b).highHalf))
        case .i64x2ExtmulLowI32x4S:
            let left = SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.b).lowHalf)
            let right = SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i64x2ExtmulHighI32x4S:
            let left = SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.b).highHalf)
            let right = SIMD2<Int64>(truncatingIfNeeded: slots.s32x4(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i64x2ExtmulLowI32x4U:
            let left = SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.b).lowHalf)
            let right = SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i64x2ExtmulHighI32x4U:
            let left = SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.b).highHalf)
            let right = SIMD2<UInt64>(truncatingIfNeeded: slots.u32x4(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i64x2Shl: slots.set(word.a, slots.u64x2(word.b) &<< SIMD2(repeating: UInt64(slots.u32(word.c))))
        case .i64x2ShrS: slots.set(word.a, slots.s64x2(word.b) &>> SIMD2(repeating: Int64(slots.u32(word.c))))
        case .i64x2ShrU: slots.set(word.a, slots.u64x2(word.b) &>> SIMD2(repeating: UInt64(slots.u32(word.c))))
        case .i64x2Add: slots.set(word.a, slots.u64x2(word.b) &+ slots.u64x2(word.c))
        case .i64x2Sub: slots.set(word.a, slots.u64x2(word.b) &- slots.u64x2(word.c))
        case .i64x2Mul: slots.set(word.a, slots.u64x2(word.b) &* slots.u64x2(word.c))
        default: invariantFailed("instruction on integers of 64 bits without a meaning")
        }
    }
}
