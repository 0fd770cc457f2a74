import WasmModel

extension NaNShape {
    /// The types of the locals that ``canonicalised(firstLocal:)`` needs.
    static let localTypes: [ValueType] = [.f32, .f64, .v128]

    /// Instructions that make every NaN of the value on the stack the positive canonical one.
    func canonicalised(firstLocal: Int) -> [Instruction] {
        let constant: Instruction
        let equal: Opcode
        let number: Int
        switch self {
        case .f32: (constant, equal, number) = (Instruction(.f32Const, .f32(0x7FC0_0000)), .f32Eq, 0)
        case .f64: (constant, equal, number) = (Instruction(.f64Const, .f64(0x7FF8_0000_0000_0000)), .f64Eq, 1)
        case .f32x4: (constant, equal, number) = (Self.splat(0x7FC0_0000_7FC0_0000), .f32x4Eq, 2)
        case .f64x2: (constant, equal, number) = (Self.splat(0x7FF8_0000_0000_0000), .f64x2Eq, 2)
        }
        let local = Immediate.local(LocalIndex(firstLocal + number))
        return [
            Instruction(.localTee, local), constant, Instruction(.localGet, local), Instruction(.localGet, local),
            Instruction(equal), Instruction(number == 2 ? .v128Bitselect : .select),
        ]
    }

    private static func splat(_ bits: UInt64) -> Instruction {
        Instruction(.v128Const, .v128(V128(low: bits, high: bits)))
    }
}
