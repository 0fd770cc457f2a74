import Invariants
import WasmFormats
import WasmModel

/// Exceptions: each call in the body of a `try_table` with clauses has a landing block of its own, which passes the exception and the
/// locals that the body assigns on to one block of the `try_table`, the dispatch, where the clauses are tried in their order.
///
/// Spec: core 3.0, section 4.6.2 "Control Instructions" (`throw`, `throw_ref`, `try_table`).
extension FunctionTranslator {
    /// A block where an exception arrives, still to be filled.
    struct Landing {
        var block: Block
        /// The arguments for the dispatch; the first stands for the exception.
        var arguments: PoolRange
        var wasmOffset: UInt32
    }

    // MARK: Throwing

    mutating func translateThrow(_ tag: TagIndex) throws(TranslationError) {
        let type = module.module.tagTypeIndices[tag.position]
        let count = module.signatures[type.position].parameters.count
        let exception = callRuntime(.allocateException, [indexConstant(tag.rawValue)])[0]
        for (position, value) in stack.suffix(count).enumerated() {
            let offset = valueOffset(position)
            builder.emit(.store(.full), builder.type(of: value), exception, value, immediate: offset)
        }
        try raise(exception)
    }

    mutating func translateThrowReference() throws(TranslationError) {
        let exception = pop()
        trap(.nullExceptionReference, if: isNull(exception))
        try raise(exception)
    }

    /// Throws an exception; what follows cannot be reached.
    private mutating func raise(_ exception: Value) throws(TranslationError) {
        let function = RuntimeFunction.throwReference
        _ = try emitCall(
            (.callRuntime, .tryCallRuntime),
            function.signature,
            operands: CollectionOfOne(exception),
            immediate: function.rawValue
        )
        builder.trap(code: Trap.unreachable.code)
        becomeUnreachable()
    }

    private func valueOffset(_ position: Int) -> Int64 {
        Int64(
            InstanceContextLayout.ExceptionRecord.firstValue
                + position * InstanceContextLayout.ExceptionRecord.valueSize
        )
    }

    // MARK: Landing

    mutating func openTryTable(_ type: BlockType, _ clauses: [CatchClause]) {
        var frame = makeFrame(.tryTable, type).frame
        frame.clauses = clauses
        frame.landingStart = landings.count
        frames.append(frame)
        if !clauses.isEmpty { handlers.append(frames.count - 1) }
    }

    /// Notes a landing block with the locals as they are here.
    mutating func addLanding(_ block: Block, atFrame index: Int) throws(TranslationError) {
        makeDispatch(ofFrame: index)
        try countBranchArguments(1 + frames[index].dispatchLocals.count)
        let start = builder.pooledValueCount
        builder.pool(Value(0))
        poolLocals(frames[index].dispatchLocals)
        let arguments = PoolRange(start: start, count: builder.pooledValueCount - start)
        landings.append(Landing(block: block, arguments: arguments, wasmOffset: builder.wasmOffset))
    }

    private mutating func poolLocals(_ range: Range<Int>) {
        for position in range { builder.pool(locals[Int(mergedLocals[position])]) }
    }

    private mutating func makeDispatch(ofFrame index: Int) {
        if frames[index].dispatch != nil { return }
        frames[index].dispatchLocals = mergeLocals(ofFrame: index)
        var types: [IRType] = [.reference]
        for local in mergedLocals[frames[index].dispatchLocals] { types.append(localTypes[Int(local)]) }
        frames[index].dispatch = builder.makeBlock(parameters: types)
    }

    /// Closes the top frame: the body goes on at the label, and exceptions are dispatched.
    mutating func closeTryTable() throws(TranslationError) {
        let top = frames.count - 1
        if !frames[top].clauses.isEmpty { handlers.removeLast() }
        guard let dispatch = frames[top].dispatch else {
            try closeAtLabel()
            return
        }
        if isReachable { try jump(toFrame: top) }
        fillLandings(downTo: frames[top].landingStart, dispatch)
        undoAssignments(downTo: frames[top].logCount)
        stack.removeLast(stack.count - frames[top].height)
        builder.begin(dispatch)
        let parameters = builder.parameters(of: dispatch)
        for (offset, position) in frames[top].dispatchLocals.enumerated() {
            setLocal(mergedLocals[position], parameters[offset + 1])
        }
        try dispatchClauses(ofFrame: top, parameters[0])
        isReachable = false
        if frames[top].label != nil {
            beginLabel(ofFrame: top)
            isReachable = true
        }
        frames.removeLast()
    }

    private mutating func fillLandings(downTo count: Int, _ dispatch: Block) {
        let offset = builder.wasmOffset
        for landing in landings[count...] {
            builder.wasmOffset = landing.wasmOffset
            builder.begin(landing.block)
            let exception = builder.emit(.landingPad, .reference)
            builder.replacePooled(at: Int(landing.arguments.start), with: exception)
            builder.jump(to: BlockCall(block: dispatch, arguments: landing.arguments))
        }
        landings.removeLast(landings.count - count)
        builder.wasmOffset = offset
    }

    /// Tries the clauses one by one; where none matches the exception goes on to the next outer handler or to the caller.
    private mutating func dispatchClauses(ofFrame top: Int, _ exception: Value) throws(TranslationError) {
        var identity: Value?
        for clause in frames[top].clauses {
            // Labels are counted from outside of the frame.
            let target = top - 1 - clause.label.position
            switch clause {
            case .all:
                try jump(toFrame: target)
                return
            case .allWithReference:
                push(exception)
                try jump(toFrame: target)
                pop()
                return
            case .tag(let tag, _), .tagWithReference(let tag, _):
                let field = Int64(InstanceContextLayout.ExceptionRecord.tag)
                let actual = identity ?? builder.emit(.load(.full), .i64, exception, immediate: field)
                identity = actual
                let expected = builder.emit(.loadContext, .i64, immediate: Int64(module.layout.tag(tag)))
                let match = builder.makeBlock()
                let next = builder.makeBlock()
                builder.branchIf(
                    builder.emit(.compare(.equal), .i64, actual, expected),
                    then: match,
                    else: next
                )
                builder.begin(match)
                let type = module.module.tagTypeIndices[tag.position]
                let height = stack.count
                for (position, type) in module.signatures[type.position].parameters.enumerated() {
                    push(builder.emit(.load(.full), type, exception, immediate: valueOffset(position)))
                }
                if case .tagWithReference = clause { push(exception) }
                try jump(toFrame: target)
                stack.removeLast(stack.count - height)
                builder.begin(next)
            }
        }
        guard let outer = handlers.last else {
            try raise(exception)
            return
        }
        makeDispatch(ofFrame: outer)
        guard let dispatch = frames[outer].dispatch else { invariantFailed("the dispatch was made") }
        try countBranchArguments(1 + frames[outer].dispatchLocals.count)
        let start = builder.pooledValueCount
        builder.pool(exception)
        poolLocals(frames[outer].dispatchLocals)
        let arguments = PoolRange(start: start, count: builder.pooledValueCount - start)
        builder.jump(to: BlockCall(block: dispatch, arguments: arguments))
    }
}
