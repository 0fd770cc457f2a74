import Invariants
import WasmFormats
import WasmModel

extension FunctionTranslator {
    /// An open control frame.
    struct Frame {
        enum Kind {
            case function, block, loop, then, otherwise, tryTable
        }

        var kind: Kind
        /// The position in ``BodyOutline/frames``.
        var outline: Int
        /// The height of the operand stack below the frame's operands.
        var height: Int
        var parameterCount: Int
        var resultCount: Int
        /// How many operands a branch to the frame carries.
        var labelArity: Int
        /// What branches go to: the header of a loop; the block after any other frame, made by the first branch.
        var label: Block?
        /// The locals that branches to the label carry after the operands: positions in ``FunctionTranslator/mergedLocals``.
        var mergedLocals: Range<Int> = 0..<0
        /// The block of the other arm, for `if`.
        var elseBlock: Block?
        /// Where the operands of an `if` begin in ``FunctionTranslator/savedOperands``.
        var savedOperandStart = 0
        /// How long the log of assignments was when the frame opened.
        var logCount = 0
        /// The clauses of a `try_table`.
        var clauses: [CatchClause] = []
        /// Where the clauses are tried, made by the first call that may throw: the parameters are the exception and the locals.
        var dispatch: Block?
        /// The locals that the dispatch takes: positions in ``FunctionTranslator/mergedLocals``.
        var dispatchLocals: Range<Int> = 0..<0
        /// How many landings were open when the frame opened.
        var landingStart = 0

        init(kind: Kind, outline: Int, height: Int, parameterCount: Int = 0, resultCount: Int) {
            self.kind = kind
            self.outline = outline
            self.height = height
            self.parameterCount = parameterCount
            self.resultCount = resultCount
            self.labelArity = resultCount
        }
    }

    /// The position of the frame that a label names.
    func frameIndex(_ label: LabelIndex) -> Int { frames.count - 1 - label.position }

    mutating func becomeUnreachable() {
        isReachable = false
        unreachableDepth = 0
    }

    /// Passes over an instruction that cannot be reached, but for the `else` or `end` that may make code reachable again.
    mutating func skip(_ lowering: Lowering) throws(TranslationError) {
        switch lowering {
        case .block, .loop, .if, .tryTable:
            openedFrameCount += 1
            unreachableDepth += 1
        case .else:
            if unreachableDepth == 0 { try translateElse() }
        case .end:
            if unreachableDepth == 0 { try translateEnd() } else { unreachableDepth -= 1 }
        case .unreachable, .nop, .br, .brIf, .brTable, .return, .call, .callIndirect, .drop, .select, .localGet,
            .localSet, .localTee, .globalGet, .globalSet, .constant, .load, .store, .memorySize, .memoryGrow, .isZero,
            .unary, .binary, .divide, .truncate, .brOnNull, .brOnNonNull, .callReference, .returnCall,
            .returnCallIndirect, .returnCallReference, .throw, .throwReference, .bulk,
            .reference, .table, .vector, .vectorAccess:
            break
        }
    }

    // MARK: Opening frames

    mutating func makeFrame(_ kind: Frame.Kind, _ type: BlockType) -> (frame: Frame, parameterCount: Int) {
        let signature = module.module.blockSignature(type)
        let parameterCount = signature.parameters.count
        var frame = Frame(
            kind: kind,
            outline: openedFrameCount,
            height: stack.count - parameterCount,
            parameterCount: parameterCount,
            resultCount: signature.results.count
        )
        frame.logCount = assignmentLog.count
        frame.savedOperandStart = savedOperands.count
        openedFrameCount += 1
        return (frame, parameterCount)
    }

    mutating func openBlock(_ type: BlockType) {
        frames.append(makeFrame(.block, type).frame)
    }

    mutating func openLoop(_ type: BlockType) throws(TranslationError) {
        var frame = makeFrame(.loop, type).frame
        frame.labelArity = stages.loopArity(module.module.blockSignature(type))
        frames.append(frame)
        guard outline.frames[frame.outline].isTarget else { return }
        guard let operandsOfLoop = stages.operandsOfLoop else {
            try jump(toFrame: frames.count - 1)
            beginLabel(ofFrame: frames.count - 1)
            return
        }
        let taken = Array(stack.suffix(frame.labelArity))
        let localsBefore = locals
        try jump(toFrame: frames.count - 1)
        beginLabel(ofFrame: frames.count - 1)
        let parameters = Array(stack.suffix(frame.labelArity))
        stack.removeLast(parameters.count)
        stack += operandsOfLoop(
            EnteredLoop(taken: taken, parameters: parameters, localsBefore: localsBefore, locals: locals)
        )
    }

    mutating func openIf(_ type: BlockType) {
        let condition = pop()
        var (frame, parameterCount) = makeFrame(.then, type)
        let then = builder.makeBlock()
        let otherwise = builder.makeBlock()
        frame.elseBlock = otherwise
        savedOperands.append(contentsOf: stack.suffix(parameterCount))
        frames.append(frame)
        builder.branchIf(condition, then: then, else: otherwise)
        builder.begin(then)
    }

    // MARK: Closing frames

    mutating func translateElse() throws(TranslationError) {
        let top = frames.count - 1
        if isReachable { try jump(toFrame: top) }
        beginOtherArm()
    }

    /// Begins the block for a zero condition, with the operands and locals as they were before the `if`.
    private mutating func beginOtherArm() {
        let top = frames.count - 1
        let frame = frames[top]
        guard let block = frame.elseBlock else { invariantFailed("the frame of an else is an if") }
        undoAssignments(downTo: frame.logCount)
        stack.removeLast(stack.count - frame.height)
        stack.append(contentsOf: savedOperands[frame.savedOperandStart...])
        savedOperands.removeLast(savedOperands.count - frame.savedOperandStart)
        frames[top].kind = .otherwise
        builder.begin(block)
        isReachable = true
    }

    mutating func translateEnd() throws(TranslationError) {
        let top = frames.count - 1
        switch frames[top].kind {
        case .function:
            if isReachable { try jump(toFrame: 0) }
            isReachable = false
            frames.removeLast()
        case .loop:
            frames.removeLast()
        case .then:
            if isReachable { try jump(toFrame: top) }
            beginOtherArm()
            try closeAtLabel()
        case .tryTable: try closeTryTable()
        case .block, .otherwise:
            try closeAtLabel()
        }
    }

    /// Closes the top frame, going on in its label's block where a branch made one.
    mutating func closeAtLabel() throws(TranslationError) {
        let top = frames.count - 1
        if frames[top].label != nil {
            let height = heightAtEnd(ofFrame: top)
            if isReachable { try jump(toFrame: top) }
            beginLabel(ofFrame: top, above: height)
            isReachable = true
        }
        frames.removeLast()
    }

    private func heightAtEnd(ofFrame index: Int) -> Int {
        let frame = frames[index]
        return stages.heightAtEnd(
            EndingFrame(
                height: frame.height,
                heightOfBody: stack.count,
                parameterCount: frame.parameterCount,
                isConditional: frame.kind == .then || frame.kind == .otherwise,
                isReachable: isReachable
            )
        )
    }

    /// Begins the block of a label: its parameters become the operands and the merged locals.
    /// - Parameter height: of the operands that stay below them; nil for those that were there before the frame.
    mutating func beginLabel(ofFrame index: Int, above height: Int? = nil) {
        let frame = frames[index]
        guard let label = frame.label else { invariantFailed("a label that begins was made") }
        builder.begin(label)
        let parameters = builder.parameters(of: label)
        stack.removeLast(stack.count - (height ?? frame.height))
        stack.append(contentsOf: parameters.prefix(frame.labelArity))
        for (local, parameter) in zip(mergedLocals[frame.mergedLocals], parameters.dropFirst(frame.labelArity)) {
            setLocal(local, parameter)
        }
    }

    // MARK: Branches

    /// Ends the block with a branch to a frame's label, or with a return where the frame is that of the function.
    ///
    /// The operands that the label takes are on top of the stack, and stay there.
    mutating func jump(toFrame index: Int) throws(TranslationError) {
        if frames[index].kind == .function {
            builder.return(stages.returned(stack[...], frames[index].resultCount))
            return
        }
        let label = makeLabel(ofFrame: index)
        let frame = frames[index]
        try countBranchArguments(frame.labelArity + frame.mergedLocals.count)
        let locals = locals
        builder.jump(
            to: label,
            arguments: stack.suffix(frame.labelArity),
            and: mergedLocals[frame.mergedLocals].lazy.map { locals[Int($0)] }
        )
    }

    mutating func countBranchArguments(_ count: Int) throws(TranslationError) {
        branchArgumentCount += count
        guard branchArgumentCount <= Self.branchArgumentLimit else {
            throw refusal(.tooManyBranchArguments(count: branchArgumentCount, limit: Self.branchArgumentLimit))
        }
    }

    /// Adds the locals that a merge behind a frame carries to ``mergedLocals``, and answers where they are.
    mutating func mergeLocals(ofFrame index: Int) -> Range<Int> {
        let frame = outline.frames[frames[index].outline]
        let start = mergedLocals.count
        mergeCount += 1
        for local in outline.assignments[frame.assignments]
        where mergeMarks[Int(local)] != mergeCount && outline.lastReads[Int(local)] >= frame.liveFrom {
            mergeMarks[Int(local)] = mergeCount
            mergedLocals.append(local)
        }
        return start..<mergedLocals.count
    }

    /// The block of a frame's label, made by the first branch, when its operands are on top of the stack.
    private mutating func makeLabel(ofFrame index: Int) -> Block {
        if let label = frames[index].label { return label }
        let merged = mergeLocals(ofFrame: index)
        var types: [IRType] = []
        types.reserveCapacity(frames[index].labelArity + merged.count)
        for value in stack.suffix(frames[index].labelArity) { types.append(builder.type(of: value)) }
        for local in mergedLocals[merged] { types.append(localTypes[Int(local)]) }
        let label = builder.makeBlock(parameters: types)
        frames[index].label = label
        frames[index].mergedLocals = merged
        return label
    }

    /// The block that a conditional branch to a frame may name directly: nil where the branch carries values or returns.
    private mutating func plainTarget(_ index: Int) -> Block? {
        if frames[index].kind == .function { return nil }
        let label = makeLabel(ofFrame: index)
        return frames[index].labelArity + frames[index].mergedLocals.count == 0 ? label : nil
    }

    /// Branches to a frame's label where the condition, an i32, is not zero.
    mutating func translateBranchIf(_ condition: Value, _ index: Int) throws(TranslationError) {
        let next: Block
        if let target = plainTarget(index) {
            next = builder.makeBlock()
            builder.branchIf(condition, then: target, else: next)
        } else {
            let taken = builder.makeBlock()
            next = builder.makeBlock()
            builder.branchIf(condition, then: taken, else: next)
            builder.begin(taken)
            try jump(toFrame: index)
        }
        builder.begin(next)
    }

    mutating func translateBranchTable(_ labels: [LabelIndex]) throws(TranslationError) {
        let selector = pop()
        var carriers: [(block: Block, frame: Int)] = []
        var blocks: [LabelIndex: Block] = [:]
        var targets: [Block] = []
        targets.reserveCapacity(labels.count)
        for label in labels {
            if let known = blocks[label] {
                targets.append(known)
                continue
            }
            let index = frameIndex(label)
            let block: Block
            if let target = plainTarget(index) {
                block = target
            } else {
                block = builder.makeBlock()
                carriers.append((block, index))
            }
            blocks[label] = block
            targets.append(block)
        }
        builder.branchTable(selector, targets: targets)
        for carrier in carriers {
            builder.begin(carrier.block)
            try jump(toFrame: carrier.frame)
        }
        becomeUnreachable()
    }
}
