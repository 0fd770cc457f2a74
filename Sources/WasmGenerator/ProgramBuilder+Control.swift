import WasmModel

/// Calls, branches, blocks and exceptions.
extension ProgramBuilder {
    mutating func call() {
        if isLeaf { return }
        // Calls of earlier functions end before the fuel does.
        let isForward = isBounded && !decisions.oneIn(8)
        let index = decisions.choose(isForward ? current : signatures.count)
        let signature = signatures[index]
        let isTail = signature.results == labels[0] && decisions.oneIn(3) && features.contains(.tailCalls)
        switch decisions.choose(5) {
        case 4 where features.contains(.typedFunctionReferences):
            require(signature.parameters)
            emit(.refFunc, .function(FunctionIndex(index)))
            emit(isTail ? .returnCallRef : .callRef, .type(signatureIndices[index]))
        case 3:
            require(signature.parameters)
            if isBounded, !decisions.oneIn(8) {
                emit(.i32Const, .i32(Int32(index)))
                stack.append(.i32)
            } else {
                push(.i32)
            }
            emit(isTail ? .returnCallIndirect : .callIndirect, .callIndirect(signatureIndices[index], 0))
            stack.removeLast()
        default:
            require(signature.parameters)
            emit(isTail ? .returnCall : .call, .function(FunctionIndex(index)))
        }
        stack.removeLast(signature.parameters.count)
        if isTail { restart() } else { stack += signature.results }
    }

    /// After an instruction that does not go on: what follows in the block begins with an empty stack.
    mutating func restart() { stack.removeLast(stack.count - floor) }

    mutating func branch() {
        let depth = decisions.choose(labels.count)
        let types = labels[labels.count - 1 - depth]
        let label = LabelIndex(depth)
        switch decisions.choose(4) {
        case 3:
            require(types)
            emit(.br, .label(label))
            stack.removeLast(types.count)
            restart()
        case 2:
            require(types)
            push(.i32)
            // All labels with the same types, some of them twice.
            let others = labels.indices.filter { labels[$0] == types }.map { LabelIndex(labels.count - 1 - $0) }
            let targets = (0..<decisions.choose(5)).map { _ in decisions.choose(from: others) }
            emit(.brTable, .labelTable(targets + [label]))
            stack.removeLast(types.count + 1)
            restart()
        default:
            require(types)
            condition()
            emit(.brIf, .label(label))
            stack.removeLast()
        }
    }

    /// Puts a number to branch on onto the stack, often a comparison, which may be turned round.
    mutating func condition() {
        let comparisons: [Opcode] = [
            .i32Eqz, .i32LtS, .i32LtU, .i32Ne, .i64Eqz, .i64GeU, .i64LtS, .i32And, .f32Lt, .f64Ge, .f64Ne,
        ]
        switch decisions.choose(3) {
        case 0: push(.i32)
        default:
            let opcode = decisions.choose(from: comparisons)
            guard case .value(let type) = opcode.row.operands?.first else { return push(.i32) }
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
}
