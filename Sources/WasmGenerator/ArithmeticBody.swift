import WasmModel

/// Numeric expressions over the parameters of a case: every numeric instruction of the first release, sign extension and saturating
/// truncation.
///
/// The bits of a computed NaN are not determined, so nothing here looks at them: floats are not reinterpreted as integers, and the
/// sign that `copysign` takes is that of a parameter or a constant.
struct ArithmeticBody {
    private let parameters: [ValueType]
    private let firstParameter: Int
    private let positions: [ValueType: [Int]]
    private let allowsTraps: Bool
    private var generator: SplitMix64

    private static let greatestDepth = 3

    init(recipe: CaseRecipe, firstParameter: Int) {
        parameters = recipe.parameters
        self.firstParameter = firstParameter
        var positions: [ValueType: [Int]] = [:]
        for (position, type) in recipe.parameters.enumerated() { positions[type, default: []].append(position) }
        self.positions = positions
        // With many results a trap would be near certain, and nothing else would be seen.
        allowsTraps = recipe.results.count <= 8 || recipe.seed % 8 == 7
        generator = SplitMix64(seed: recipe.seed ^ 0x6172_6974)
    }

    /// Leaves a value of the type on the stack.
    mutating func emitExpression(of type: ValueType, _ body: inout BodyBuilder) {
        emit(type, depth: Int.random(in: 1...Self.greatestDepth, using: &generator), &body)
    }

    private mutating func emit(_ type: ValueType, depth: Int, _ body: inout BodyBuilder) {
        let rows = (allowsTraps ? Self.rows : Self.totalRows)[type] ?? []
        guard depth > 0, let row = rows.randomElement(using: &generator) else { return emitLeaf(type, &body) }
        for (number, operand) in row.operands.enumerated() {
            let isSign = number == 1 && (row.opcode == .f32Copysign || row.opcode == .f64Copysign)
            emit(operand, depth: isSign ? 0 : depth - 1, &body)
        }
        body.emit(row.opcode)
    }

    private mutating func emitLeaf(_ type: ValueType, _ body: inout BodyBuilder) {
        if Int.random(in: 0..<4, using: &generator) > 0,
            let position = positions[type]?.randomElement(using: &generator)
        {
            body.emit(.localGet, .local(LocalIndex(firstParameter + position)))
        } else {
            body.emitConstant(Self.constants[type]?.randomElement(using: &generator) ?? .zero(of: type))
        }
    }

    // MARK: Tables

    private struct Row {
        let opcode: Opcode
        let operands: [ValueType]
    }

    /// The instructions without immediates on numbers, by the type of their result.
    private static let rows: [ValueType: [Row]] = {
        let excluded: Set<Opcode> = [.i32ReinterpretF32, .i64ReinterpretF64]
        var table: [ValueType: [Row]] = [:]
        for row in OpcodeTable.rows where row.immediate == .none && !excluded.contains(row.opcode) {
            guard [.mvp, .signExtension, .saturatingTruncation].contains(row.feature),
                let results = row.results, results.count == 1, case .value(let result) = results[0],
                let operands = row.operands, !operands.isEmpty
            else { continue }
            let types = operands.compactMap { operand in
                if case .value(let type) = operand { type } else { nil }
            }
            guard types.count == operands.count else { continue }
            table[result, default: []].append(Row(opcode: row.opcode, operands: types))
        }
        return table
    }()

    /// Those of ``rows`` that never trap.
    private static let totalRows: [ValueType: [Row]] = {
        let trapping: Set<Opcode> = [
            .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i32TruncF32S,
            .i32TruncF32U,
            .i32TruncF64S, .i32TruncF64U, .i64TruncF32S, .i64TruncF32U, .i64TruncF64S, .i64TruncF64U,
        ]
        return rows.mapValues { $0.filter { !trapping.contains($0.opcode) } }
    }()

    /// Numbers at which instructions change behaviour.
    private static let constants: [ValueType: [WasmValue]] = [
        .i32: [0, 1, 2, 31, 32, 0x7F, 0x80, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF].map { .i32($0) },
        .i64: [
            0, 1, 2, 63, 64, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000, 0x7FFF_FFFF_FFFF_FFFF,
            0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
        ].map { .i64($0) },
        .f32: [
            0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, 0x1p31, 0x1p32, 0x1p63, 0x1p64, .infinity, -.infinity, .nan,
            .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1.fffffep-1,
        ].map { .f32(($0 as Float).bitPattern) },
        .f64: [
            0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, 0x1p31, 0x1p32, 0x1p63, 0x1p64, .infinity, -.infinity, .nan,
            .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0x1.fffffffffffffp-1, 2147483647.5,
        ].map { .f64(($0 as Double).bitPattern) },
    ]
}
