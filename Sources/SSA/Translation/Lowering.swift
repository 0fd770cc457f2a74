import WasmModel

/// How an opcode is translated.
enum Lowering: Hashable, Sendable {
    case unreachable, nop, block, loop, `if`, `else`, end, br, brIf, brTable, `return`
    case tryTable, `throw`, throwReference
    case brOnNull, brOnNonNull
    case call, callIndirect, callReference, returnCall, returnCallIndirect, returnCallReference
    case drop, select
    case localGet, localSet, localTee, globalGet, globalSet
    /// A number; the immediate says which type it has.
    case constant
    case load(MemoryWidth, IRType)
    case store(MemoryWidth, IRType)
    case memorySize, memoryGrow
    case bulk(BulkLowering)
    case reference(ReferenceLowering)
    case table(TableLowering)
    /// Comparison with zero.
    case isZero(IRType)
    /// One operand, one result, no check.
    case unary(Operation, IRType)
    /// Two operands, one result, no check.
    case binary(Operation, IRType)
    /// A division or a remainder, with the checks that it needs.
    case divide(Operation, IRType)
    /// A float made an integer, with the checks of its range.
    case truncate(Operation, IRType, from: IRType)
    /// A vector instruction without memory access.
    case vector(Opcode)
    case vectorAccess(VectorAccess)
}

/// Instructions on runs of bytes.
enum BulkLowering: Hashable, Sendable {
    case copy, fill, initialize, dropData
}

/// Instructions on references.
enum ReferenceLowering: Hashable, Sendable {
    case null, isNull, function, asNonNull
}

/// Instructions on tables.
enum TableLowering: Hashable, Sendable {
    case get, set, size, grow, fill, copy, initialize, dropElements
}

/// The lowering of every opcode that translation supports, one row an opcode.
///
/// Those without one are the instructions on structures, arrays and i31 references, and casts.
enum LoweringTable {
    /// By ``Opcode/position``; nil where the opcode is not supported.
    static let rows: [Lowering?] = {
        var rows = [Lowering?](repeating: nil, count: Opcode.allCases.count)
        for (opcode, lowering) in structure + references + memory + integers + floats + conversions + vectors
            + vectorMemory
        {
            rows[opcode.position] = lowering
        }
        return rows
    }()

    private static let structure: [(Opcode, Lowering)] = [
        (.unreachable, .unreachable),
        (.nop, .nop),
        (.block, .block),
        (.loop, .loop),
        (.if, .if),
        (.else, .else),
        (.end, .end),
        (.br, .br),
        (.brIf, .brIf),
        (.brTable, .brTable),
        (.return, .return),
        (.call, .call),
        (.callIndirect, .callIndirect),
        (.callRef, .callReference),
        (.returnCall, .returnCall),
        (.returnCallIndirect, .returnCallIndirect),
        (.returnCallRef, .returnCallReference),
        (.tryTable, .tryTable),
        (.throw, .throw),
        (.throwRef, .throwReference),
        (.brOnNull, .brOnNull),
        (.brOnNonNull, .brOnNonNull),
        (.drop, .drop),
        (.select, .select),
        (.selectTyped, .select),
        (.localGet, .localGet),
        (.localSet, .localSet),
        (.localTee, .localTee),
        (.globalGet, .globalGet),
        (.globalSet, .globalSet),
        (.i32Const, .constant),
        (.i64Const, .constant),
        (.f32Const, .constant),
        (.f64Const, .constant),
    ]

    private static let references: [(Opcode, Lowering)] = [
        (.refNull, .reference(.null)),
        (.refIsNull, .reference(.isNull)),
        (.refFunc, .reference(.function)),
        (.refAsNonNull, .reference(.asNonNull)),
        (.refEq, .binary(.compare(.equal), .reference)),
        (.tableGet, .table(.get)),
        (.tableSet, .table(.set)),
        (.tableSize, .table(.size)),
        (.tableGrow, .table(.grow)),
        (.tableFill, .table(.fill)),
        (.tableCopy, .table(.copy)),
        (.tableInit, .table(.initialize)),
        (.elemDrop, .table(.dropElements)),
    ]

    private static let memory: [(Opcode, Lowering)] = [
        (.memorySize, .memorySize),
        (.memoryGrow, .memoryGrow),
        (.memoryCopy, .bulk(.copy)),
        (.memoryFill, .bulk(.fill)),
        (.memoryInit, .bulk(.initialize)),
        (.dataDrop, .bulk(.dropData)),
        (.i32Load, .load(.full, .i32)),
        (.i64Load, .load(.full, .i64)),
        (.f32Load, .load(.full, .f32)),
        (.f64Load, .load(.full, .f64)),
        (.i32Load8S, .load(.signed8, .i32)),
        (.i32Load8U, .load(.unsigned8, .i32)),
        (.i32Load16S, .load(.signed16, .i32)),
        (.i32Load16U, .load(.unsigned16, .i32)),
        (.i64Load8S, .load(.signed8, .i64)),
        (.i64Load8U, .load(.unsigned8, .i64)),
        (.i64Load16S, .load(.signed16, .i64)),
        (.i64Load16U, .load(.unsigned16, .i64)),
        (.i64Load32S, .load(.signed32, .i64)),
        (.i64Load32U, .load(.unsigned32, .i64)),
        (.i32Store, .store(.full, .i32)),
        (.i64Store, .store(.full, .i64)),
        (.f32Store, .store(.full, .f32)),
        (.f64Store, .store(.full, .f64)),
        (.i32Store8, .store(.unsigned8, .i32)),
        (.i32Store16, .store(.unsigned16, .i32)),
        (.i64Store8, .store(.unsigned8, .i64)),
        (.i64Store16, .store(.unsigned16, .i64)),
        (.i64Store32, .store(.unsigned32, .i64)),
    ]

    private static let integers: [(Opcode, Lowering)] = [
        (.i32Eqz, .isZero(.i32)),
        (.i32Eq, .binary(.compare(.equal), .i32)),
        (.i32Ne, .binary(.compare(.notEqual), .i32)),
        (.i32LtS, .binary(.compare(.lessSigned), .i32)),
        (.i32LtU, .binary(.compare(.lessUnsigned), .i32)),
        (.i32GtS, .binary(.compare(.greaterSigned), .i32)),
        (.i32GtU, .binary(.compare(.greaterUnsigned), .i32)),
        (.i32LeS, .binary(.compare(.lessOrEqualSigned), .i32)),
        (.i32LeU, .binary(.compare(.lessOrEqualUnsigned), .i32)),
        (.i32GeS, .binary(.compare(.greaterOrEqualSigned), .i32)),
        (.i32GeU, .binary(.compare(.greaterOrEqualUnsigned), .i32)),
        (.i32Clz, .unary(.countLeadingZeros, .i32)),
        (.i32Ctz, .unary(.countTrailingZeros, .i32)),
        (.i32Popcnt, .unary(.populationCount, .i32)),
        (.i32Extend8S, .unary(.signExtend8, .i32)),
        (.i32Extend16S, .unary(.signExtend16, .i32)),
        (.i32Add, .binary(.add, .i32)),
        (.i32Sub, .binary(.subtract, .i32)),
        (.i32Mul, .binary(.multiply, .i32)),
        (.i32And, .binary(.and, .i32)),
        (.i32Or, .binary(.or, .i32)),
        (.i32Xor, .binary(.exclusiveOr, .i32)),
        (.i32Shl, .binary(.shiftLeft, .i32)),
        (.i32ShrS, .binary(.shiftRightSigned, .i32)),
        (.i32ShrU, .binary(.shiftRightUnsigned, .i32)),
        (.i32Rotl, .binary(.rotateLeft, .i32)),
        (.i32Rotr, .binary(.rotateRight, .i32)),
        (.i32DivS, .divide(.divideSigned, .i32)),
        (.i32DivU, .divide(.divideUnsigned, .i32)),
        (.i32RemS, .divide(.remainderSigned, .i32)),
        (.i32RemU, .divide(.remainderUnsigned, .i32)),
        (.i64Eqz, .isZero(.i64)),
        (.i64Eq, .binary(.compare(.equal), .i64)),
        (.i64Ne, .binary(.compare(.notEqual), .i64)),
        (.i64LtS, .binary(.compare(.lessSigned), .i64)),
        (.i64LtU, .binary(.compare(.lessUnsigned), .i64)),
        (.i64GtS, .binary(.compare(.greaterSigned), .i64)),
        (.i64GtU, .binary(.compare(.greaterUnsigned), .i64)),
        (.i64LeS, .binary(.compare(.lessOrEqualSigned), .i64)),
        (.i64LeU, .binary(.compare(.lessOrEqualUnsigned), .i64)),
        (.i64GeS, .binary(.compare(.greaterOrEqualSigned), .i64)),
        (.i64GeU, .binary(.compare(.greaterOrEqualUnsigned), .i64)),
        (.i64Clz, .unary(.countLeadingZeros, .i64)),
        (.i64Ctz, .unary(.countTrailingZeros, .i64)),
        (.i64Popcnt, .unary(.populationCount, .i64)),
        (.i64Extend8S, .unary(.signExtend8, .i64)),
        (.i64Extend16S, .unary(.signExtend16, .i64)),
        (.i64Extend32S, .unary(.signExtend32, .i64)),
        (.i64Add, .binary(.add, .i64)),
        (.i64Sub, .binary(.subtract, .i64)),
        (.i64Mul, .binary(.multiply, .i64)),
        (.i64And, .binary(.and, .i64)),
        (.i64Or, .binary(.or, .i64)),
        (.i64Xor, .binary(.exclusiveOr, .i64)),
        (.i64Shl, .binary(.shiftLeft, .i64)),
        (.i64ShrS, .binary(.shiftRightSigned, .i64)),
        (.i64ShrU, .binary(.shiftRightUnsigned, .i64)),
        (.i64Rotl, .binary(.rotateLeft, .i64)),
        (.i64Rotr, .binary(.rotateRight, .i64)),
        (.i64DivS, .divide(.divideSigned, .i64)),
        (.i64DivU, .divide(.divideUnsigned, .i64)),
        (.i64RemS, .divide(.remainderSigned, .i64)),
        (.i64RemU, .divide(.remainderUnsigned, .i64)),
    ]

    private static let floats: [(Opcode, Lowering)] = [
        (.f32Eq, .binary(.floatCompare(.equal), .f32)),
        (.f32Ne, .binary(.floatCompare(.notEqual), .f32)),
        (.f32Lt, .binary(.floatCompare(.less), .f32)),
        (.f32Gt, .binary(.floatCompare(.greater), .f32)),
        (.f32Le, .binary(.floatCompare(.lessOrEqual), .f32)),
        (.f32Ge, .binary(.floatCompare(.greaterOrEqual), .f32)),
        (.f32Abs, .unary(.floatAbsolute, .f32)),
        (.f32Neg, .unary(.floatNegate, .f32)),
        (.f32Ceil, .unary(.floatCeiling, .f32)),
        (.f32Floor, .unary(.floatFloor, .f32)),
        (.f32Trunc, .unary(.floatTruncate, .f32)),
        (.f32Nearest, .unary(.floatNearest, .f32)),
        (.f32Sqrt, .unary(.floatSquareRoot, .f32)),
        (.f32Add, .binary(.floatAdd, .f32)),
        (.f32Sub, .binary(.floatSubtract, .f32)),
        (.f32Mul, .binary(.floatMultiply, .f32)),
        (.f32Div, .binary(.floatDivide, .f32)),
        (.f32Min, .binary(.floatMinimum, .f32)),
        (.f32Max, .binary(.floatMaximum, .f32)),
        (.f32Copysign, .binary(.floatCopySign, .f32)),
        (.f64Eq, .binary(.floatCompare(.equal), .f64)),
        (.f64Ne, .binary(.floatCompare(.notEqual), .f64)),
        (.f64Lt, .binary(.floatCompare(.less), .f64)),
        (.f64Gt, .binary(.floatCompare(.greater), .f64)),
        (.f64Le, .binary(.floatCompare(.lessOrEqual), .f64)),
        (.f64Ge, .binary(.floatCompare(.greaterOrEqual), .f64)),
        (.f64Abs, .unary(.floatAbsolute, .f64)),
        (.f64Neg, .unary(.floatNegate, .f64)),
        (.f64Ceil, .unary(.floatCeiling, .f64)),
        (.f64Floor, .unary(.floatFloor, .f64)),
        (.f64Trunc, .unary(.floatTruncate, .f64)),
        (.f64Nearest, .unary(.floatNearest, .f64)),
        (.f64Sqrt, .unary(.floatSquareRoot, .f64)),
        (.f64Add, .binary(.floatAdd, .f64)),
        (.f64Sub, .binary(.floatSubtract, .f64)),
        (.f64Mul, .binary(.floatMultiply, .f64)),
        (.f64Div, .binary(.floatDivide, .f64)),
        (.f64Min, .binary(.floatMinimum, .f64)),
        (.f64Max, .binary(.floatMaximum, .f64)),
        (.f64Copysign, .binary(.floatCopySign, .f64)),
    ]

    private static let conversions: [(Opcode, Lowering)] = [
        (.i32WrapI64, .unary(.wrap, .i64)),
        (.i64ExtendI32S, .unary(.extendSigned, .i32)),
        (.i64ExtendI32U, .unary(.extendUnsigned, .i32)),
        (.f32DemoteF64, .unary(.demote, .f64)),
        (.f64PromoteF32, .unary(.promote, .f32)),
        (.i32ReinterpretF32, .unary(.reinterpret, .i32)),
        (.i64ReinterpretF64, .unary(.reinterpret, .i64)),
        (.f32ReinterpretI32, .unary(.reinterpret, .f32)),
        (.f64ReinterpretI64, .unary(.reinterpret, .f64)),
        (.i32TruncF32S, .truncate(.truncateSigned, .i32, from: .f32)),
        (.i32TruncSatF32S, .unary(.truncateSaturatingSigned, .i32)),
        (.f32ConvertI32S, .unary(.convertSigned, .f32)),
        (.i32TruncF32U, .truncate(.truncateUnsigned, .i32, from: .f32)),
        (.i32TruncSatF32U, .unary(.truncateSaturatingUnsigned, .i32)),
        (.f32ConvertI32U, .unary(.convertUnsigned, .f32)),
        (.i32TruncF64S, .truncate(.truncateSigned, .i32, from: .f64)),
        (.i32TruncSatF64S, .unary(.truncateSaturatingSigned, .i32)),
        (.f64ConvertI32S, .unary(.convertSigned, .f64)),
        (.i32TruncF64U, .truncate(.truncateUnsigned, .i32, from: .f64)),
        (.i32TruncSatF64U, .unary(.truncateSaturatingUnsigned, .i32)),
        (.f64ConvertI32U, .unary(.convertUnsigned, .f64)),
        (.i64TruncF32S, .truncate(.truncateSigned, .i64, from: .f32)),
        (.i64TruncSatF32S, .unary(.truncateSaturatingSigned, .i64)),
        (.f32ConvertI64S, .unary(.convertSigned, .f32)),
        (.i64TruncF32U, .truncate(.truncateUnsigned, .i64, from: .f32)),
        (.i64TruncSatF32U, .unary(.truncateSaturatingUnsigned, .i64)),
        (.f32ConvertI64U, .unary(.convertUnsigned, .f32)),
        (.i64TruncF64S, .truncate(.truncateSigned, .i64, from: .f64)),
        (.i64TruncSatF64S, .unary(.truncateSaturatingSigned, .i64)),
        (.f64ConvertI64S, .unary(.convertSigned, .f64)),
        (.i64TruncF64U, .truncate(.truncateUnsigned, .i64, from: .f64)),
        (.i64TruncSatF64U, .unary(.truncateSaturatingUnsigned, .i64)),
        (.f64ConvertI64U, .unary(.convertUnsigned, .f64)),
    ]
}
