import WasmModel

/// The instructions that a program may have, as ``ProgramBuilder`` draws them.
struct InstructionChoices: Sendable {
    /// The instructions without immediates, by the types of their rows.
    let plain: [Plain]
    /// Those of ``plain`` that every engine must execute in the same way, but for NaNs.
    let determined: [Plain]
    let loads: [Load]
    let stores: [Store]
    let frequent = Self.frequent

    typealias Load = (opcode: Opcode, result: ValueType, exponent: UInt8)
    typealias Store = (opcode: Opcode, operand: ValueType, exponent: UInt8)
    typealias Plain = (opcode: Opcode, operands: [ValueType], results: [ValueType])

    /// Without a restriction.
    static let all = InstructionChoices(.wasm3)

    init(_ features: FeatureSet) {
        plain = Self.plain.filter { features.contains($0.opcode.row.feature) }
        determined = plain.filter { $0.opcode.row.feature != .relaxedSIMD }
        let hasVectors = features.contains(.simd)
        loads = Self.loads.filter { hasVectors || $0.result != .v128 }
        stores = Self.stores.filter { hasVectors || $0.operand != .v128 }
    }

    /// The instructions without immediates, by the types of their rows.
    private static let plain: [Plain] =
        OpcodeTable.rows.compactMap { row in
            guard let operands = valueTypes(row.operands), let results = valueTypes(row.results), !operands.isEmpty,
                hasNoImmediate(row)
            else { return nil }
            return (row.opcode, operands, results)
        }

    /// Binary instructions that become one word with their neighbours.
    private static let frequent: [(opcode: Opcode, type: ValueType, result: ValueType)] = [
        (.i32Add, .i32, .i32), (.i32Sub, .i32, .i32), (.i32And, .i32, .i32), (.i32Mul, .i32, .i32),
        (.i32Shl, .i32, .i32), (.i32LtS, .i32, .i32), (.i32GeU, .i32, .i32), (.i64Add, .i64, .i64),
        (.i64Sub, .i64, .i64), (.i64And, .i64, .i64), (.i64Xor, .i64, .i64), (.i64ShrU, .i64, .i64),
        (.i64Ne, .i64, .i32), (.i64LtU, .i64, .i32), (.f32Add, .f32, .f32), (.f32Mul, .f32, .f32),
        (.f64Add, .f64, .f64), (.f64Mul, .f64, .f64),
    ]

    private static func valueTypes(_ types: [OperandType]?) -> [ValueType]? {
        guard let types else { return nil }
        var result: [ValueType] = []
        for type in types {
            guard case .value(let value) = type else { return nil }
            result.append(value)
        }
        return result
    }

    private static func hasNoImmediate(_ row: OpcodeRow) -> Bool {
        !row.name.contains("lane_") && !row.name.hasSuffix("_lane") && !row.name.contains("shuffle")
            && !row.name.contains(".const") && !row.name.contains("load") && !row.name.contains("store")
            && !row.name.contains("grow")
    }

    private static let loads: [Load] = [
        (.i32Load, .i32, 2), (.i64Load, .i64, 3), (.f32Load, .f32, 2), (.f64Load, .f64, 3), (.v128Load, .v128, 4),
        (.i32Load8S, .i32, 0), (.i32Load8U, .i32, 0), (.i32Load16S, .i32, 1), (.i32Load16U, .i32, 1),
        (.i64Load8S, .i64, 0), (.i64Load8U, .i64, 0), (.i64Load16S, .i64, 1), (.i64Load16U, .i64, 1),
        (.i64Load32S, .i64, 2), (.i64Load32U, .i64, 2), (.v128Load8x8S, .v128, 3), (.v128Load16x4U, .v128, 3),
        (.v128Load8x8U, .v128, 3), (.v128Load16x4S, .v128, 3), (.v128Load32x2S, .v128, 3), (.v128Load32x2U, .v128, 3),
        (.v128Load8Splat, .v128, 0), (.v128Load16Splat, .v128, 1), (.v128Load32Splat, .v128, 2),
        (.v128Load64Splat, .v128, 3), (.v128Load32Zero, .v128, 2), (.v128Load64Zero, .v128, 3),
    ]
    private static let stores: [Store] = [
        (.i32Store, .i32, 2), (.i64Store, .i64, 3), (.f32Store, .f32, 2), (.f64Store, .f64, 3), (.v128Store, .v128, 4),
        (.i32Store8, .i32, 0), (.i32Store16, .i32, 1), (.i64Store8, .i64, 0), (.i64Store16, .i64, 1),
        (.i64Store32, .i64, 2),
    ]
}
