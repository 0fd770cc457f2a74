extension Operation {
    /// The type of the one result of an instruction with this operation and a record of some type; nil where there is none.
    ///
    /// Calls have the results of their signature, and answer nil here.
    public func resultType(_ type: IRType) -> IRType? {
        switch self {
        case .constant, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned,
            .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned, .rotateLeft, .rotateRight,
            .countLeadingZeros, .countTrailingZeros, .populationCount, .signExtend8, .signExtend16, .signExtend32,
            .floatAdd, .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign,
            .floatAbsolute, .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest,
            .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned, .truncateSaturatingUnsigned,
            .convertSigned, .convertUnsigned, .reinterpret, .select, .load, .loadContext:
            type
        case .constantVector, .vectorFromScalar: .v128
        case .vector(let opcode): VectorSignature(opcode)?.result
        case .landingPad: .reference
        case .compare, .floatCompare, .wrap: .i32
        case .extendSigned, .extendUnsigned, .contextAddress, .functionAddress: .i64
        case .demote: .f32
        case .promote: .f64
        case .store, .storeContext, .call, .callIndirect, .callRuntime, .trapIf, .trapUnless, .jump, .branchIf,
            .branchTable, .return, .trap, .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect, .tryCallRuntime:
            nil
        }
    }

    /// Whether an instruction with this operation has the signature that its record names.
    public var isCall: Bool {
        switch self {
        case .call, .callIndirect, .callRuntime, .returnCall, .returnCallIndirect, .tryCall, .tryCallIndirect,
            .tryCallRuntime:
            true
        case .constant, .constantVector, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned,
            .rotateLeft, .rotateRight, .countLeadingZeros, .countTrailingZeros, .populationCount, .compare,
            .signExtend8, .signExtend16, .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd,
            .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute,
            .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .floatCompare,
            .demote, .promote, .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret, .select, .load, .store,
            .loadContext, .storeContext, .contextAddress, .functionAddress, .trapIf, .trapUnless, .jump, .branchIf,
            .branchTable, .return, .trap, .vector, .vectorFromScalar, .landingPad:
            false
        }
    }
}
