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
            let condition = pop()
            settle()
            skip = code.count
            emit(FlatInstruction(.if, a: condition.source))
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
            emitJump(.br, toEndOf: last)
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
            emit(FlatInstruction(.return, a: firstOperandSlot, b: UInt32(frame.results.slotCount)))
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
    }

    /// Emits a jump to the label of an open block.
    mutating func emitJump(_ opcode: Opcode, on condition: UInt32 = 0, toEndOf frame: Int) {
        let position = code.count
        if frames[frame].kind == .loop {
            let distance = Int32(frames[frame].start - position - 1)
            emit(FlatInstruction(opcode, a: condition, c: UInt32(bitPattern: distance)))
        } else {
            emit(FlatInstruction(opcode, a: condition, c: frames[frame].pending))
            frames[frame].pending = UInt32(position)
        }
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
            emitJump(.br, toEndOf: frame)
        }
        setUnreachable()
    }

    /// Branches where a slot is not zero, or, with `isNegated`, where it is zero.
    mutating func branch(to label: LabelIndex, on condition: UInt32, isNegated: Bool = false) {
        let frame = frames.count - 1 - label.position
        let types = labelTypes(frame)
        cost += Int64(types.count) / 8
        if types.isEmpty {
            emitJump(isNegated ? .if : .brIf, on: condition, toEndOf: frame)
            return
        }
        settle(from: entries.count - types.count)
        let move = transfer(to: frame)
        if move.target == move.source {
            emitJump(isNegated ? .if : .brIf, on: condition, toEndOf: frame)
        } else {
            let over = code.count
            emit(FlatInstruction(isNegated ? .brIf : .if, a: condition))
            emitCopy(to: move.target, from: move.source, width: move.width)
            emitJump(.br, toEndOf: frame)
            land(at: over)
        }
    }

    mutating func branchTable(_ labels: [LabelIndex]) {
        let index = pop()
        let count = labelTypes(frames.count - 1 - labels[labels.count - 1].position).count
        cost += Int64(count) / 8
        settle(from: entries.count - count)
        emit(FlatInstruction(.brTable, a: index.source, b: UInt32(labels.count)))
        // Labels whose values must move go through a word that moves them, one for each label.
        var detours: [LabelIndex: [Int]] = [:]
        for label in labels {
            let frame = frames.count - 1 - label.position
            let move = transfer(to: frame)
            if move.width == 0 || move.target == move.source {
                emitJump(.br, toEndOf: frame)
            } else {
                detours[label, default: []].append(code.count)
                emit(FlatInstruction(.br))
            }
        }
        for (label, positions) in detours.sorted(by: { $0.key < $1.key }) {
            for position in positions { land(at: position) }
            let frame = frames.count - 1 - label.position
            let move = transfer(to: frame)
            emitCopy(to: move.target, from: move.source, width: move.width)
            emitJump(.br, toEndOf: frame)
        }
        setUnreachable()
    }

    /// Leaves the function with the uppermost values.
    mutating func emitReturn() {
        let count = frames[0].results.count
        if count == 1, let result = entries.last {
            emit(FlatInstruction(.return, a: result.source, b: result.width))
            return
        }
        settle(from: entries.count - count)
        let source = slot(at: entries.count - count)
        emit(FlatInstruction(.return, a: source, b: nextSlot - source))
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
        let opcode: Opcode = isTail ? .returnCallIndirect : .callIndirect
        emit(FlatInstruction(opcode, a: base, b: index.source, c: instance.types[type.position]))
        emit(FlatInstruction(.nop, a: instance.tables[table.position].rawValue))
        afterCall(isTail: isTail)
    }

    mutating func callReference(_ type: TypeIndex, isTail: Bool = false) {
        let function = pop()
        let base = replaceArguments(of: instance.module.functionType(at: type))
        emit(FlatInstruction(isTail ? .returnCallRef : .callRef, a: base, b: function.source))
        afterCall(isTail: isTail)
    }

    private mutating func afterCall(isTail: Bool) {
        memoryInUse = instance.memories.isEmpty ? -1 : 0
        if isTail { setUnreachable() }
    }
}
