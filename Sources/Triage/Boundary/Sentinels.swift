import WasmModel

extension WasmValue {
    /// Another value for each position of a list, by which it is known where it arrives.
    static func sentinel(number: Int, of type: ValueType) -> WasmValue {
        let bits = UInt64(0x5EED_0001) + UInt64(number)
        return switch type {
        case .i32: .i32(UInt32(truncatingIfNeeded: bits))
        case .i64: .i64(bits << 32 | bits)
        case .f32: .f32(Float(number + 1001).bitPattern)
        case .f64: .f64(Double(number + 1001).bitPattern)
        case .v128: .v128(V128(low: bits, high: ~bits))
        case .reference: .reference(.null)
        }
    }
}

extension Instruction {
    /// Pushes the values of a list.
    static func sentinels(of types: [ValueType]) -> [Instruction] {
        types.enumerated().map { .constant(.sentinel(number: $0, of: $1), type: $1) }
    }

    /// Takes one of them off the stack, and traps where it is another one.
    static func checkOfSentinel(number: Int, of type: ValueType) -> [Instruction] {
        let expected = Instruction.constant(.sentinel(number: number, of: type), type: type)
        let differs: [Instruction] =
            switch type {
            case .i32: [expected, Instruction(.i32Ne)]
            case .i64: [expected, Instruction(.i64Ne)]
            case .f32: [expected, Instruction(.f32Ne)]
            case .f64: [expected, Instruction(.f64Ne)]
            case .v128: [expected, Instruction(.v128Xor), Instruction(.v128AnyTrue)]
            case .reference: [Instruction(.refIsNull), Instruction(.i32Eqz)]
            }
        return differs + [Instruction(.if, .block(.empty)), Instruction(.unreachable), Instruction(.end)]
    }
}
