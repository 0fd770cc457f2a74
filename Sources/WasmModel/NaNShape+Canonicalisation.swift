extension NaNShape {
    /// The type of the local that ``canonicalised(by:)`` needs.
    public var localType: ValueType {
        switch self {
        case .f32: .f32
        case .f64: .f64
        case .f32x4, .f64x2: .v128
        }
    }

    /// Instructions that make every NaN of the value on the stack the positive canonical one.
    /// - Parameter local: of ``localType``; what it holds is lost.
    public func canonicalised(by local: LocalIndex) -> [Instruction] {
        let constant: Instruction
        let equal: Opcode
        let select: Opcode
        switch self {
        case .f32: (constant, equal, select) = (Instruction(.f32Const, .f32(0x7FC0_0000)), .f32Eq, .select)
        case .f64: (constant, equal, select) = (Instruction(.f64Const, .f64(0x7FF8_0000_0000_0000)), .f64Eq, .select)
        case .f32x4: (constant, equal, select) = (Self.splat(0x7FC0_0000_7FC0_0000), .f32x4Eq, .v128Bitselect)
        case .f64x2: (constant, equal, select) = (Self.splat(0x7FF8_0000_0000_0000), .f64x2Eq, .v128Bitselect)
        }
        return [
            Instruction(.localTee, .local(local)), constant, Instruction(.localGet, .local(local)),
            Instruction(.localGet, .local(local)), Instruction(equal), Instruction(select),
        ]
    }

    private static func splat(_ bits: UInt64) -> Instruction {
        Instruction(.v128Const, .v128(V128(low: bits, high: bits)))
    }
}
