import Invariants
import WasmModel

/// The scalar numeric instructions that are too rare, or too slow, for a place of their own in the execution loop.
///
/// Spec: core 3.0, section 4.3 "Numerics".
enum NumericExecution {
    /// `a` the result, `b` and `c` the operands.
    @inline(never)
    static func execute(_ word: FlatInstruction, _ slots: Slots) -> Trap? {
        switch word.opcode {
        case .f32Ceil: slots.set(word.a, slots.f32(word.b).rounded(.up))
        case .f32Floor: slots.set(word.a, slots.f32(word.b).rounded(.down))
        case .f32Trunc: slots.set(word.a, slots.f32(word.b).rounded(.towardZero))
        case .f32Nearest: slots.set(word.a, slots.f32(word.b).rounded(.toNearestOrEven))
        case .f32Min: slots.set(word.a, Numerics.minimum(slots.f32(word.b), slots.f32(word.c)))
        case .f32Max: slots.set(word.a, Numerics.maximum(slots.f32(word.b), slots.f32(word.c)))
        case .f32Copysign: slots.set(word.a, slots.u32(word.b) & ~0x8000_0000 | slots.u32(word.c) & 0x8000_0000)
        case .f64Ceil: slots.set(word.a, slots.f64(word.b).rounded(.up))
        case .f64Floor: slots.set(word.a, slots.f64(word.b).rounded(.down))
        case .f64Trunc: slots.set(word.a, slots.f64(word.b).rounded(.towardZero))
        case .f64Nearest: slots.set(word.a, slots.f64(word.b).rounded(.toNearestOrEven))
        case .f64Min: slots.set(word.a, Numerics.minimum(slots.f64(word.b), slots.f64(word.c)))
        case .f64Max: slots.set(word.a, Numerics.maximum(slots.f64(word.b), slots.f64(word.c)))
        case .f64Copysign:
            slots.set(
                word.a,
                slots.u64(word.b) & ~0x8000_0000_0000_0000 | slots.u64(word.c) & 0x8000_0000_0000_0000
            )
        case .i32TruncF32S:
            let value = Double(slots.f32(word.b))
            guard let integer = Numerics.truncateSigned32(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i32TruncF32U:
            let value = Double(slots.f32(word.b))
            guard let integer = Numerics.truncateUnsigned32(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i32TruncF64S:
            let value = slots.f64(word.b)
            guard let integer = Numerics.truncateSigned32(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i32TruncF64U:
            let value = slots.f64(word.b)
            guard let integer = Numerics.truncateUnsigned32(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i64TruncF32S:
            let value = Double(slots.f32(word.b))
            guard let integer = Numerics.truncateSigned64(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i64TruncF32U:
            let value = Double(slots.f32(word.b))
            guard let integer = Numerics.truncateUnsigned64(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i64TruncF64S:
            let value = slots.f64(word.b)
            guard let integer = Numerics.truncateSigned64(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .i64TruncF64U:
            let value = slots.f64(word.b)
            guard let integer = Numerics.truncateUnsigned64(value) else {
                return Numerics.truncationTrap(value)
            }
            slots.set(word.a, integer)
        case .f32ConvertI64S: slots.set(word.a, Float(slots.s64(word.b)))
        case .f32ConvertI64U: slots.set(word.a, Float(slots.u64(word.b)))
        case .f64ConvertI64S: slots.set(word.a, Double(slots.s64(word.b)))
        case .f64ConvertI64U: slots.set(word.a, Double(slots.u64(word.b)))
        case .i32TruncSatF32S:
            let value = Double(slots.f32(word.b))
            slots.set(word.a, Numerics.truncateSigned32(value) ?? Numerics.saturate(value, to: Int32.self))
        case .i32TruncSatF32U:
            let value = Double(slots.f32(word.b))
            slots.set(word.a, Numerics.truncateUnsigned32(value) ?? Numerics.saturate(value, to: UInt32.self))
        case .i32TruncSatF64S:
            let value = slots.f64(word.b)
            slots.set(word.a, Numerics.truncateSigned32(value) ?? Numerics.saturate(value, to: Int32.self))
        case .i32TruncSatF64U:
            let value = slots.f64(word.b)
            slots.set(word.a, Numerics.truncateUnsigned32(value) ?? Numerics.saturate(value, to: UInt32.self))
        case .i64TruncSatF32S:
            let value = Double(slots.f32(word.b))
            slots.set(word.a, Numerics.truncateSigned64(value) ?? Numerics.saturate(value, to: Int64.self))
        case .i64TruncSatF32U:
            let value = Double(slots.f32(word.b))
            slots.set(word.a, Numerics.truncateUnsigned64(value) ?? Numerics.saturate(value, to: UInt64.self))
        case .i64TruncSatF64S:
            let value = slots.f64(word.b)
            slots.set(word.a, Numerics.truncateSigned64(value) ?? Numerics.saturate(value, to: Int64.self))
        case .i64TruncSatF64U:
            let value = slots.f64(word.b)
            slots.set(word.a, Numerics.truncateUnsigned64(value) ?? Numerics.saturate(value, to: UInt64.self))
        default: invariantFailed("numeric instruction without a meaning")
        }
        return nil
    }
}
