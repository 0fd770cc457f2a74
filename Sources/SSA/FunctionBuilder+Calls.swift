import Invariants

extension FunctionBuilder {
    /// Appends a call and answers its results.
    /// - Parameters:
    ///   - operation: `call`, `callIndirect` or `callRuntime`.
    ///   - operands: the arguments, for `callIndirect` after the address of the callee's record.
    ///   - immediate: the function index or the number of the runtime function.
    @discardableResult
    public mutating func emitCall(
        _ operation: Operation,
        _ signature: Signature,
        operands: some Sequence<Value>,
        immediate: Int64 = 0
    ) -> ValueRange {
        invariant(operation.isCall && !operation.isTerminator, "the operation is a call")
        return call(operation, signature, pool(operands), results: signature.results, targets: .empty, immediate)
    }

    /// Ends the block with a call that may throw, and answers its results, which are for the normal target.
    /// - Parameters:
    ///   - operation: `tryCall`, `tryCallIndirect` or `tryCallRuntime`.
    ///   - operands: as those of ``emitCall(_:_:operands:immediate:)``.
    ///   - normal: where the call returns to, a block without parameters that nothing else branches to.
    ///   - exceptional: likewise, where an exception arrives; begins with ``Operation/landingPad``.
    @discardableResult
    public mutating func tryCall(
        _ operation: Operation,
        _ signature: Signature,
        operands: some Sequence<Value>,
        immediate: Int64 = 0,
        normal: Block,
        exceptional: Block
    ) -> ValueRange {
        invariant(operation.isTryCall, "the operation is a call with two targets")
        let operands = pool(operands)
        let start = function.targetPool.count
        function.targetPool.append(BlockCall(block: normal, arguments: .empty))
        function.targetPool.append(BlockCall(block: exceptional, arguments: .empty))
        let targets = PoolRange(start: start, count: 2)
        let results = call(operation, signature, operands, results: signature.results, targets: targets, immediate)
        close()
        return results
    }

    /// Ends the block with a tail call.
    /// - Parameters:
    ///   - operation: `returnCall` or `returnCallIndirect`.
    ///   - operands: as those of ``emitCall(_:_:operands:immediate:)``.
    public mutating func returnCall(
        _ operation: Operation,
        _ signature: Signature,
        operands: some Sequence<Value>,
        immediate: Int64 = 0
    ) {
        invariant(operation.isTailCall, "the operation is a tail call")
        call(operation, signature, pool(operands), results: [], targets: .empty, immediate)
        close()
    }

    @discardableResult
    private mutating func call(
        _ operation: Operation,
        _ signature: Signature,
        _ operands: PoolRange,
        results resultTypes: [IRType],
        targets: PoolRange,
        _ immediate: Int64
    ) -> ValueRange {
        let first = function.valueTypes.count
        function.valueTypes.append(contentsOf: resultTypes)
        let results = ValueRange(first: UInt32(first), count: UInt32(resultTypes.count))
        append(
            InstructionRecord(
                operation: operation,
                type: signature.results.first ?? .i32,
                operands: operands,
                firstResult: results.lowerBound,
                resultCount: results.length,
                targets: targets,
                signature: number(of: signature),
                immediate: immediate,
                wasmOffset: wasmOffset
            )
        )
        return results
    }
}
