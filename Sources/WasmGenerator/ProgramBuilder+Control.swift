import WasmModel

/// Calls, branches, blocks and exceptions.
extension ProgramBuilder {
    mutating func call() {
        if isLeaf { return }
        // Calls of earlier functions end before the fuel does.
        let isForward = isBounded && !decisions.oneIn(8)
        let index = chooseFunction(below: isForward ? current : signatures.count)
        let signature = signatures[index]
        let kind: CallKind =
            switch decisions.choose(hasOpenTypes ? 8 : 5) {
            case 5...7: .indirect
            case 4 where features.contains(.typedFunctionReferences): .reference
            case 3: .indirect
            default: .direct
            }
        if signature.results == labels[0], features.contains(.tailCalls), decisions.oneIn(3) {
            return leave { $0.call(index, kind, isTail: true) }
        }
        call(index, kind, isTail: false)
        stack += signature.results
    }

    /// Calls a function; takes its parameters off the stack, or puts them there.
    private mutating func call(_ index: Int, _ kind: CallKind, isTail: Bool) {
        let parameters = signatures[index].parameters
        require(parameters)
        switch kind {
        case .direct: emit(isTail ? .returnCall : .call, .function(FunctionIndex(index)))
        case .indirect:
            if isBounded, !decisions.oneIn(16) {
                emit(.i32Const, .i32(Int32(index)))
                stack.append(.i32)
            } else {
                push(.i32)
            }
            emit(isTail ? .returnCallIndirect : .callIndirect, .callIndirect(calleeType(index), 0))
            stack.removeLast()
        case .reference:
            emit(.refFunc, .function(FunctionIndex(index)))
            if isBounded, decisions.oneIn(4) { emit(.refAsNonNull) }
            emit(isTail ? .returnCallRef : .callRef, .type(calleeType(index)))
        }
        stack.removeLast(parameters.count)
    }

    /// The type by which a function is called: its own, or the one above that.
    private mutating func calleeType(_ index: Int) -> TypeIndex {
        let own = signatureIndices[index]
        guard let upper = supertypes[own], decisions.oneIn(2) else { return own }
        return upper
    }

    /// Something that does not go on: in a bounded program mostly behind a condition, as what follows would never run otherwise.
    mutating func leave(_ make: (inout ProgramBuilder) -> Void) {
        guard isBounded, !decisions.oneIn(12) else {
            make(&self)
            return restart()
        }
        condition()
        stack.removeLast()
        let outer = open(.if, results: [])
        make(&self)
        restart()
        close([], outer)
    }

    /// After an instruction that does not go on: what follows in the block begins with an empty stack.
    mutating func restart() { stack.removeLast(stack.count - floor) }

    mutating func branch() {
        let depth = decisions.choose(labels.count)
        let types = labels[labels.count - 1 - depth]
        let count = labels.count
        switch decisions.choose(4) {
        case 3:
            leave { builder in
                builder.require(types)
                builder.emit(.br, .label(LabelIndex(depth + builder.labels.count - count)))
            }
        case 2:
            // All labels with the same types, some of them twice.
            let others = labels.indices.filter { labels[$0] == types }.map { labels.count - 1 - $0 }
            let targets = (0..<decisions.choose(5)).map { _ in decisions.choose(from: others) } + [depth]
            leave { builder in
                let deeper = builder.labels.count - count
                builder.require(types)
                builder.push(.i32)
                builder.emit(.brTable, .labelTable(targets.map { LabelIndex($0 + deeper) }))
            }
        default:
            require(types)
            condition()
            emit(.brIf, .label(LabelIndex(depth)))
            stack.removeLast()
        }
    }

    /// Puts a number to branch on onto the stack, often a comparison, which may be turned round.
    mutating func condition() {
        switch decisions.choose(3) {
        case 0: push(.i32)
        default:
            let type = decisions.choose(from: [ValueType.i32, .i32, .i64, .i64, .f32, .f64])
            let others: [Opcode] = type == .i32 ? [.i32Eqz, .i32And] : type == .i64 ? [.i64Eqz] : []
            let opcode = decisions.choose(from: Self.comparisons(type) + others)
            let count = opcode.row.operands?.count ?? 1
            for _ in 0..<count { push(type) }
            emit(opcode)
            stack.removeLast(count - 1)
            stack[stack.count - 1] = .i32
            if isBounded, decisions.oneIn(3) { emit(.i32Eqz) }
        }
    }

    // MARK: Blocks

    mutating func nested(_ depth: Int) {
        let parameters = decisions.oneIn(3) ? typeList(atMost: 3) : []
        let results = typeList(atMost: 3)
        require(parameters)
        let kind = decisions.choose(3)
        if kind == 2 { condition() }
        let type = BlockType.type(module.addType(FunctionType(parameters: parameters, results: results)))
        emit(kind == 0 ? .loop : kind == 1 ? .block : .if, .block(type))
        if kind == 2 { stack.removeLast() }
        if kind == 0, isBounded { takeFuel() }
        let outer = floor
        floor = stack.count - parameters.count
        labels.append(kind == 0 ? parameters : results)
        let start = body.count
        instructions(6, depth: depth + 1)
        if kind == 2 {
            finishArm(with: results)
            if isBounded, decisions.oneIn(4) { return repeatArm(from: start, results, outer) }
            emit(.else)
            stack += parameters
            instructions(3, depth: depth + 1)
        }
        finish(with: results)
        labels.removeLast()
        floor = outer
    }

    /// Ends an `if` with a second arm that is the same as the first, which begins at `start`: equal expressions in blocks that do not
    /// dominate each other.
    private mutating func repeatArm(from start: Int, _ results: [ValueType], _ outer: Int) {
        let arm = body[start...]
        emit(.else)
        body += arm
        emit(.end)
        stack += results
        labels.removeLast()
        floor = outer
    }

    /// Ends the first arm of an `if`, and takes its results off the stack.
    mutating func finishArm(with results: [ValueType]) {
        finish(with: results)
        body.removeLast()
        restart()
    }

    // MARK: Arms that leave

    /// An `if` that takes values, above others, of whose arms one goes elsewhere, or now and then both.
    mutating func leavingArms(_ depth: Int) {
        for type in smallList(atMost: 3) { push(type) }
        let parameters = smallList(atMost: 3)
        let results = smallList(atMost: 3)
        require(parameters)
        condition()
        stack.removeLast()
        emit(.if, .block(.type(module.addType(FunctionType(parameters: parameters, results: results)))))
        let outer = floor
        floor = stack.count - parameters.count
        labels.append(results)
        let leaving = decisions.choose(9)
        arm(leaves: leaving.isMultiple(of: 2), results, depth)
        restart()
        emit(.else)
        stack += parameters
        arm(leaves: leaving == 8 || !leaving.isMultiple(of: 2), results, depth)
        restart()
        emit(.end)
        stack += results
        labels.removeLast()
        floor = outer
    }

    /// The content of an arm, which leaves the results or goes elsewhere.
    private mutating func arm(leaves: Bool, _ results: [ValueType], _ depth: Int) {
        instructions(1, depth: depth + 1)
        guard leaves else {
            finish(with: results)
            // Its end is that of the other arm.
            body.removeLast()
            return
        }
        switch decisions.choose(8) {
        case 7: emit(.unreachable)
        case 5, 6:
            require(labels[0])
            emit(.return)
        default:
            let depth = decisions.choose(labels.count)
            require(labels[labels.count - 1 - depth])
            emit(.br, .label(LabelIndex(depth)))
        }
    }
}
