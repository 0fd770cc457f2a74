import Invariants
import WasmModel

/// Eight integers of 16 bits.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeI16x8(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .i16x8Eq: slots.set(word.a, slots.u16x8(word.b) .== slots.u16x8(word.c))
        case .i16x8Ne: slots.set(word.a, slots.u16x8(word.b) .!= slots.u16x8(word.c))
        case .i16x8LtS: slots.set(word.a, slots.s16x8(word.b) .< slots.s16x8(word.c))
        case .i16x8LtU: slots.set(word.a, slots.u16x8(word.b) .< slots.u16x8(word.c))
        case .i16x8GtS: slots.set(word.a, slots.s16x8(word.b) .> slots.s16x8(word.c))
        case .i16x8GtU: slots.set(word.a, slots.u16x8(word.b) .> slots.u16x8(word.c))
        case .i16x8LeS: slots.set(word.a, slots.s16x8(word.b) .<= slots.s16x8(word.c))
        case .i16x8LeU: slots.set(word.a, slots.u16x8(word.b) .<= slots.u16x8(word.c))
        case .i16x8GeS: slots.set(word.a, slots.s16x8(word.b) .>= slots.s16x8(word.c))
        case .i16x8GeU: slots.set(word.a, slots.u16x8(word.b) .>= slots.u16x8(word.c))
        case .i16x8Abs: slots.set(word.a, VectorLanes.magnitude(slots.s16x8(word.b)))
        case .i16x8Neg: slots.set(word.a, 0 &- slots.u16x8(word.b))
        case .i16x8AllTrue: slots.set(word.a, VectorLanes.allTrue(slots.u16x8(word.b)))
        case .i16x8Bitmask: slots.set(word.a, VectorLanes.bitmask(slots.s16x8(word.b)))
        case .i16x8NarrowI32x4S:
            let wide = SIMD8(lowHalf: slots.s32x4(word.b), highHalf: slots.s32x4(word.c))
            slots.set(word.a, SIMD8<Int16>(clamping: wide))
        case .i16x8NarrowI32x4U:
            let wide = SIMD8(lowHalf: slots.s32x4(word.b), highHalf: slots.s32x4(word.c))
            slots.set(word.a, SIMD8<UInt16>(clamping: wide))
        case .i16x8ExtendLowI8x16S:
            slots.set(word.a, SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.b).lowHalf))
        case .i16x8ExtendHighI8x16S:
            slots.set(word.a, SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.b).highHalf))
        case .i16x8ExtendLowI8x16U:
            slots.set(word.a, SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.b).lowHalf))
        case .i16x8ExtendHighI8x16U:
            slots.set(word.a, SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.b).highHalf))
        case .i16x8ExtaddPairwiseI8x16S:
            let wide = SIMD16<Int16>(truncatingIfNeeded: slots.s8x16(word.b))
            slots.set(word.a, wide.evenHalf &+ wide.oddHalf)
        case .i16x8ExtaddPairwiseI8x16U:
            let wide = SIMD16<UInt16>(truncatingIfNeeded: slots.u8x16(word.b))
            slots.set(word.a, wide.evenHalf &+ wide.oddHalf)
        case .i16x8ExtmulLowI8x16S:
            let left = SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.b).lowHalf)
            let right = SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i16x8ExtmulHighI8x16S:
            let left = SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.b).highHalf)
            let right = SIMD8<Int16>(truncatingIfNeeded: slots.s8x16(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i16x8ExtmulLowI8x16U:
            let left = SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.b).lowHalf)
            let right = SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.c).lowHalf)
            slots.set(word.a, left &* right)
        case .i16x8ExtmulHighI8x16U:
            let left = SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.b).highHalf)
            let right = SIMD8<UInt16>(truncatingIfNeeded: slots.u8x16(word.c).highHalf)
            slots.set(word.a, left &* right)
        case .i16x8Shl:
            let count = SIMD8(repeating: UInt16(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.u16x8(word.b) &<< count)
        case .i16x8ShrS:
            let count = SIMD8(repeating: Int16(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.s16x8(word.b) &>> count)
        case .i16x8ShrU:
            let count = SIMD8(repeating: UInt16(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.u16x8(word.b) &>> count)
        case .i16x8Add: slots.set(word.a, slots.u16x8(word.b) &+ slots.u16x8(word.c))
        case .i16x8AddSatS:
            let left = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.b))
            let right = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.c))
            slots.set(word.a, SIMD8<Int16>(clamping: left &+ right))
        case .i16x8AddSatU:
            let left = SIMD8<Int32>(truncatingIfNeeded: slots.u16x8(word.b))
            let right = SIMD8<Int32>(truncatingIfNeeded: slots.u16x8(word.c))
            slots.set(word.a, SIMD8<UInt16>(clamping: left &+ right))
        case .i16x8Sub: slots.set(word.a, slots.u16x8(word.b) &- slots.u16x8(word.c))
        case .i16x8SubSatS:
            let left = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.b))
            let right = SIMD8<Int32>(truncatingIfNeeded: slots.s16x8(word.c))
            slots.set(word.a, SIMD8<Int16>(clamping: left &- right))
        case .i16x8SubSatU:
            let left = SIMD8<Int32>(truncatingIfNeeded: slots.u16x8(word.b))
            let right = SIMD8<Int32>(truncatingIfNeeded: slots.u16x8(word.c))
            slots.set(word.a, SIMD8<UInt16>(clamping: left &- right))
        case .i16x8Mul: slots.set(word.a, slots.u16x8(word.b) &* slots.u16x8(word.c))
        case .i16x8MinS: slots.set(word.a, pointwiseMin(slots.s16x8(word.b), slots.s16x8(word.c)))
        case .i16x8MinU: slots.set(word.a, pointwiseMin(slots.u16x8(word.b), slots.u16x8(word.c)))
        case .i16x8MaxS: slots.set(word.a, pointwiseMax(slots.s16x8(word.b), slots.s16x8(word.c)))
        case .i16x8MaxU: slots.set(word.a, pointwiseMax(slots.u16x8(word.b), slots.u16x8(word.c)))
        case .i16x8AvgrU:
            let left = SIMD8<UInt32>(truncatingIfNeeded: slots.u16x8(word.b))
            let right = SIMD8<UInt32>(truncatingIfNeeded: slots.u16x8(word.c))
            let sum = left &+ right &+ 1
            slots.set(word.a, SIMD8<UInt16>(truncatingIfNeeded: sum &>> SIMD8(repeating: 1)))
        case .i16x8Q15mulrSatS:
            let product = VectorLanes.roundedProduct15(slots.s16x8(word.b), slots.s16x8(word.c))
            slots.set(word.a, SIMD8<Int16>(clamping: product))
        default: invariantFailed("instruction on integers of 16 bits without a meaning")
        }
    }
}
