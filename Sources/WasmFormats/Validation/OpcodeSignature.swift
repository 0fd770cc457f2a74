import WasmModel

/// What the validator needs of an opcode's row, without anything that is counted by reference.
struct OpcodeSignature: Sendable {
    /// Which check the instruction takes, of those that are written out for the frequent ones.
    enum Route: UInt8 {
        /// One or two operands, one result, no immediate.
        case numeric
        case i32Constant, localGet, localSet, localTee, end
        /// A load or a store without a lane.
        case memoryAccess
        case general
    }

    var route = Route.general
    /// Whether the operand and result types are those of the row.
    var isPlain: Bool
    var operandCount: UInt8
    var hasResult: Bool
    var immediate: ImmediateKind
    /// The first operand is the deepest.
    var first: PackedType = .bottom
    var second: PackedType = .bottom
    var third: PackedType = .bottom
    var result: PackedType = .bottom
    var feature: FeatureSet
    /// For loads and stores, the exponent of the number of bytes that are accessed.
    var naturalAlignment: UInt8 = 0
    /// For lane instructions, the number of lanes.
    var laneCount: UInt8 = 0
    /// Whether the instruction may stand in a constant expression, where its feature is on.
    var isConstant: Bool

    fileprivate init(_ row: OpcodeRow) {
        immediate = row.immediate
        feature = row.feature
        isPlain = false
        operandCount = 0
        hasResult = false
        isConstant = Self.constant.contains(row.opcode)
        if let operands = row.operands, let results = row.results {
            precondition(operands.count <= 3 && results.count <= 1, "plain signature of \(row.name)")
            isPlain = true
            operandCount = UInt8(operands.count)
            hasResult = !results.isEmpty
            if operands.count > 0 { first = Self.packed(operands[0]) }
            if operands.count > 1 { second = Self.packed(operands[1]) }
            if operands.count > 2 { third = Self.packed(operands[2]) }
            if hasResult { result = Self.packed(results[0]) }
        }
        route = chosenRoute(row)
        let parts = row.name.split(separator: ".")
        guard parts.count == 2 else { return }
        switch row.immediate {
        case .memoryArgument, .memoryArgumentAndLane:
            let bits = Self.accessedBits(type: parts[0], operation: parts[1])
            naturalAlignment = UInt8((bits / 8).trailingZeroBitCount)
            if row.immediate == .memoryArgumentAndLane { laneCount = UInt8(128 / bits) }
        case .lane: laneCount = UInt8(parts[0].split(separator: "x")[1])!
        default: break
        }
    }

    private func chosenRoute(_ row: OpcodeRow) -> Route {
        switch row.opcode {
        case .localGet: return .localGet
        case .localSet: return .localSet
        case .localTee: return .localTee
        case .i32Const: return .i32Constant
        case .end: return .end
        default: break
        }
        guard isPlain else { return .general }
        if immediate == .memoryArgument && operandCount <= 2 && first == .address { return .memoryAccess }
        let isNumeric = immediate == .none && (1...2).contains(operandCount) && hasResult
        return isNumeric && ![first, second, result].contains(.address) ? .numeric : .general
    }

    private static func packed(_ type: OperandType) -> PackedType {
        switch type {
        case .value(let type): PackedType(type)
        case .address: .address
        }
    }

    /// The width that the name of a load or store tells: `i64.load32_u` accesses 32 bits, `v128.load8x8_s` 64.
    private static func accessedBits(type: Substring, operation: Substring) -> Int {
        let suffix = operation.drop { $0.isLetter }
        let digits = suffix.prefix { $0.isNumber }
        if let bits = Int(digits) { return suffix.dropFirst(digits.count).first == "x" ? 64 : bits }
        return Int(type.drop { $0.isLetter })!
    }

    private static let constant: Set<Opcode> = [
        .i32Const, .i64Const, .f32Const, .f64Const, .v128Const, .refNull, .refFunc, .globalGet, .end,
        .i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul,
        .structNew, .structNewDefault, .arrayNew, .arrayNewDefault, .arrayNewFixed, .refI31,
        .anyConvertExtern, .externConvertAny,
    ]
    /// Those of the constant instructions that the extended constant expressions brought.
    static let extendedConstants: Set<Opcode> = [.i32Add, .i32Sub, .i32Mul, .i64Add, .i64Sub, .i64Mul]
}

/// The signatures of all opcodes.
///
/// A table in memory that is never given back, so that a validator holds a plain pointer: checking an instruction counts no references.
struct OpcodeSignatures: @unchecked Sendable {
    private let table: UnsafePointer<OpcodeSignature>

    static let all = OpcodeSignatures()

    private init() {
        let table = UnsafeMutablePointer<OpcodeSignature>.allocate(capacity: OpcodeTable.rows.count)
        for (position, row) in OpcodeTable.rows.enumerated() { (table + position).initialize(to: OpcodeSignature(row)) }
        self.table = UnsafePointer(table)
    }

    @inline(__always)
    func of(_ opcode: Opcode) -> UnsafePointer<OpcodeSignature> { table + opcode.position }
}

extension Immediate {
    /// The kind that a row must name for the immediate; nil for the one that no row names.
    var kind: ImmediateKind? {
        switch self {
        case .none: ImmediateKind.none
        case .i32: .i32
        case .i64: .i64
        case .f32: .f32
        case .f64: .f64
        case .v128: .v128
        case .block: .block
        case .tryTable: .tryTable
        case .label: .label
        case .labelTable: .labelTable
        case .local: .local
        case .global: .global
        case .function: .function
        case .callIndirect: .callIndirect
        case .type: .type
        case .types: .types
        case .typeAndField: .typeAndField
        case .typeAndLength: .typeAndLength
        case .typeAndData: .typeAndData
        case .typeAndElement: .typeAndElement
        case .table: .table
        case .tables: .tables
        case .elementAndTable: .elementAndTable
        case .element: .element
        case .memory: .memory
        case .memories: .memories
        case .dataAndMemory: .dataAndMemory
        case .data: .data
        case .memoryArgument: .memoryArgument
        case .memoryArgumentAndLane: .memoryArgumentAndLane
        case .lane: .lane
        case .lanes: .lanes
        case .tag: .tag
        case .selectTypes: .selectTypes
        case .heapType: .heapType
        case .castBranch: .castBranch
        }
    }
}
