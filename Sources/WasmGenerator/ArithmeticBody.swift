import WasmModel

/// Expressions over the parameters of a case: every numeric and vector instruction but the relaxed ones.
///
/// The bits of a computed NaN are not determined, so nothing here looks at them: floats are not reinterpreted as integers, lanes of floats
/// are operands of instructions on lanes of the same width only, and the sign that `copysign` takes is that of a parameter or a constant.
struct ArithmeticBody {
    private let positions: [ValueType: [Int]]
    private let references: [(position: Int, type: ValueType)]
    private let firstParameter: Int
    private let rows: [ArithmeticRow.ArithmeticOperand: [ArithmeticRow]]
    private let seed: UInt64
    private var generator: SplitMix64

    private static let greatestDepth = 3

    init(recipe: CaseRecipe, firstParameter: Int) {
        self.firstParameter = firstParameter
        var positions: [ValueType: [Int]] = [:]
        for (position, type) in recipe.parameters.enumerated() { positions[type, default: []].append(position) }
        self.positions = positions
        references = recipe.parameters.enumerated().filter { $0.element.isReference }.map { ($0.offset, $0.element) }
        // With many results a trap would be near certain, and nothing else would be seen.
        rows = recipe.results.count <= 8 || recipe.usesPartialOperators ? ArithmeticRow.all : ArithmeticRow.total
        seed = recipe.constantsSeed
        generator = SplitMix64(seed: recipe.constantsSeed ^ 0x6172_6974)
    }

    /// Leaves a value of the type on the stack.
    mutating func emitExpression(of type: ValueType, _ body: inout BodyBuilder) {
        let depth = Int.random(in: 1...Self.greatestDepth, using: &generator)
        switch type {
        case .i32: emit(.i32, depth, &body)
        case .i64: emit(.i64, depth, &body)
        case .f32: emit(.f32, depth, &body)
        case .f64: emit(.f64, depth, &body)
        case .v128:
            let operands: [ArithmeticRow.ArithmeticOperand] = [
                .integerLanes, .integerLanes, .singleLanes, .doubleLanes,
            ]
            emit(operands.randomElement(using: &generator) ?? .integerLanes, depth, &body)
        case .reference: emitReference(type, depth, &body)
        }
    }

    private mutating func isOneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &generator) == 0 }

    private mutating func emit(_ operand: ArithmeticRow.ArithmeticOperand, _ depth: Int, _ body: inout BodyBuilder) {
        // Lanes of integers may be read as floats, but not the other way round.
        let isFloat = operand == .singleLanes || operand == .doubleLanes
        let operand = isFloat && isOneIn(4) ? .integerLanes : operand
        if depth > 0, isOneIn(16) {
            emit(operand, depth - 1, &body)
            emit(operand, depth - 1, &body)
            emit(.i32, depth - 1, &body)
            return body.emit(.select)
        }
        guard depth > 0, let row = rows[operand]?.randomElement(using: &generator) else {
            return emitLeaf(operand.type, &body)
        }
        for (number, operand) in row.operands.enumerated() {
            let isSign = number == 1 && (row.opcode == .f32Copysign || row.opcode == .f64Copysign)
            emit(operand, isSign ? 0 : depth - 1, &body)
        }
        body.emit(row.opcode, immediate(of: row))
    }

    private mutating func immediate(of row: ArithmeticRow) -> Immediate {
        switch row.lanes {
        case .none: return .none
        case .one(let count): return .lane(UInt8.random(in: 0..<count, using: &generator))
        case .shuffle:
            var lanes = V128(low: 0, high: 0)
            for _ in 0..<8 {
                lanes.low = lanes.low << 8 | UInt64.random(in: 0..<32, using: &generator)
                lanes.high = lanes.high << 8 | UInt64.random(in: 0..<32, using: &generator)
            }
            return .lanes(lanes)
        }
    }

    /// A parameter of the type or a constant.
    private mutating func emitLeaf(_ type: ValueType, _ body: inout BodyBuilder) {
        if type == .i32, isOneIn(8), let reference = references.randomElement(using: &generator) {
            body.emit(.localGet, .local(LocalIndex(firstParameter + reference.position)))
            return body.emit(.refIsNull)
        }
        if !isOneIn(4), let position = positions[type]?.randomElement(using: &generator) {
            return body.emit(.localGet, .local(LocalIndex(firstParameter + position)))
        }
        let constant = Self.constants[type]?.randomElement(using: &generator)
        body.emitConstant(
            constant ?? TaggedValue.constant(Int.random(in: 0..<4, using: &generator), type, seed: seed),
            type
        )
    }

    /// One of two leaves.
    private mutating func emitReference(_ type: ValueType, _ depth: Int, _ body: inout BodyBuilder) {
        emitLeaf(type, &body)
        guard isOneIn(2) else { return }
        emitLeaf(type, &body)
        emit(.i32, depth, &body)
        body.emit(.selectTyped, .selectTypes([type]))
    }

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
        .v128: [
            (0, 0), (.max, .max), (0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908),
            (0x7F80_81FF_0001_7FFF, 0x8000_8001_FFFE_00FF), (0x7FFF_FFFF_8000_0000, 0xFFFF_FFFF_0000_0001),
            // 0.5, -1.5, 2^31 and infinity; -2.5 and 2^63.
            (0xBFC0_0000_3F00_0000, 0x7F80_0000_4F00_0000), (0xC004_0000_0000_0000, 0x43E0_0000_0000_0000),
            // A NaN and the greatest number; a NaN with a payload and the least number.
            (0x7F7F_FFFF_7FC0_0000, 0x0000_0001_FFC0_1234), (0x7FF8_0000_0000_0001, 0x0000_0000_0000_0001),
        ].map { .v128(V128(low: $0.0, high: $0.1)) },
    ]
}
