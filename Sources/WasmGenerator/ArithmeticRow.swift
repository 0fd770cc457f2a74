import WasmModel

/// An instruction of arithmetic, as ``ArithmeticBody`` uses it.
struct ArithmeticRow: Sendable {
    /// A type of operands; vectors by what their lanes are.
    enum ArithmeticOperand: Hashable, Sendable {
        case i32, i64, f32, f64, integerLanes, singleLanes, doubleLanes

        var type: ValueType {
            switch self {
            case .i32: .i32
            case .i64: .i64
            case .f32: .f32
            case .f64: .f64
            case .integerLanes, .singleLanes, .doubleLanes: .v128
            }
        }
    }

    /// The lanes that the immediate names.
    enum Lanes: Hashable, Sendable {
        case none
        /// One of so many.
        case one(of: UInt8)
        /// Sixteen of the thirty-two of two vectors.
        case shuffle
    }

    let opcode: Opcode
    let operands: [ArithmeticOperand]
    let lanes: Lanes

    /// The instructions by what they make.
    static let all: [ArithmeticOperand: [ArithmeticRow]] = {
        let excluded: Set<Opcode> = [.i32ReinterpretF32, .i64ReinterpretF64]
        var table: [ArithmeticOperand: [ArithmeticRow]] = [:]
        for row in OpcodeTable.rows where !excluded.contains(row.opcode) {
            guard [.mvp, .signExtension, .saturatingTruncation, .simd].contains(row.feature),
                let lanes = lanes(of: row),
                let results = row.results, results.count == 1, let result = operand(results[0], row, isResult: true),
                let types = row.operands, !types.isEmpty
            else { continue }
            let operands = types.compactMap { operand($0, row, isResult: false) }
            guard operands.count == types.count else { continue }
            table[result, default: []].append(ArithmeticRow(opcode: row.opcode, operands: operands, lanes: lanes))
        }
        return table
    }()

    /// Those of ``all`` that never trap.
    static let total: [ArithmeticOperand: [ArithmeticRow]] = {
        let trapping: Set<Opcode> = [
            .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i32TruncF32S,
            .i32TruncF32U,
            .i32TruncF64S, .i32TruncF64U, .i64TruncF32S, .i64TruncF32U, .i64TruncF64S, .i64TruncF64U,
        ]
        return all.mapValues { $0.filter { !trapping.contains($0.opcode) } }
    }()

    private static func parts(_ row: OpcodeRow) -> (shape: Substring, operation: Substring) {
        let parts = row.name.split(separator: ".", maxSplits: 1)
        return (parts[0], parts.count == 2 ? parts[1] : "")
    }

    /// Nil where the immediate is something else than lanes.
    private static func lanes(of row: OpcodeRow) -> Lanes? {
        if row.immediate == .none { return Lanes.none }
        if row.immediate == .lanes { return .shuffle }
        guard row.immediate == .lane else { return nil }
        return parts(row).shape.split(separator: "x").last.flatMap { UInt8($0) }.map { .one(of: $0) }
    }

    private static func operand(_ type: OperandType, _ row: OpcodeRow, isResult: Bool) -> ArithmeticOperand? {
        guard case .value(let type) = type else { return nil }
        switch type {
        case .i32: return .i32
        case .i64: return .i64
        case .f32: return .f32
        case .f64: return .f64
        case .v128: return lanes(row, isResult: isResult)
        case .reference: return nil
        }
    }

    /// What the lanes of the vectors are that an instruction takes or makes.
    private static func lanes(_ row: OpcodeRow, isResult: Bool) -> ArithmeticOperand {
        let (shape, operation) = parts(row)
        if isResult {
            if ["eq", "ne", "lt", "gt", "le", "ge"].contains(operation) { return .integerLanes }
        } else {
            if operation.hasPrefix("convert") { return .integerLanes }
            if operation.contains("f32x4") { return .singleLanes }
            if operation.contains("f64x2") { return .doubleLanes }
        }
        switch shape {
        case "f32x4": return .singleLanes
        case "f64x2": return .doubleLanes
        default: return .integerLanes
        }
    }
}
