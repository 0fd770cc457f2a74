import Invariants
import WasmModel

/// Four numbers of single precision, two of double precision, and conversions.
///
/// A lane becomes what the scalar instruction makes of it.
///
/// Spec: core 3.0, section 4.6.3 "Vector Instructions".
extension VectorExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeF32x4(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .f32x4Eq: slots.set(word.a, slots.f32x4(word.b) .== slots.f32x4(word.c))
        case .f32x4Ne: slots.set(word.a, slots.f32x4(word.b) .!= slots.f32x4(word.c))
        case .f32x4Lt: slots.set(word.a, slots.f32x4(word.b) .< slots.f32x4(word.c))
        case .f32x4Gt: slots.set(word.a, slots.f32x4(word.b) .> slots.f32x4(word.c))
        case .f32x4Le: slots.set(word.a, slots.f32x4(word.b) .<= slots.f32x4(word.c))
        case .f32x4Ge: slots.set(word.a, slots.f32x4(word.b) .>= slots.f32x4(word.c))
        case .f32x4Abs: slots.set(word.a, slots.u32x4(word.b) & 0x7FFF_FFFF)
        case .f32x4Neg: slots.set(word.a, slots.u32x4(word.b) ^ 0x8000_0000)
        case .f32x4Ceil: slots.set(word.a, slots.f32x4(word.b).rounded(.up))
        case .f32x4Floor: slots.set(word.a, slots.f32x4(word.b).rounded(.down))
        case .f32x4Trunc: slots.set(word.a, slots.f32x4(word.b).rounded(.towardZero))
        case .f32x4Nearest: slots.set(word.a, slots.f32x4(word.b).rounded(.toNearestOrEven))
        case .f32x4Sqrt: slots.set(word.a, slots.f32x4(word.b).squareRoot())
        case .f32x4Add: slots.set(word.a, slots.f32x4(word.b) + slots.f32x4(word.c))
        case .f32x4Sub: slots.set(word.a, slots.f32x4(word.b) - slots.f32x4(word.c))
        case .f32x4Mul: slots.set(word.a, slots.f32x4(word.b) * slots.f32x4(word.c))
        case .f32x4Div: slots.set(word.a, slots.f32x4(word.b) / slots.f32x4(word.c))
        case .f32x4Min:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b), slots.f32x4(word.c), Numerics.minimum) as SIMD4<Float>
            )
        case .f32x4Max:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b), slots.f32x4(word.c), Numerics.maximum) as SIMD4<Float>
            )
        // The pseudo-minimum and -maximum are one of the operands, bit by bit.
        case .f32x4Pmin:
            let isRight = slots.f32x4(word.c) .< slots.f32x4(word.b)
            slots.set(word.a, slots.u32x4(word.b).replacing(with: slots.u32x4(word.c), where: isRight))
        case .f32x4Pmax:
            let isRight = slots.f32x4(word.b) .< slots.f32x4(word.c)
            slots.set(word.a, slots.u32x4(word.b).replacing(with: slots.u32x4(word.c), where: isRight))
        case .f32x4ConvertI32x4S:
            slots.set(word.a, VectorLanes.map(slots.s32x4(word.b)) { Float($0) } as SIMD4<Float>)
        case .f32x4ConvertI32x4U:
            slots.set(word.a, VectorLanes.map(slots.u32x4(word.b)) { Float($0) } as SIMD4<Float>)
        case .f32x4DemoteF64x2Zero:
            let low: SIMD2<Float> = VectorLanes.map(slots.f64x2(word.b)) { Float($0) }
            slots.set(word.a, SIMD4(lowHalf: low, highHalf: SIMD2()))
        case .i32x4TruncSatF32x4S:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b)) { VectorLanes.saturatedSigned(Double($0)) } as SIMD4<Int32>
            )
        case .i32x4TruncSatF32x4U:
            slots.set(
                word.a,
                VectorLanes.map(slots.f32x4(word.b)) { VectorLanes.saturatedUnsigned(Double($0)) } as SIMD4<UInt32>
            )
        default: invariantFailed("instruction on numbers of single precision without a meaning")
        }
    }

    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func executeF64x2(_ word: FlatInstruction, _ slots: Slots) {
        switch word.opcode {
        case .f64x2Eq: slots.set(word.a, slots.f64x2(word.b) .== slots.f64x2(word.c))
        case .f64x2Ne: slots.set(word.a, slots.f64x2(word.b) .!= slots.f64x2(word.c))
        case .f64x2Lt: slots.set(word.a, slots.f64x2(word.b) .< slots.f64x2(word.c))
        case .f64x2Gt: slots.set(word.a, slots.f64x2(word.b) .> slots.f64x2(word.c))
        case .f64x2Le: slots.set(word.a, slots.f64x2(word.b) .<= slots.f64x2(word.c))
        case .f64x2Ge: slots.set(word.a, slots.f64x2(word.b) .>= slots.f64x2(word.c))
        case .f64x2Abs: slots.set(word.a, slots.u64x2(word.b) & 0x7FFF_FFFF_FFFF_FFFF)
        case .f64x2Neg: slots.set(word.a, slots.u64x2(word.b) ^ 0x8000_0000_0000_0000)
        case .f64x2Ceil: slots.set(word.a, slots.f64x2(word.b).rounded(.up))
        case .f64x2Floor: slots.set(word.a, slots.f64x2(word.b).rounded(.down))
        case .f64x2Trunc: slots.set(word.a, slots.f64x2(word.b).rounded(.towardZero))
        case .f64x2Nearest: slots.set(word.a, slots.f64x2(word.b).rounded(.toNearestOrEven))
        case .f64x2Sqrt: slots.set(word.a, slots.f64x2(word.b).squareRoot())
        case .f64x2Add: slots.set(word.a, slots.f64x2(word.b) + slots.f64x2(word.c))
        case .f64x2Sub: slots.set(word.a, slots.f64x2(word.b) - slots.f64x2(word.c))
        case .f64x2Mul: slots.set(word.a, slots.f64x2(word.b) * slots.f64x2(word.c))
        case .f64x2Div: slots.set(word.a, slots.f64x2(word.b) / slots.f64x2(word.c))
        case .f64x2Min:
            slots.set(
                word.a,
                VectorLanes.map(slots.f64x2(word.b), slots.f64x2(word.c), Numerics.minimum) as SIMD2<Double>
            )
        case .f64x2Max:
            slots.set(
                word.a,
                VectorLanes.map(slots.f64x2(word.b), slots.f64x2(word.c), Numerics.maximum) as SIMD2<Double>
            )
        case .f64x2Pmin:
            let isRight = slots.f64x2(word.c) .< slots.f64x2(word.b)
            slots.set(word.a, slots.u64x2(word.b).replacing(with: slots.u64x2(word.c), where: isRight))
        case .f64x2Pmax:
            let isRight = slots.f64x2(word.b) .< slots.f64x2(word.c)
            slots.set(word.a, slots.u64x2(word.b).replacing(with: slots.u64x2(word.c), where: isRight))
        case .f64x2ConvertLowI32x4S:
            slots.set(word.a, VectorLanes.map(slots.s32x4(word.b).lowHalf) { Double($0) } as SIMD2<Double>)
        case .f64x2ConvertLowI32x4U:
            slots.set(word.a, VectorLanes.map(slots.u32x4(word.b).lowHalf) { Double($0) } as SIMD2<Double>)
        case .f64x2PromoteLowF32x4:
            slots.set(word.a, VectorLanes.map(slots.f32x4(word.b).lowHalf) { Double($0) } as SIMD2<Double>)
        case .i32x4TruncSatF64x2SZero:
            let low: SIMD2<Int32> = VectorLanes.map(slots.f64x2(word.b), VectorLanes.saturatedSigned)
            slots.set(word.a, SIMD4(lowHalf: low, highHalf: SIMD2()))
        case .i32x4TruncSatF64x2UZero:
            let low: SIMD2<UInt32> = VectorLanes.map(slots.f64x2(word.b), VectorLanes.saturatedUnsigned)
            slots.set(word.a, SIMD4(lowHalf: low, highHalf: SIMD2()))
        default: invariantFailed("instruction on numbers of double precision without a meaning")
        }
    }
}
