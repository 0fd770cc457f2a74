import WasmModel

/// The operands, the result and the immediate of a vector instruction of wasm that does not access memory.
struct VectorSignature: Hashable, Sendable {
    /// From 1 to 3.
    let operandCount: Int
    /// `none`, `lane`, or `vector` for a shuffle, whose bytes are lane numbers below 32.
    let immediate: OperationImmediate
    /// How many lanes the immediate can name; 0 where it is none.
    let laneCount: UInt8
    let result: IRType
    private let first: IRType
    private let second: IRType
    private let third: IRType

    /// The type of an operand; the first is the deepest on wasm's stack.
    func operand(_ position: Int) -> IRType {
        switch position {
        case 0: first
        case 1: second
        default: third
        }
    }

    /// The signature of an opcode; nil where it is not a vector instruction, accesses memory, or is `v128.const`.
    init?(_ opcode: Opcode) {
        guard let signature = Self.table[opcode.position] else { return nil }
        self = signature
    }

    /// By ``Opcode/position``.
    private static let table: [VectorSignature?] = OpcodeTable.rows.map(VectorSignature.init(reading:))

    private init?(reading row: OpcodeRow) {
        guard row.prefix == 0xFD, let operands = row.operands, let results = row.results, let result = results.first,
            !operands.isEmpty
        else { return nil }
        switch row.immediate {
        case .none: (immediate, laneCount) = (.none, 0)
        case .lane:
            // The name begins as `i8x16.`.
            let lanes = row.name.prefix { $0 != "." }.drop { $0 != "x" }.dropFirst()
            guard let count = UInt8(lanes) else { return nil }
            (immediate, laneCount) = (.lane, count)
        case .lanes: (immediate, laneCount) = (.vector, 0)
        case .i32, .i64, .f32, .f64, .v128, .block, .tryTable, .label, .labelTable, .local, .global, .function,
            .callIndirect, .tag, .type, .types, .typeAndField, .typeAndLength, .typeAndData, .typeAndElement, .table,
            .tables, .elementAndTable, .element, .memory, .memories, .dataAndMemory, .data, .memoryArgument,
            .memoryArgumentAndLane, .selectTypes, .heapType, .castBranch:
            return nil
        }
        operandCount = operands.count
        self.result = Self.type(result)
        first = Self.type(operands[0])
        second = operands.count > 1 ? Self.type(operands[1]) : .v128
        third = operands.count > 2 ? Self.type(operands[2]) : .v128
    }

    private static func type(_ type: OperandType) -> IRType {
        switch type {
        case .value(let type): IRType(type)
        case .address: .i64
        }
    }
}
