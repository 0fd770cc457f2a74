import WasmModel

/// The one table of operations: a row says what is true of an operation, all questions are answered from it.
///
/// An operation is added by its case in ``Operation``, its row and its place in ``allCases``. Its meaning is said where the compiler then
/// asks for it, in the back ends, in translation, and in ``ConstantFolding`` and ``Simplification`` where they know more of it.
extension Operation: CaseIterable {
    /// What is true of the operation. The columns: the name, the types that the record can have, the operands, the results, the effect,
    /// the immediate, the targets of a terminator, and marks.
    ///
    /// It is inlined where it is used, so that a question for one column becomes a look-up in an array of constants.
    @inline(__always)
    var row: OperationRow {
        switch self {
        // Constants
        case .constant: row("constant", .scalar, .none, .type, .pure, .number)
        case .constantVector: row("constantVector", .v128, .none, .always(.v128), .pure, .vector)

        // Integers
        case .add: row("add", .integer, .two(.type, .type), .type, .pure, is: .commutative)
        case .subtract: row("subtract", .integer, .two(.type, .type), .type, .pure)
        case .multiply: row("multiply", .integer, .two(.type, .type), .type, .pure, is: .commutative)
        case .divideSigned: row("divideSigned", .integer, .two(.type, .type), .type, .pure, is: .guarded)
        case .divideUnsigned: row("divideUnsigned", .integer, .two(.type, .type), .type, .pure, is: .guarded)
        case .remainderSigned: row("remainderSigned", .integer, .two(.type, .type), .type, .pure, is: .guarded)
        case .remainderUnsigned: row("remainderUnsigned", .integer, .two(.type, .type), .type, .pure, is: .guarded)
        case .and: row("and", .integer, .two(.type, .type), .type, .pure, is: .commutative)
        case .or: row("or", .integer, .two(.type, .type), .type, .pure, is: .commutative)
        case .exclusiveOr: row("exclusiveOr", .integer, .two(.type, .type), .type, .pure, is: .commutative)
        case .shiftLeft: row("shiftLeft", .integer, .two(.type, .type), .type, .pure)
        case .shiftRightSigned: row("shiftRightSigned", .integer, .two(.type, .type), .type, .pure)
        case .shiftRightUnsigned: row("shiftRightUnsigned", .integer, .two(.type, .type), .type, .pure)
        case .rotateLeft: row("rotateLeft", .integer, .two(.type, .type), .type, .pure)
        case .rotateRight: row("rotateRight", .integer, .two(.type, .type), .type, .pure)
        case .countLeadingZeros: row("countLeadingZeros", .integer, .one(.type), .type, .pure)
        case .countTrailingZeros: row("countTrailingZeros", .integer, .one(.type), .type, .pure)
        case .populationCount: row("populationCount", .integer, .one(.type), .type, .pure)
        case .compare(let condition):
            row("compare", condition.types, .two(.type, .type), .always(.i32), .pure, is: condition.marks)
        case .signExtend8: row("signExtend8", .integer, .one(.type), .type, .pure)
        case .signExtend16: row("signExtend16", .integer, .one(.type), .type, .pure)
        case .signExtend32: row("signExtend32", .i64, .one(.type), .type, .pure)
        case .extendSigned: row("extendSigned", .i32, .one(.type), .always(.i64), .pure)
        case .extendUnsigned: row("extendUnsigned", .i32, .one(.type), .always(.i64), .pure)
        case .wrap: row("wrap", .i64, .one(.type), .always(.i32), .pure)

        // Floats
        case .floatAdd: row("floatAdd", .float, .two(.type, .type), .type, .pure)
        case .floatSubtract: row("floatSubtract", .float, .two(.type, .type), .type, .pure)
        case .floatMultiply: row("floatMultiply", .float, .two(.type, .type), .type, .pure)
        case .floatDivide: row("floatDivide", .float, .two(.type, .type), .type, .pure)
        case .floatMinimum: row("floatMinimum", .float, .two(.type, .type), .type, .pure)
        case .floatMaximum: row("floatMaximum", .float, .two(.type, .type), .type, .pure)
        case .floatCopySign: row("floatCopySign", .float, .two(.type, .type), .type, .pure)
        case .floatAbsolute: row("floatAbsolute", .float, .one(.type), .type, .pure)
        case .floatNegate: row("floatNegate", .float, .one(.type), .type, .pure)
        case .floatSquareRoot: row("floatSquareRoot", .float, .one(.type), .type, .pure)
        case .floatCeiling: row("floatCeiling", .float, .one(.type), .type, .pure)
        case .floatFloor: row("floatFloor", .float, .one(.type), .type, .pure)
        case .floatTruncate: row("floatTruncate", .float, .one(.type), .type, .pure)
        case .floatNearest: row("floatNearest", .float, .one(.type), .type, .pure)
        case .floatCompare: row("floatCompare", .float, .two(.type, .type), .always(.i32), .pure)
        case .demote: row("demote", .f64, .one(.type), .always(.f32), .pure)
        case .promote: row("promote", .f32, .one(.type), .always(.f64), .pure)
        case .truncateSigned: row("truncateSigned", .integer, .one(.float), .type, .pure, is: .guarded)
        case .truncateUnsigned: row("truncateUnsigned", .integer, .one(.float), .type, .pure, is: .guarded)
        case .truncateSaturatingSigned: row("truncateSaturatingSigned", .integer, .one(.float), .type, .pure)
        case .truncateSaturatingUnsigned: row("truncateSaturatingUnsigned", .integer, .one(.float), .type, .pure)
        case .convertSigned: row("convertSigned", .float, .one(.integer), .type, .pure)
        case .convertUnsigned: row("convertUnsigned", .float, .one(.integer), .type, .pure)
        case .reinterpret: row("reinterpret", .scalar, .one(.otherOfSameSize), .type, .pure)

        // Selection
        case .select: row("select", .any, .three(.type, .type, .only(.i32)), .type, .pure)

        // Vectors
        case .vector: row("vector", .unsaid, .opcode, .opcode, .pure, .opcode)
        case .vectorFromScalar: row("vectorFromScalar", .float, .one(.type), .always(.v128), .pure)

        // Memory
        case .load(let width): row("load", width.types, .one(.address), .type, .readsMemory, .optionalOffset)
        case .store(let width): row("store", width.types, .two(.address, .type), .none, .writesMemory, .optionalOffset)
        case .loadContext: row("loadContext", .any, .none, .type, .readsContext, .offset)
        case .storeContext: row("storeContext", .any, .one(.type), .none, .writesContext, .offset)

        // Calls
        case .call: row("call", .unsaid, .arguments, .signature, .writesContext, .function)
        case .callIndirect: row("callIndirect", .unsaid, .calleeArguments, .signature, .writesContext)
        case .callRuntime: row("callRuntime", .unsaid, .arguments, .signature, .writesContext, .runtime)
        case .landingPad: row("landingPad", .unsaid, .none, .always(.reference), .leaves)

        // Checks
        case .trapIf: row("trapIf", .unsaid, .one(.only(.i32)), .none, .leaves, .trap)
        case .trapUnless: row("trapUnless", .unsaid, .one(.only(.i32)), .none, .leaves, .trap)

        // Terminators
        case .jump: row("jump", .unsaid, .none, .none, .leaves, to: .one)
        case .branchIf: row("branchIf", .unsaid, .one(.only(.i32)), .none, .leaves, to: .two)
        case .branchTable: row("branchTable", .unsaid, .one(.only(.i32)), .none, .leaves, to: .oneOrMore)
        case .return: row("return", .unsaid, .returned, .none, .leaves, to: .zero)
        case .trap: row("trap", .unsaid, .none, .none, .leaves, .trap, to: .zero)
        case .returnCall: row("returnCall", .unsaid, .arguments, .returned, .leaves, .function, to: .zero)
        case .returnCallIndirect: row("returnCallIndirect", .unsaid, .calleeArguments, .returned, .leaves, to: .zero)
        case .tryCall: row("tryCall", .unsaid, .arguments, .signature, .writesContext, .function, to: .two)
        case .tryCallIndirect: row("tryCallIndirect", .unsaid, .calleeArguments, .signature, .writesContext, to: .two)
        case .tryCallRuntime: row("tryCallRuntime", .unsaid, .arguments, .signature, .writesContext, .runtime, to: .two)
        }
    }

    /// Every operation, with every condition, width and wasm instruction.
    public static let allCases: [Operation] = {
        var all: [Operation] = [.constant, .constantVector]
        all += [.add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned]
        all += [.and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight]
        all += [.countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8, .signExtend16, .signExtend32]
        all += [.extendSigned, .extendUnsigned, .wrap]
        all += IntegerCondition.allCases.map { .compare($0) }
        all += [.floatAdd, .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign]
        all += [
            .floatAbsolute, .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest,
        ]
        all += FloatCondition.allCases.map { .floatCompare($0) }
        all += [.demote, .promote, .truncateSigned, .truncateUnsigned]
        all += [.truncateSaturatingSigned, .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret]
        all += [.select]
        all += Opcode.allCases.filter { VectorSignature($0) != nil }.map { .vector($0) } + [.vectorFromScalar]
        all += MemoryWidth.allCases.map { .load($0) } + MemoryWidth.allCases.map { .store($0) }
        all += [.loadContext, .storeContext]
        all += [.call, .callIndirect, .callRuntime, .landingPad, .trapIf, .trapUnless]
        all += [.jump, .branchIf, .branchTable, .return, .trap, .returnCall, .returnCallIndirect]
        all += [.tryCall, .tryCallIndirect, .tryCallRuntime]
        return all
    }()
}

extension IntegerCondition {
    /// References can be equal or not, and nothing else.
    @inline(__always)
    fileprivate var types: RecordTypes { isSymmetric ? .integerOrReference : .integer }

    @inline(__always)
    fileprivate var marks: OperationMarks { isSymmetric ? .commutative : [] }
}

extension MemoryWidth {
    /// What a load or store can move so many bytes of.
    @inline(__always)
    fileprivate var types: RecordTypes {
        switch self {
        case .full: .any
        case .signed8, .unsigned8, .signed16, .unsigned16: .integer
        case .signed32, .unsigned32: .i64
        }
    }
}
