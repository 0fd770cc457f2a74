import Invariants
import WasmFormats
import WasmModel

/// Structured control and calls.
///
/// Spec: core 3.0, section 4.6.8 "Control Instructions".
extension Flattener {
    // MARK: Blocks

    mutating func open(_ kind: Frame.Kind, _ type: BlockType) {
        let signature = instance.module.blockSignature(type)
        var skip = 0
        if kind == .then {
            let condition = popCondition()
            settle()
            skip = code.count
            emit(inverse(of: condition))
        } else {
            settle()
        }
        lastResult = -1
        var frame = Frame(
            kind: kind,
            height: entries.count - signature.parameters.count,
            parameters: signature.parameters,
            results: signature.results,
            start: code.count
        )
        frame.skip = skip
        if kind == .loop {
            // The cost of what is around the loop is kept, and the loop counts its own.
            frame.cost = cost
            cost = 1
            forgetMemory()
            emit(FlatInstruction(.loop))
        }
        frames.append(frame)
    }

    mutating func otherwise() {
        let last = frames.count - 1
        if isReachable {
            settle()
            emitJump(toEndOf: last)
            pop(count: entries.count - frames[last].height)
        }
        land(at: frames[last].skip)
        frames[last].skip = 0
        frames[last].kind = .otherwise
        push(frames[last].parameters)
        isReachable = true
        lastResult = -1
        forgetMemory()
    }

    mutating func end() {
        let last = frames.count - 1
        if frames[last].isProtected { closeTryTable() }
        let frame = frames[last]
        if isReachable, frame.kind != .body || frame.pending != 0 { settle() }
        if frame.skip != 0 { land(at: frame.skip) }
        if frame.kind == .body, frame.pending == 0 {
            if isReachable { emitReturn() }
            frames.removeLast()
            return
        }
        let isEndReachable = isReachable || frame.pending != 0 || frame.skip != 0
        var pending = Int(frame.pending)
        while pending != 0 {
            let next = Int(code[pending].c)
            land(at: pending)
            pending = next
        }
        if frame.kind == .loop {
            code[frame.start].a = UInt32(clamping: cost)
            cost = frame.cost
        }
        pop(count: entries.count - frame.height)
        forgetMemory()
        lastResult = -1
        isReachable = isEndReachable
        if frame.kind == .body {
            emitLeave(from: firstOperandSlot, width: UInt32(frame.results.slotCount))
            highestSlot = max(highestSlot, firstOperandSlot + UInt32(frame.results.slotCount))
            frames.removeLast()
        } else {
            frames.removeLast()
            if isReachable { push(frame.results) } else { setUnreachable() }
        }
    }

    /// Makes the jump at a position of the code go to its current end.
    mutating func land(at position: Int) {
        code[position].c = UInt32(bitPattern: Int32(code.count - position - 1))
        if landed.position != code.count { landed = (code.count, []) }
        landed.jumps.append(position)
    }

    /// Emits a jump to the label of an open block; a word that jumps where a condition holds may be given.
    mutating func emitJump(_ word: FlatInstruction = FlatInstruction(.jump), toEndOf frame: Int) {
        var word = takeAddition(before: word)
        let position = code.count
        if frames[frame].kind == .loop {
            word.c = UInt32(bitPattern: Int32(frames[frame].start - position - 1))
            if word.code.isAdditionThenJump, landed.position == position { replaceLandedJumps(by: word) }
        } else {
            word.c = frames[frame].pending
            frames[frame].pending = UInt32(position)
        }
        emit(word)
    }

    /// Makes the jumps that would come to a word that adds and jumps back do so themselves.
    private mutating func replaceLandedJumps(by word: FlatInstruction) {
        for position in landed.jumps where code[position].code == .jump && code[position].small == 0 {
            code[position] = word
            code[position].c = word.c &+ UInt32(landed.position - position)
        }
    }

    /// Takes a condition from the stack.
    /// - Returns: the jump that is taken where it holds, without its distance.
    mutating func popCondition() -> FlatInstruction {
        if let top = entries.last, isLastResult(top), let jump = code[lastResult].code.jump {
            popValue()
            lastResult = -1
            let comparison = code.removeLast()
            return takeMask(before: FlatInstruction(jump, a: comparison.b, b: comparison.c))
        }
        if let top = entries.last, isLastResult(top) {
            let condition = takeMask(before: FlatInstruction(.jumpIfNotZero, a: top.slot))
            if condition.code == .jumpIfAnyBit {
                popValue()
                return condition
            }
        }
        return FlatInstruction(.jumpIfNotZero, a: pop().source)
    }

    /// Makes one word of a test for zero and of the last word, where that masks bits of an operand for the test alone.
    private mutating func takeMask(before condition: FlatInstruction) -> FlatInstruction {
        guard let mask = code.last, landed.position != code.count, mask.a == condition.a, mask.a >= firstOperandSlot,
            mask.code == .i32AndImmediate || mask.code == .i64AndImmediate,
            condition.code == .jumpIfZero || condition.code == .jumpIfNotZero
        else { return condition }
        code.removeLast()
        lastResult = -1
        return FlatInstruction(condition.code == .jumpIfZero ? .jumpIfNoBit : .jumpIfAnyBit, a: mask.b, b: mask.c)
    }

    /// Makes one word of a jump and of the last word, where that adds to a slot, or a small number to what is compared.
    private mutating func takeAddition(before jump: FlatInstruction) -> FlatInstruction {
        guard fusesInstructions, let addition = code.last, landed.position != code.count, addition.a == addition.b
        else { return jump }
        if jump.code == .jump, jump.small == 0, let fused = addition.code.thenJump {
            code.removeLast()
            lastResult = -1
            return FlatInstruction(fused, a: addition.a, b: addition.c)
        }
        guard addition.code == .i32AddImmediate, addition.a == jump.a, let fused = jump.code.afterAddition,
            let number = Int8(exactly: Int32(bitPattern: addition.c)),
            fused.hasImmediate || jump.b != jump.a
        else { return jump }
        code.removeLast()
        lastResult = -1
        var word = jump
        word.code = fused
        word.small = UInt8(bitPattern: number)
        return word
    }

    /// The jump that is taken where another one is not.
    func inverse(of condition: FlatInstruction) -> FlatInstruction {
        guard let code = condition.code.inverse else { invariantFailed("a condition can be inverted") }
        var word = condition
        word.code = code
        return word
    }

    // MARK: Branches

    /// The types that a branch to an open block carries.
    func labelTypes(_ frame: Int) -> [ValueType] {
        frames[frame].kind == .loop ? frames[frame].parameters : frames[frame].results
    }

    /// What a branch to an open block copies: the uppermost values, which must be in their own slots, to the block's
    /// height.
    private func transfer(to frame: Int) -> (target: UInt32, source: UInt32, width: UInt32) {
        let count = labelTypes(frame).count
        let source = slot(at: entries.count - count)
        return (slot(at: frames[frame].height), source, nextSlot - source)
    }

    mutating func branch(to label: LabelIndex) {
        let frame = frames.count - 1 - label.position
        let types = labelTypes(frame)
        // Moving values costs as much as the values are.
        cost += Int64(types.count) / 8
        if frames[frame].kind == .body {
            emitReturn()
        } else {
            settle(from: entries.count - types.count)
            let move = transfer(to: frame)
            emitCopy(to: move.target, from: move.source, width: move.width)
            emitJump(toEndOf: frame)
        }
        setUnreachable()
    }

    /// Branches where a condition holds, which is the jump without its distance.
    mutating func branch(to label: LabelIndex, on condition: FlatInstruction) {
        let frame = frames.count - 1 - label.position
        let types = labelTypes(frame)
        cost += Int64(types.count) / 8
        if types.isEmpty {
            emitJump(condition, toEndOf: frame)
            return
        }
        settle(from: entries.count - types.count)
        let move = transfer(to: frame)
        if move.target == move.source {
            emitJump(condition, toEndOf: frame)
        } else {
            let over = code.count
            emit(inverse(of: condition))
            emitCopy(to: move.target, from: move.source, width: move.width)
            emitJump(toEndOf: frame)
            land(at: over)
        }
    }

    mutating func branchTable(_ labels: [LabelIndex]) {
        let index = pop()
        let count = labelTypes(frames.count - 1 - labels[labels.count - 1].position).count
        cost += Int64(count) / 8
        settle(from: entries.count - count)
        emit(FlatInstruction(.jumpTable, a: index.source, b: UInt32(labels.count)))
        // These words are read and not executed, so none may become another one.
        let entry = FlatInstruction(.jump, small: 1)
        // Labels whose values must move go through a word that moves them, one for each label.
        var detours: [LabelIndex: [Int]] = [:]
        for label in labels {
            let frame = frames.count - 1 - label.position
            let move = transfer(to: frame)
            if move.width == 0 || move.target == move.source {
                emitJump(entry, toEndOf: frame)
            } else {
                detours[label, default: []].append(code.count)
                emit(entry)
            }
        }
        for (label, positions) in detours.sorted(by: { $0.key < $1.key }) {
            for position in positions { land(at: position) }
            let frame = frames.count - 1 - label.position
            let move = transfer(to: frame)
            emitCopy(to: move.target, from: move.source, width: move.width)
            emitJump(toEndOf: frame)
        }
        setUnreachable()
    }

    /// Leaves the function with the uppermost values.
    mutating func emitReturn() {
        let count = frames[0].results.count
        if count == 1, let result = entries.last {
            emitLeave(from: slotOfTop(), width: result.width)
            return
        }
        settle(from: entries.count - count)
        let source = slot(at: entries.count - count)
        emitLeave(from: source, width: nextSlot - source)
    }

    /// Emits a word that leaves the function; jumps that would come here leave it at once.
    private mutating func emitLeave(from source: UInt32, width: UInt32) {
        let word = FlatInstruction(.leave, a: source, b: width)
        if fusesInstructions, landed.position == code.count {
            for position in landed.jumps where code[position].code == .jump && code[position].small == 0 {
                code[position] = word
            }
        }
        emit(word)
    }

    // MARK: Calls

    /// Takes the arguments of a call from the stack and puts its results there.
    /// - Returns: the slot where the arguments start and the results will start.
    private mutating func replaceArguments(of type: FunctionType) -> UInt32 {
        settle(from: entries.count - type.parameters.count)
        pop(count: type.parameters.count)
        let base = nextSlot
        push(type.results)
        return base
    }

    mutating func call(_ function: FunctionIndex, isTail: Bool = false) {
        let base = replaceArguments(of: instance.module.functionType(of: function))
        emit(
            FlatInstruction(isTail ? .returnCall : .call, a: base, b: instance.functions[function.position].rawValue)
        )
        afterCall(isTail: isTail)
    }

    mutating func callIndirect(_ type: TypeIndex, _ table: TableIndex, isTail: Bool = false) {
        let index = pop()
        // The index is read after the arguments were put into their slots; as it was above them, its own slot is
        // still free of them.
        let base = replaceArguments(of: instance.module.functionType(at: type))
        let code: FlatOpcode = isTail ? .returnCallIndirect : .callIndirect
        emit(FlatInstruction(code, a: base, b: index.source, c: instance.types[type.position]))
        emit(FlatInstruction(.data, a: instance.tables[table.position].rawValue))
        afterCall(isTail: isTail)
    }

    mutating func callReference(_ type: TypeIndex, isTail: Bool = false) {
        let function = pop()
        let base = replaceArguments(of: instance.module.functionType(at: type))
        emit(FlatInstruction(isTail ? .returnCallReference : .callReference, a: base, b: function.source))
        afterCall(isTail: isTail)
    }

    private mutating func afterCall(isTail: Bool) {
        memoryInUse = instance.memories.isEmpty ? -1 : 0
        if isTail { setUnreachable() } else { noteRoots() }
    }
}
