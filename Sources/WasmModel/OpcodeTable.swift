/// The kinds of immediate operands that the rows of ``Opcode`` name; each is a case of ``Immediate``.
public enum ImmediateKind: String, Hashable, Sendable, CaseIterable {
    case none = ""
    case i32, i64, f32, f64, v128
    case block, tryTable, label, labelTable
    case local, global, function, callIndirect, tag
    case type, types, typeAndField, typeAndLength, typeAndData, typeAndElement
    case table, tables, elementAndTable, element
    case memory, memories, dataAndMemory, data
    case memoryArgument, memoryArgumentAndLane, lane, lanes
    case selectTypes, heapType, castBranch
}

/// The type of an operand or a result in the row of an opcode.
public enum OperandType: Hashable, Sendable {
    case value(ValueType)
    /// The address type of the memory that the instruction names.
    case address
}

/// What a row of ``Opcode`` says.
public struct OpcodeRow: Sendable {
    public let opcode: Opcode
    /// The first byte, or the prefix byte 0xFB, 0xFC or 0xFD.
    public let prefix: UInt8
    /// The number after the prefix byte; nil for opcodes of one byte.
    public let number: UInt32?
    /// The name in the text format.
    public let name: String
    public let immediate: ImmediateKind
    /// The operand types, last on top of the stack; nil where they depend on more than the opcode.
    public let operands: [OperandType]?
    /// The result types; nil where they depend on more than the opcode.
    public let results: [OperandType]?
    /// The feature that brought the instruction; empty for the first release.
    public let feature: FeatureSet
}

/// The rows of ``Opcode``, read once.
public enum OpcodeTable {
    /// The rows in the order of the cases.
    public static let rows: [OpcodeRow] = Opcode.allCases.map(OpcodeRow.init(reading:))

    /// The opcodes by their names in the text format; where several binary forms share a name, the first.
    public static let byName: [String: Opcode] = Dictionary(
        rows.map { ($0.name, $0.opcode) },
        uniquingKeysWith: { first, _ in first }
    )

    /// The opcodes of one byte, by that byte.
    public static let byByte: [Opcode?] = {
        var table = [Opcode?](repeating: nil, count: 256)
        for row in rows where row.number == nil { table[Int(row.prefix)] = row.opcode }
        return table
    }()

    /// The opcodes after the prefix byte 0xFB, by their number.
    public static let byNumberAfterFB = table(prefix: 0xFB)
    /// The opcodes after the prefix byte 0xFC, by their number.
    public static let byNumberAfterFC = table(prefix: 0xFC)
    /// The opcodes after the prefix byte 0xFD, by their number.
    public static let byNumberAfterFD = table(prefix: 0xFD)

    private static func table(prefix: UInt8) -> [Opcode?] {
        let matching = rows.filter { $0.prefix == prefix && $0.number != nil }
        var table = [Opcode?](repeating: nil, count: Int(matching.map { $0.number! }.max()!) + 1)
        for row in matching { table[Int(row.number!)] = row.opcode }
        return table
    }
}

extension Opcode {
    /// The position of the case in declaration order, which is the position of its row in ``OpcodeTable/rows``.
    ///
    /// An enumeration without payloads is laid out as the number of its case (Swift ABI, "Type Layout: Fragile Enum Layout"), and
    /// there are more than 256 cases, so the number has 16 bits; a test compares it with `allCases`.
    @inlinable
    public var position: Int { Int(unsafeBitCast(self, to: UInt16.self)) }

    /// The row of the opcode.
    @inlinable
    public var row: OpcodeRow { OpcodeTable.rows[position] }
}

extension OpcodeRow {
    /// Reads the raw value of a case; a row of another shape is a mistake in the table and stops the program.
    fileprivate init(reading opcode: Opcode) {
        let fields = opcode.rawValue.split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.split(separator: " ").map(String.init) }
        precondition(fields.count == 4, "row of four fields: \(opcode.rawValue)")
        let head = fields[0]
        self.opcode = opcode
        self.prefix = UInt8(head[0], radix: 16)!
        self.number = head.count == 3 ? UInt32(head[1], radix: 16)! : nil
        self.name = head.last!
        self.immediate = ImmediateKind(rawValue: fields[1].first ?? "")!
        if fields[2] == ["*"] {
            self.operands = nil
            self.results = nil
        } else {
            let arrow = fields[2].firstIndex(of: "->")!
            self.operands = fields[2][..<arrow].map(Self.operandType)
            self.results = fields[2][(arrow + 1)...].map(Self.operandType)
        }
        let feature = fields[3][0]
        self.feature = feature == "mvp" ? .mvp : FeatureSet.named.first { $0.name == feature }!.feature
    }

    private static func operandType(_ text: String) -> OperandType {
        switch text {
        case "addr": .address
        case "i32": .value(.i32)
        case "i64": .value(.i64)
        case "f32": .value(.f32)
        case "f64": .value(.f64)
        case "v128": .value(.v128)
        default: preconditionFailure("operand type in a row of the opcode table: \(text)")
        }
    }
}
