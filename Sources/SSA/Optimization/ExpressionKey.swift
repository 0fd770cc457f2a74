/// What two instructions have in common that give the same result.
struct ExpressionKey: Hashable {
    var operation: Operation
    var type: IRType
    var immediate: Int64
    var first: UInt32
    var second: UInt32
    var third: UInt32

    init(_ instruction: InstructionRecord, _ first: UInt32, _ second: UInt32, _ third: UInt32) {
        operation = instruction.operation
        type = instruction.type
        immediate = instruction.immediate
        self.first = first
        self.second = second
        self.third = third
    }
}

extension Operation {
    /// Whether the two operands can change places.
    var isCommutative: Bool { mirrored == self }

    /// The operation that gives the same with its two operands exchanged; nil where there is none, or where it is left alone: which of two
    /// NaNs a float operation passes on may depend on their order.
    var mirrored: Operation? {
        switch self {
        case .add, .multiply, .and, .or, .exclusiveOr: self
        case .compare(let condition): .compare(condition.mirrored)
        default: nil
        }
    }
}

extension IntegerCondition {
    /// The condition that holds where this one does not.
    public var opposite: IntegerCondition {
        switch self {
        case .equal: .notEqual
        case .notEqual: .equal
        case .lessSigned: .greaterOrEqualSigned
        case .lessUnsigned: .greaterOrEqualUnsigned
        case .greaterSigned: .lessOrEqualSigned
        case .greaterUnsigned: .lessOrEqualUnsigned
        case .lessOrEqualSigned: .greaterSigned
        case .lessOrEqualUnsigned: .greaterUnsigned
        case .greaterOrEqualSigned: .lessSigned
        case .greaterOrEqualUnsigned: .lessUnsigned
        }
    }

    /// The condition that holds where this one does for exchanged operands.
    public var mirrored: IntegerCondition {
        switch self {
        case .equal, .notEqual: self
        case .lessSigned: .greaterSigned
        case .lessUnsigned: .greaterUnsigned
        case .greaterSigned: .lessSigned
        case .greaterUnsigned: .lessUnsigned
        case .lessOrEqualSigned: .greaterOrEqualSigned
        case .lessOrEqualUnsigned: .greaterOrEqualUnsigned
        case .greaterOrEqualSigned: .lessOrEqualSigned
        case .greaterOrEqualUnsigned: .lessOrEqualUnsigned
        }
    }
}
