import Invariants
import WasmModel

/// Sixteen integers of 8 bits.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeI8x16(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .i8x16Eq: slots.set(word.a, slots.u8x16(word.b) .== slots.u8x16(word.c))
        case .i8x16Ne: slots.set(word.a, slots.u8x16(word.b) .!= slots.u8x16(word.c))
        case .i8x16LtS: slots.set(word.a, slots.s8x16(word.b) .< slots.s8x16(word.c))
        case .i8x16LtU: slots.set(word.a, slots.u8x16(word.b) .< slots.u8x16(word.c))
        case .i8x16GtS: slots.set(word.a, slots.s8x16(word.b) .> slots.s8x16(word.c))
        case .i8x16GtU: slots.set(word.a, slots.u8x16(word.b) .> slots.u8x16(word.c))
        case .i8x16LeS: slots.set(word.a, slots.s8x16(word.b) .<= slots.s8x16(word.c))
        case .i8x16LeU: slots.set(word.a, slots.u8x16(word.b) .<= slots.u8x16(word.c))
        case .i8x16GeS: slots.set(word.a, slots.s8x16(word.b) .>= slots.s8x16(word.c))
        case .i8x16GeU: slots.set(word.a, slots.u8x16(word.b) .>= slots.u8x16(word.c))
        case .i8x16Abs: slots.set(word.a, VectorLanes.magnitude(slots.s8x16(word.b)))
        case .i8x16Neg: slots.set(word.a, 0 &- slots.u8x16(word.b))
        case .i8x16Popcnt:
            slots.set(
                word.a,
                VectorLanes.map(slots.u8x16(word.b)) { UInt8(truncatingIfNeeded: $0.nonzeroBitCount) } as SIMD16<UInt8>
            )
        case .i8x16AllTrue: slots.set(word.a, VectorLanes.allTrue(slots.u8x16(word.b)))
        case .i8x16Bitmask: slots.set(word.a, VectorLanes.bitmask(slots.s8x16(word.b)))
        case .i8x16NarrowI16x8S:
            let wide = SIMD16(lowHalf: slots.s16x8(word.b), highHalf: slots.s16x8(word.c))
            slots.set(word.a, SIMD16<Int8>(clamping: wide))
        case .i8x16NarrowI16x8U:
            let wide = SIMD16(lowHalf: slots.s16x8(word.b), highHalf: slots.s16x8(word.c))
            slots.set(word.a, SIMD16<UInt8>(clamping: wide))
        case .i8x16Shl:
            let count = SIMD16(repeating: UInt8(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.u8x16(word.b) &<< count)
        case .i8x16ShrS:
            let count = SIMD16(repeating: Int8(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.s8x16(word.b) &>> count)
        case .i8x16ShrU:
            let count = SIMD16(repeating: UInt8(truncatingIfNeeded: slots.u32(word.c)))
            slots.set(word.a, slots.u8x16(word.b) &>> count)
        case .i8x16Add: slots.set(word.a, slots.u8x16(word.b) &+ slots.u8x16(word.c))
        case .i8x16AddSatS:
            let left = SIMD16<Int16>(truncatingIfNeeded: slots.s8x16(word.b))
            let right = SIMD16<Int16>(truncatingIfNeeded: slots.s8x16(word.c))
            slots.set(word.a, SIMD16<Int8>(clamping: left &+ right))
        case .i8x16AddSatU:
            let left = SIMD16<Int16>(truncatingIfNeeded: slots.u8x16(word.b))
            let right = SIMD16<Int16>(truncatingIfNeeded: slots.u8x16(word.c))
            slots.set(word.a, SIMD16<UInt8>(clamping: left &+ right))
        case .i8x16Sub: slots.set(word.a, slots.u8x16(word.b) &- slots.u8x16(word.c))
        case .i8x16SubSatS:
            let left = SIMD16<Int16>(truncatingIfNeeded: slots.s8x16(word.b))
            let right = SIMD16<Int16>(truncatingIfNeeded: slots.s8x16(word.c))
            slots.set(word.a, SIMD16<Int8>(clamping: left &- right))
        case .i8x16SubSatU:
            let left = SIMD16<Int16>(truncatingIfNeeded: slots.u8x16(word.b))
            let right = SIMD16<Int16>(truncatingIfNeeded: slots.u8x16(word.c))
            slots.set(word.a, SIMD16<UInt8>(clamping: left &- right))
        case .i8x16MinS: slots.set(word.a, pointwiseMin(slots.s8x16(word.b), slots.s8x16(word.c)))
        case .i8x16MinU: slots.set(word.a, pointwiseMin(slots.u8x16(word.b), slots.u8x16(word.c)))
        case .i8x16MaxS: slots.set(word.a, pointwiseMax(slots.s8x16(word.b), slots.s8x16(word.c)))
        case .i8x16MaxU: slots.set(word.a, pointwiseMax(slots.u8x16(word.b), slots.u8x16(word.c)))
        case .i8x16AvgrU:
            let left = SIMD16<UInt16>(truncatingIfNeeded: slots.u8x16(word.b))
            let right = SIMD16<UInt16>(truncatingIfNeeded: slots.u8x16(word.c))
            let sum = left &+ right &+ 1
            slots.set(word.a, SIMD16<UInt8>(truncatingIfNeeded: sum &>> SIMD16(repeating: 1)))
        default: invariantFailed("instruction on bytes without a meaning")
        }
    }
}
