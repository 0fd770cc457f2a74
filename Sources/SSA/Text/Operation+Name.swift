import WasmModel

/// The names of operations in the text form: those of the cases, with the condition, width or wasm instruction after a dot.
extension Operation {
    /// The name in the text form, such as `add` or `compare.lessSigned`.
    public var name: String {
        switch self {
        case .constant: "constant"
        case .constantVector: "constantVector"
        case .add: "add"
        case .subtract: "subtract"
        case .multiply: "multiply"
        case .divideSigned: "divideSigned"
        case .divideUnsigned: "divideUnsigned"
        case .remainderSigned: "remainderSigned"
        case .remainderUnsigned: "remainderUnsigned"
        case .and: "and"
        case .or: "or"
        case .exclusiveOr: "exclusiveOr"
        case .shiftLeft: "shiftLeft"
        case .shiftRightSigned: "shiftRightSigned"
        case .shiftRightUnsigned: "shiftRightUnsigned"
        case .rotateLeft: "rotateLeft"
        case .rotateRight: "rotateRight"
        case .countLeadingZeros: "countLeadingZeros"
        case .countTrailingZeros: "countTrailingZeros"
        case .populationCount: "populationCount"
        case .signExtend8: "signExtend8"
        case .signExtend16: "signExtend16"
        case .signExtend32: "signExtend32"
        case .extendSigned: "extendSigned"
        case .extendUnsigned: "extendUnsigned"
        case .wrap: "wrap"
        case .floatAdd: "floatAdd"
        case .floatSubtract: "floatSubtract"
        case .floatMultiply: "floatMultiply"
        case .floatDivide: "floatDivide"
        case .floatMinimum: "floatMinimum"
        case .floatMaximum: "floatMaximum"
        case .floatCopySign: "floatCopySign"
        case .floatAbsolute: "floatAbsolute"
        case .floatNegate: "floatNegate"
        case .floatSquareRoot: "floatSquareRoot"
        case .floatCeiling: "floatCeiling"
        case .floatFloor: "floatFloor"
        case .floatTruncate: "floatTruncate"
        case .floatNearest: "floatNearest"
        case .demote: "demote"
        case .promote: "promote"
        case .truncateSigned: "truncateSigned"
        case .truncateUnsigned: "truncateUnsigned"
        case .truncateSaturatingSigned: "truncateSaturatingSigned"
        case .truncateSaturatingUnsigned: "truncateSaturatingUnsigned"
        case .convertSigned: "convertSigned"
        case .convertUnsigned: "convertUnsigned"
        case .reinterpret: "reinterpret"
        case .select: "select"
        case .loadContext: "loadContext"
        case .storeContext: "storeContext"
        case .contextAddress: "contextAddress"
        case .functionAddress: "functionAddress"
        case .call: "call"
        case .callIndirect: "callIndirect"
        case .callRuntime: "callRuntime"
        case .landingPad: "landingPad"
        case .vectorFromScalar: "vectorFromScalar"
        case .vector(let opcode): "vector.\(opcode.row.name)"
        case .trapIf: "trapIf"
        case .trapUnless: "trapUnless"
        case .jump: "jump"
        case .branchIf: "branchIf"
        case .branchTable: "branchTable"
        case .return: "return"
        case .trap: "trap"
        case .returnCall: "returnCall"
        case .returnCallIndirect: "returnCallIndirect"
        case .tryCall: "tryCall"
        case .tryCallIndirect: "tryCallIndirect"
        case .tryCallRuntime: "tryCallRuntime"
        case .compare(let condition): "compare.\(condition)"
        case .floatCompare(let condition): "floatCompare.\(condition)"
        case .load(let width): "load.\(width)"
        case .store(let width): "store.\(width)"
        }
    }

    /// The operation with a name.
    public init?(name: String) {
        guard let operation = Self.byName[name] else { return nil }
        self = operation
    }

    /// Whether the text form says the record's type.
    var hasTypeInText: Bool {
        switch self {
        case .call, .callIndirect, .callRuntime, .trapIf, .trapUnless, .jump, .branchIf, .branchTable, .return, .trap,
            .constantVector, .contextAddress, .functionAddress, .vector, .landingPad, .returnCall, .returnCallIndirect,
            .tryCall, .tryCallIndirect, .tryCallRuntime:
            false
        case .constant, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned,
            .rotateLeft, .rotateRight, .countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8,
            .signExtend16, .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd, .floatSubtract,
            .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate,
            .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .demote, .promote,
            .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned, .truncateSaturatingUnsigned, .convertSigned,
            .convertUnsigned, .reinterpret, .select, .loadContext, .storeContext, .compare, .floatCompare, .load,
            .store, .vectorFromScalar:
            true
        }
    }

    /// What the immediate is in the text form.
    var immediateInText: ImmediateInText {
        switch self {
        case .constant: .number
        case .constantVector: .vector
        case .load, .store: .optionalOffset
        case .loadContext, .storeContext: .offset
        case .functionAddress, .call, .returnCall, .tryCall: .function
        case .callRuntime, .tryCallRuntime: .runtimeFunction
        case .vector(let opcode):
            switch VectorSignature(opcode)?.immediate {
            case .lane: .lane
            case .shuffle: .vector
            case nil, .some(.none): .none
            }
        case .trapIf, .trapUnless, .trap: .trap
        case .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .and,
            .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight,
            .countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8, .signExtend16, .signExtend32,
            .extendSigned, .extendUnsigned, .wrap, .floatAdd, .floatSubtract, .floatMultiply, .floatDivide,
            .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute, .floatNegate, .floatSquareRoot, .floatCeiling,
            .floatFloor, .floatTruncate, .floatNearest, .demote, .promote, .truncateSigned, .truncateUnsigned,
            .truncateSaturatingSigned, .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret,
            .select, .contextAddress, .callIndirect, .jump, .branchIf, .branchTable, .return, .compare, .floatCompare,
            .vectorFromScalar, .landingPad, .returnCallIndirect, .tryCallIndirect:
            .none
        }
    }

    /// Every operation.
    static let all: [Operation] = {
        var all: [Operation] = [
            .constant,
            .constantVector,
            .add,
            .subtract,
            .multiply,
            .divideSigned,
            .divideUnsigned,
            .remainderSigned,
            .remainderUnsigned,
            .and,
            .or,
            .exclusiveOr,
            .shiftLeft,
            .shiftRightSigned,
            .shiftRightUnsigned,
            .rotateLeft,
            .rotateRight,
            .countLeadingZeros,
            .countTrailingZeros,
            .populationCount,
            .signExtend8,
            .signExtend16,
            .signExtend32,
            .extendSigned,
            .extendUnsigned,
            .wrap,
            .floatAdd,
            .floatSubtract,
            .floatMultiply,
            .floatDivide,
            .floatMinimum,
            .floatMaximum,
            .floatCopySign,
            .floatAbsolute,
            .floatNegate,
            .floatSquareRoot,
            .floatCeiling,
            .floatFloor,
            .floatTruncate,
            .floatNearest,
            .demote,
            .promote,
            .truncateSigned,
            .truncateUnsigned,
            .truncateSaturatingSigned,
            .truncateSaturatingUnsigned,
            .convertSigned,
            .convertUnsigned,
            .reinterpret,
            .select,
            .loadContext,
            .storeContext,
            .contextAddress,
            .functionAddress,
            .call,
            .callIndirect,
            .callRuntime,
            .landingPad,
            .vectorFromScalar,
            .trapIf,
            .trapUnless,
            .jump,
            .branchIf,
            .branchTable,
            .return,
            .trap,
            .returnCall,
            .returnCallIndirect,
            .tryCall,
            .tryCallIndirect,
            .tryCallRuntime,
        ]
        for condition in IntegerCondition.allCases { all.append(.compare(condition)) }
        for condition in FloatCondition.allCases { all.append(.floatCompare(condition)) }
        for width in MemoryWidth.allCases {
            all.append(.load(width))
            all.append(.store(width))
        }
        for opcode in Opcode.allCases where VectorSignature(opcode) != nil { all.append(.vector(opcode)) }
        return all
    }()

    private static let byName: [String: Operation] = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
}

/// How the immediate of an instruction is written.
enum ImmediateInText {
    case none
    /// The bits of a number: decimal for integers, hexadecimal for floats.
    case number
    case vector
    /// The number of a lane.
    case lane
    /// A byte offset that is not written where it is zero.
    case optionalOffset
    case offset
    case function
    case runtimeFunction
    /// The text of a trap.
    case trap
}
