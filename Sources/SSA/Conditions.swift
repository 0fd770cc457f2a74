/// How two integers are compared.
public enum IntegerCondition: UInt8, Hashable, Sendable, CaseIterable {
    case equal, notEqual
    case lessSigned, lessUnsigned, greaterSigned, greaterUnsigned
    case lessOrEqualSigned, lessOrEqualUnsigned, greaterOrEqualSigned, greaterOrEqualUnsigned
}

/// How two floats are compared; every condition but ``notEqual`` is false where an operand is a NaN.
public enum FloatCondition: UInt8, Hashable, Sendable, CaseIterable {
    case equal, notEqual, less, greater, lessOrEqual, greaterOrEqual
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

    /// Whether it holds for exchanged operands where it does for these.
    var isSymmetric: Bool { self == .equal || self == .notEqual }

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
