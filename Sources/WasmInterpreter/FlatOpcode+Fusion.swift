/// The relations between operations of flat code by which neighbouring instructions become one word.
extension FlatOpcode {
    /// The operation with a constant as its right operand; nil where there is none, or where the constant is too wide.
    func immediate(_ bits: UInt64) -> (code: FlatOpcode, number: UInt32)? {
        switch self {
        case .i32Sub: return FlatOpcode.i32Add.immediate(UInt64(UInt32(truncatingIfNeeded: 0 &- bits)))
        case .i64Sub: return FlatOpcode.i64Add.immediate(0 &- bits)
        default: break
        }
        guard let code = immediate else { return nil }
        let isNarrow = rawValue < FlatOpcode.i64Eqz.rawValue
        guard isNarrow || Int64(bitPattern: bits) == Int64(Int32(truncatingIfNeeded: bits)) else { return nil }
        return (code, UInt32(truncatingIfNeeded: bits))
    }

    /// The same operation with a number as its right operand; nil where there is none.
    private var immediate: FlatOpcode? {
        switch self {
        case .i32Eq: .i32EqImmediate
        case .i32Ne: .i32NeImmediate
        case .i32LtS: .i32LtSImmediate
        case .i32LtU: .i32LtUImmediate
        case .i32GtS: .i32GtSImmediate
        case .i32GtU: .i32GtUImmediate
        case .i32LeS: .i32LeSImmediate
        case .i32LeU: .i32LeUImmediate
        case .i32GeS: .i32GeSImmediate
        case .i32GeU: .i32GeUImmediate
        case .i32Add: .i32AddImmediate
        case .i32Mul: .i32MulImmediate
        case .i32And: .i32AndImmediate
        case .i32Or: .i32OrImmediate
        case .i32Xor: .i32XorImmediate
        case .i32Shl: .i32ShlImmediate
        case .i32ShrS: .i32ShrSImmediate
        case .i32ShrU: .i32ShrUImmediate
        case .i64Eq: .i64EqImmediate
        case .i64Ne: .i64NeImmediate
        case .i64LtS: .i64LtSImmediate
        case .i64LtU: .i64LtUImmediate
        case .i64GtS: .i64GtSImmediate
        case .i64GtU: .i64GtUImmediate
        case .i64LeS: .i64LeSImmediate
        case .i64LeU: .i64LeUImmediate
        case .i64GeS: .i64GeSImmediate
        case .i64GeU: .i64GeUImmediate
        case .i64Add: .i64AddImmediate
        case .i64Mul: .i64MulImmediate
        case .i64And: .i64AndImmediate
        case .i64Or: .i64OrImmediate
        case .i64Xor: .i64XorImmediate
        case .i64Shl: .i64ShlImmediate
        case .i64ShrS: .i64ShrSImmediate
        case .i64ShrU: .i64ShrUImmediate
        default: nil
        }
    }

    /// The jump that first adds a number to its left operand; nil where there is none.
    var afterAddition: FlatOpcode? {
        switch self {
        case .jumpIfNotZero, .jumpI32NeImmediate: .addJumpI32NeImmediate
        case .jumpI32LtSImmediate: .addJumpI32LtSImmediate
        case .jumpI32LtUImmediate: .addJumpI32LtUImmediate
        case .jumpI32Ne: .addJumpI32Ne
        case .jumpI32LtS: .addJumpI32LtS
        case .jumpI32LtU: .addJumpI32LtU
        default: nil
        }
    }

    /// The addition that jumps in any case; nil where this is no addition.
    var thenJump: FlatOpcode? {
        switch self {
        case .i32Add: .i32AddThenJump
        case .i64Add: .i64AddThenJump
        case .i32AddImmediate: .i32AddImmediateThenJump
        case .i64AddImmediate: .i64AddImmediateThenJump
        default: nil
        }
    }

    /// Whether this is an addition that jumps in any case.
    var isAdditionThenJump: Bool {
        switch self {
        case .i32AddThenJump, .i64AddThenJump, .i32AddImmediateThenJump, .i64AddImmediateThenJump: true
        default: false
        }
    }

    /// Whether the jump that first adds a number compares with a constant.
    var hasImmediate: Bool {
        switch self {
        case .addJumpI32NeImmediate, .addJumpI32LtSImmediate, .addJumpI32LtUImmediate: true
        default: false
        }
    }

    /// The operation that gives the same result for exchanged operands; nil where there is none.
    var exchanged: FlatOpcode? {
        switch self {
        case .i32Eq: .i32Eq
        case .i32Ne: .i32Ne
        case .i32LtS: .i32GtS
        case .i32LtU: .i32GtU
        case .i32GtS: .i32LtS
        case .i32GtU: .i32LtU
        case .i32LeS: .i32GeS
        case .i32LeU: .i32GeU
        case .i32GeS: .i32LeS
        case .i32GeU: .i32LeU
        case .i32Add, .i32Mul, .i32And, .i32Or, .i32Xor: self
        case .i64Eq: .i64Eq
        case .i64Ne: .i64Ne
        case .i64LtS: .i64GtS
        case .i64LtU: .i64GtU
        case .i64GtS: .i64LtS
        case .i64GtU: .i64LtU
        case .i64LeS: .i64GeS
        case .i64LeU: .i64GeU
        case .i64GeS: .i64LeS
        case .i64GeU: .i64LeU
        case .i64Add, .i64Mul, .i64And, .i64Or, .i64Xor: self
        default: nil
        }
    }

    /// The operation that jumps where a comparison holds; nil where this is not a comparison of integers.
    var jump: FlatOpcode? {
        switch self {
        case .i32Eqz: .jumpIfZero
        case .i32Eq: .jumpI32Eq
        case .i32EqImmediate: .jumpI32EqImmediate
        case .i32Ne: .jumpI32Ne
        case .i32NeImmediate: .jumpI32NeImmediate
        case .i32LtS: .jumpI32LtS
        case .i32LtSImmediate: .jumpI32LtSImmediate
        case .i32LtU: .jumpI32LtU
        case .i32LtUImmediate: .jumpI32LtUImmediate
        case .i32GtS: .jumpI32GtS
        case .i32GtSImmediate: .jumpI32GtSImmediate
        case .i32GtU: .jumpI32GtU
        case .i32GtUImmediate: .jumpI32GtUImmediate
        case .i32LeS: .jumpI32LeS
        case .i32LeSImmediate: .jumpI32LeSImmediate
        case .i32LeU: .jumpI32LeU
        case .i32LeUImmediate: .jumpI32LeUImmediate
        case .i32GeS: .jumpI32GeS
        case .i32GeSImmediate: .jumpI32GeSImmediate
        case .i32GeU: .jumpI32GeU
        case .i32GeUImmediate: .jumpI32GeUImmediate
        case .i64Eqz: .jumpIfZero
        case .i64Eq: .jumpI64Eq
        case .i64EqImmediate: .jumpI64EqImmediate
        case .i64Ne: .jumpI64Ne
        case .i64NeImmediate: .jumpI64NeImmediate
        case .i64LtS: .jumpI64LtS
        case .i64LtSImmediate: .jumpI64LtSImmediate
        case .i64LtU: .jumpI64LtU
        case .i64LtUImmediate: .jumpI64LtUImmediate
        case .i64GtS: .jumpI64GtS
        case .i64GtSImmediate: .jumpI64GtSImmediate
        case .i64GtU: .jumpI64GtU
        case .i64GtUImmediate: .jumpI64GtUImmediate
        case .i64LeS: .jumpI64LeS
        case .i64LeSImmediate: .jumpI64LeSImmediate
        case .i64LeU: .jumpI64LeU
        case .i64LeUImmediate: .jumpI64LeUImmediate
        case .i64GeS: .jumpI64GeS
        case .i64GeSImmediate: .jumpI64GeSImmediate
        case .i64GeU: .jumpI64GeU
        case .i64GeUImmediate: .jumpI64GeUImmediate
        default: nil
        }
    }

    /// The comparison, or the conditional jump, that holds where this one does not; nil where there is none.
    var inverse: FlatOpcode? {
        switch self {
        case .jumpIfZero: .jumpIfNotZero
        case .jumpIfNotZero: .jumpIfZero
        case .jumpIfAnyBit: .jumpIfNoBit
        case .jumpIfNoBit: .jumpIfAnyBit
        case .i32Eq: .i32Ne
        case .i32EqImmediate: .i32NeImmediate
        case .i32Ne: .i32Eq
        case .i32NeImmediate: .i32EqImmediate
        case .i32LtS: .i32GeS
        case .i32LtSImmediate: .i32GeSImmediate
        case .i32LtU: .i32GeU
        case .i32LtUImmediate: .i32GeUImmediate
        case .i32GtS: .i32LeS
        case .i32GtSImmediate: .i32LeSImmediate
        case .i32GtU: .i32LeU
        case .i32GtUImmediate: .i32LeUImmediate
        case .i32LeS: .i32GtS
        case .i32LeSImmediate: .i32GtSImmediate
        case .i32LeU: .i32GtU
        case .i32LeUImmediate: .i32GtUImmediate
        case .i32GeS: .i32LtS
        case .i32GeSImmediate: .i32LtSImmediate
        case .i32GeU: .i32LtU
        case .i32GeUImmediate: .i32LtUImmediate
        case .i64Eq: .i64Ne
        case .i64EqImmediate: .i64NeImmediate
        case .i64Ne: .i64Eq
        case .i64NeImmediate: .i64EqImmediate
        case .i64LtS: .i64GeS
        case .i64LtSImmediate: .i64GeSImmediate
        case .i64LtU: .i64GeU
        case .i64LtUImmediate: .i64GeUImmediate
        case .i64GtS: .i64LeS
        case .i64GtSImmediate: .i64LeSImmediate
        case .i64GtU: .i64LeU
        case .i64GtUImmediate: .i64LeUImmediate
        case .i64LeS: .i64GtS
        case .i64LeSImmediate: .i64GtSImmediate
        case .i64LeU: .i64GtU
        case .i64LeUImmediate: .i64GtUImmediate
        case .i64GeS: .i64LtS
        case .i64GeSImmediate: .i64LtSImmediate
        case .i64GeU: .i64LtU
        case .i64GeUImmediate: .i64LtUImmediate
        case .jumpI32Eq: .jumpI32Ne
        case .jumpI32EqImmediate: .jumpI32NeImmediate
        case .jumpI32Ne: .jumpI32Eq
        case .jumpI32NeImmediate: .jumpI32EqImmediate
        case .jumpI32LtS: .jumpI32GeS
        case .jumpI32LtSImmediate: .jumpI32GeSImmediate
        case .jumpI32LtU: .jumpI32GeU
        case .jumpI32LtUImmediate: .jumpI32GeUImmediate
        case .jumpI32GtS: .jumpI32LeS
        case .jumpI32GtSImmediate: .jumpI32LeSImmediate
        case .jumpI32GtU: .jumpI32LeU
        case .jumpI32GtUImmediate: .jumpI32LeUImmediate
        case .jumpI32LeS: .jumpI32GtS
        case .jumpI32LeSImmediate: .jumpI32GtSImmediate
        case .jumpI32LeU: .jumpI32GtU
        case .jumpI32LeUImmediate: .jumpI32GtUImmediate
        case .jumpI32GeS: .jumpI32LtS
        case .jumpI32GeSImmediate: .jumpI32LtSImmediate
        case .jumpI32GeU: .jumpI32LtU
        case .jumpI32GeUImmediate: .jumpI32LtUImmediate
        case .jumpI64Eq: .jumpI64Ne
        case .jumpI64EqImmediate: .jumpI64NeImmediate
        case .jumpI64Ne: .jumpI64Eq
        case .jumpI64NeImmediate: .jumpI64EqImmediate
        case .jumpI64LtS: .jumpI64GeS
        case .jumpI64LtSImmediate: .jumpI64GeSImmediate
        case .jumpI64LtU: .jumpI64GeU
        case .jumpI64LtUImmediate: .jumpI64GeUImmediate
        case .jumpI64GtS: .jumpI64LeS
        case .jumpI64GtSImmediate: .jumpI64LeSImmediate
        case .jumpI64GtU: .jumpI64LeU
        case .jumpI64GtUImmediate: .jumpI64LeUImmediate
        case .jumpI64LeS: .jumpI64GtS
        case .jumpI64LeSImmediate: .jumpI64GtSImmediate
        case .jumpI64LeU: .jumpI64GtU
        case .jumpI64LeUImmediate: .jumpI64GtUImmediate
        case .jumpI64GeS: .jumpI64LtS
        case .jumpI64GeSImmediate: .jumpI64LtSImmediate
        case .jumpI64GeU: .jumpI64LtU
        case .jumpI64GeUImmediate: .jumpI64LtUImmediate
        default: nil
        }
    }
}
