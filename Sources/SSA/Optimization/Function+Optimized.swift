import Invariants

extension Function {
    /// The function after constant folding, algebraic simplification, elimination of common subexpressions, of repeated checks and
    /// loads, and of dead code, simplification of branches, and with loop-invariant code before its loops.
    ///
    /// Constants are made anew in each block that uses them, and after each call, so that no register and no slot holds one
    /// across a call. Every block must come after those that dominate it, and only jumps carry arguments, before and after. What
    /// traps does so in the same order and with the same effects before. Nearly linear.
    public func optimized() -> Function {
        var simplification = Simplification(self)
        simplification.run()
        let motion = CodeMotion(simplification)
        var rebuilding = OptimizedRebuilding(simplification, motion)
        return rebuilding.rebuild().reducingParameters()
    }
}

extension Operation {
    /// Whether the operation has no effect and always the same result for the same operands and immediate, so that it can be done
    /// once for several times, or not at all.
    var isPure: Bool {
        switch self {
        case .constant, .constantVector, .add, .subtract, .multiply, .divideSigned, .divideUnsigned, .remainderSigned,
            .remainderUnsigned, .and, .or, .exclusiveOr, .shiftLeft, .shiftRightSigned, .shiftRightUnsigned,
            .rotateLeft, .rotateRight, .countLeadingZeros, .countTrailingZeros, .populationCount, .compare,
            .signExtend8, .signExtend16, .signExtend32, .extendSigned, .extendUnsigned, .wrap, .floatAdd,
            .floatSubtract, .floatMultiply, .floatDivide, .floatMinimum, .floatMaximum, .floatCopySign, .floatAbsolute,
            .floatNegate, .floatSquareRoot, .floatCeiling, .floatFloor, .floatTruncate, .floatNearest, .floatCompare,
            .demote, .promote, .truncateSigned, .truncateUnsigned, .truncateSaturatingSigned,
            .truncateSaturatingUnsigned, .convertSigned, .convertUnsigned, .reinterpret, .select, .vector,
            .vectorFromScalar, .contextAddress, .functionAddress:
            true
        case .load, .store, .loadContext, .storeContext, .call, .callIndirect, .callRuntime, .landingPad, .trapIf,
            .trapUnless, .jump, .branchIf, .branchTable, .return, .trap, .returnCall, .returnCallIndirect, .tryCall,
            .tryCallIndirect, .tryCallRuntime:
            false
        }
    }

    /// Whether a pure operation may be done where the checks before it have not been: it cannot fault for any operands.
    var isSpeculative: Bool {
        switch self {
        case .divideSigned, .divideUnsigned, .remainderSigned, .remainderUnsigned, .truncateSigned, .truncateUnsigned:
            false
        default: isPure
        }
    }

    /// Whether an instruction with the operation goes even where nothing uses its results.
    var isRemovable: Bool {
        switch self {
        case .load, .loadContext: true
        default: isPure
        }
    }
}
