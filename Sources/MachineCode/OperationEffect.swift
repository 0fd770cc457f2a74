import SSA

/// What an operation does beside computing its result.
enum OperationEffect {
    case none
    /// The first operand is an address.
    case readsMemory
    case readsContext
    /// The first operand is an address.
    case writesMemory
    /// Of the context, or of anything.
    case writesContext
    /// It may not go on to the next instruction, or must be where it is.
    case leaves
}

extension SSA.Operation {
    var effect: OperationEffect {
        switch self {
        case .load: .readsMemory
        case .loadContext: .readsContext
        case .store: .writesMemory
        case .storeContext, .call, .callIndirect, .callRuntime, .tryCall, .tryCallIndirect, .tryCallRuntime:
            .writesContext
        case .landingPad, .trapIf, .trapUnless, .jump, .branchIf, .branchTable, .return, .trap, .returnCall,
            .returnCallIndirect:
            .leaves
        case .constant, .constantVector, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned,
            .rotateLeft, .rotateRight, .countLeadingZeros, .countTrailingZeros, .populationCount, .compare,
            .signExtend8, .signExtend16, .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd,
            .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute,
            .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .floatCompare,
            .demote, .promote, .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret, .select, .contextAddress,
            .functionAddress, .vector, .vectorFromScalar:
            .none
        }
    }
}
