extension Instruction {
    /// The instruction that pushes a value; any reference is null.
    public static func constant(_ value: WasmValue, type: ValueType) -> Instruction {
        switch value {
        case .i32(let bits): return Instruction(.i32Const, .i32(Int32(bitPattern: bits)))
        case .i64(let bits): return Instruction(.i64Const, .i64(Int64(bitPattern: bits)))
        case .f32(let bits): return Instruction(.f32Const, .f32(bits))
        case .f64(let bits): return Instruction(.f64Const, .f64(bits))
        case .v128(let vector): return Instruction(.v128Const, .v128(vector))
        case .reference:
            if case .reference(let reference) = type { return Instruction(.refNull, .heapType(reference.heapType)) }
            return Instruction(.refNull, .heapType(.external))
        }
    }

    /// The instruction that pushes the zero of a type.
    public static func zero(of type: ValueType) -> Instruction { .constant(.zero(of: type), type: type) }
}
