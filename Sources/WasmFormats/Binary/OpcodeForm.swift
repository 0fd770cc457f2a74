import WasmModel

/// What the decoder needs of the opcode table, small enough to be copied for every instruction.
struct OpcodeForm {
    /// What an opcode does to the nesting of blocks, or another thing that few opcodes do.
    enum Nesting: UInt8 {
        case none, opens, opensWithElse, `else`, closes
        /// The binary needs a data count section where the opcode occurs.
        case needsDataCount
    }

    var opcode: Opcode
    var immediate: ImmediateKind
    var nesting: Nesting
    /// False in the places of a table that no opcode has.
    var isKnown: Bool

    init(_ opcode: Opcode?) {
        self.opcode = opcode ?? .unreachable
        isKnown = opcode != nil
        immediate = self.opcode.row.immediate
        nesting =
            switch self.opcode {
            case .block, .loop, .tryTable: .opens
            case .if: .opensWithElse
            case .else: .else
            case .end: .closes
            default: [.dataAndMemory, .data, .typeAndData].contains(immediate) ? .needsDataCount : .none
            }
    }
}

/// The forms of all opcodes, by their bytes.
///
/// Tables in memory that is never given back, so that a decoder holds plain pointers: reading an instruction counts no references.
struct OpcodeForms: @unchecked Sendable {
    /// By the first byte, 256 forms.
    let byByte: UnsafePointer<OpcodeForm>
    private let afterFB: UnsafeBufferPointer<OpcodeForm>
    private let afterFC: UnsafeBufferPointer<OpcodeForm>
    private let afterFD: UnsafeBufferPointer<OpcodeForm>

    static let all = OpcodeForms()

    private init() {
        byByte = Self.table(OpcodeTable.byByte).baseAddress!
        afterFB = Self.table(OpcodeTable.byNumberAfterFB)
        afterFC = Self.table(OpcodeTable.byNumberAfterFC)
        afterFD = Self.table(OpcodeTable.byNumberAfterFD)
    }

    /// By the number that follows a prefix; nil where the byte is no prefix.
    func table(afterPrefix prefix: UInt8) -> UnsafeBufferPointer<OpcodeForm>? {
        switch prefix {
        case 0xFB: afterFB
        case 0xFC: afterFC
        case 0xFD: afterFD
        default: nil
        }
    }

    private static func table(_ opcodes: [Opcode?]) -> UnsafeBufferPointer<OpcodeForm> {
        let table = UnsafeMutableBufferPointer<OpcodeForm>.allocate(capacity: opcodes.count)
        _ = table.initialize(from: opcodes.map(OpcodeForm.init))
        return UnsafeBufferPointer(table)
    }
}
