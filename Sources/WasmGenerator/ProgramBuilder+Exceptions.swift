import WasmModel

/// What throws and what catches.
extension ProgramBuilder {
    mutating func exception(_ depth: Int) {
        guard features.contains(.exceptions) else { return }
        switch decisions.choose(isBounded && depth < 3 ? 8 : 1) {
        case 3, 4: clauses(depth)
        case 5: severalExceptions()
        case 6, 7: guardedCalls()
        default: throwOrCatch(depth)
        }
    }

    private mutating func throwOrCatch(_ depth: Int) {
        if !exceptions.isEmpty, decisions.oneIn(3) { return throwKept() }
        let number = decisions.choose(payloads.count)
        let tag = TagIndex(number)
        let payload = payloads[number]
        if isBounded, openTries == 0, depth >= 4 || decisions.oneIn(3) {
            // Nothing of this function would catch it.
            return leave { $0.throwNew(number) }
        }
        if depth >= 4 || decisions.oneIn(3) {
            return leave { $0.apply(.throw, .tag(tag), payload, []) }
        }
        // A block that gets what was caught around a `try_table` without results.
        let kind = catchKind(payload)
        let caught = caught(kind, payload)
        let outer = open(.block, results: caught)
        openTry([kind.clause(tag)])
        instructions(4, depth: depth + 1)
        closeTry()
        close(caught, outer)
        guard kind.hasReference else { return }
        if isBounded { return keepException() }
        // A null, which the block has where nothing was thrown, traps.
        guard decisions.oneIn(4) else {
            emit(.drop)
            stack.removeLast()
            return
        }
        emit(.throwRef)
        restart()
    }

    /// Throws an exception with new values; what follows in the block does not count as reached.
    private mutating func throwNew(_ number: Int) {
        let kept = stack.count
        for type in payloads[number] { push(type) }
        emit(.throw, .tag(TagIndex(number)))
        stack.removeLast(stack.count - kept)
    }

    /// A kind that is within the greatest arity: where a payload has it already, there is no reference beside it.
    private mutating func catchKind(_ payload: [ValueType]) -> CatchKind {
        let kind = decisions.choose(from: CatchKind.allCases)
        return kind == .tagWithReference && payload.count >= maximumArity ? .tag : kind
    }

    private func caught(_ kind: CatchKind, _ payload: [ValueType]) -> [ValueType] {
        (kind.hasPayload ? payload : []) + (kind.hasReference ? [.exceptionReference] : [])
    }

    // MARK: Blocks

    /// Opens a block without parameters.
    /// - Returns: the floor of the block around it.
    mutating func open(_ opcode: Opcode, results: [ValueType]) -> Int {
        let outer = floor
        emit(opcode, .block(.type(module.addType(FunctionType(results: results)))))
        floor = stack.count
        labels.append(results)
        return outer
    }

    /// Closes the innermost block, which has the given results.
    mutating func close(_ results: [ValueType], _ outer: Int) {
        finish(with: results)
        labels.removeLast()
        floor = outer
    }

    private mutating func openTry(_ clauses: [CatchClause]) {
        emit(.tryTable, .tryTable(.empty, clauses))
        labels.append([])
        openTries += 1
    }

    private mutating func closeTry() {
        openTries -= 1
        finish(with: [])
        labels.removeLast()
    }

    // MARK: Clauses

    /// A `try_table` with several clauses, some for the same tag, each with a block of its own. What is not thrown goes through all blocks.
    private mutating func clauses(_ depth: Int) {
        var chosen: [(tag: Int, kind: CatchKind)] = []
        for _ in 0..<1 + decisions.choose(4) {
            let repeats = !chosen.isEmpty && decisions.oneIn(3)
            let tag = repeats ? chosen[chosen.count - 1].tag : decisions.choose(payloads.count)
            chosen.append((tag, catchKind(payloads[tag])))
        }
        let blocks = chosen.map { clause in
            let results = caught(clause.kind, payloads[clause.tag])
            return (results: results, outer: open(.block, results: results))
        }
        openTry(
            chosen.enumerated().map { position, clause in
                clause.kind.clause(TagIndex(clause.tag), LabelIndex(chosen.count - 1 - position))
            }
        )
        let number = chosen[decisions.choose(chosen.count)].tag
        switch decisions.choose(3) {
        case 0: callThrower(number)
        case 1: leave { $0.throwNew(number) }
        default: break
        }
        instructions(2, depth: depth + 1)
        closeTry()
        for (position, block) in blocks.enumerated().reversed() {
            close(block.results, block.outer)
            for type in block.results.reversed() {
                if type == .exceptionReference { keepException() } else { absorbTop() }
            }
            mark(position + 1)
        }
    }

    /// Keeps the exception on the stack in a local of its own, or drops it.
    private mutating func keepException() {
        stack.removeLast()
        guard decisions.oneIn(2) else { return emit(.drop) }
        if exceptions.count < 3 { exceptions.append(takeLocal(.exceptionReference)) }
        emit(.localSet, .local(exceptions[decisions.choose(exceptions.count)]))
    }

    /// Calls what throws an exception of a tag, mostly; there is not always such a function.
    private mutating func callThrower(_ tag: Int) {
        guard let thrower, thrower < current, !isLeaf else { return }
        if decisions.oneIn(4) {
            push(.i32)
        } else {
            number(Int64(tag), .i32)
            stack.append(.i32)
        }
        emit(.call, .function(FunctionIndex(thrower)))
        stack.removeLast()
    }

    // MARK: Several

    /// Catches two exceptions or more, which are alive at the same time, and throws them again in any order.
    private mutating func severalExceptions() {
        let tags = (0..<2 + decisions.choose(2)).map { _ in
            let tag = decisions.choose(payloads.count)
            return payloads[tag].count < maximumArity ? tag : 0
        }
        let kept = tags.map { tag in
            let results = payloads[tag] + [.exceptionReference]
            caught(by: .tagWithReference(TagIndex(tag), 0), results) { $0.throwNew(tag) }
            let local = takeLocal(.exceptionReference)
            emit(.localSet, .local(local))
            stack.removeLast()
            for _ in payloads[tag] { absorbTop() }
            return (tag: tag, local: local)
        }
        for _ in tags {
            let exception = decisions.choose(from: kept)
            let results = payloads[exception.tag]
            caught(by: .tag(TagIndex(exception.tag), 0), results) { builder in
                builder.emit(.localGet, .local(exception.local))
                builder.emit(.throwRef)
            }
            for _ in results { absorbTop() }
        }
        exceptions += kept.map(\.local)
    }

    /// Catches what is thrown for certain.
    private mutating func caught(
        by clause: CatchClause,
        _ results: [ValueType],
        _ throwing: (inout ProgramBuilder) -> Void
    ) {
        let outer = open(.block, results: results)
        openTry([clause])
        throwing(&self)
        closeTry()
        emit(.unreachable)
        emit(.end)
        labels.removeLast()
        floor = outer
        stack += results
    }

    /// How many values the exceptions of a loop carry together, with one more for each: more than are kept before those that nobody has any more are
    /// freed.
    private static let valuesOfManyExceptions = 72_000

    /// A loop that throws and catches exceptions until there is garbage to collect; one of those that were caught may be kept.
    mutating func manyExceptions() {
        let long = payloads.indices.filter { payloads[$0].count > 8 }
        guard isBounded, features.contains(.exceptions), !long.isEmpty else { return }
        let tag = decisions.choose(from: long)
        let payload = payloads[tag]
        let kind = decisions.choose(from: CatchKind.allCases)
        let counter = takeLocal(.i32)
        number(Int64(Self.valuesOfManyExceptions / (payload.count + 1)), .i32)
        emit(.localSet, .local(counter))
        let outer = open(.loop, results: [])
        caught(by: kind.clause(TagIndex(tag)), caught(kind, payload)) { $0.throwNew(tag) }
        if kind.hasReference { keepException() }
        absorbAll()
        countDown(counter)
        emit(.brIf, .label(0))
        close([], outer)
    }

    private static let numbersOfCalls = [1, 2, 3, 4, 5, 8, 15, 16, 17, 18, 33]

    /// Calls in one `try_table`, of which one may throw, with locals assigned between them; what is caught is seen with the locals.
    private mutating func guardedCalls() {
        if isLeaf { return }
        let kind = decisions.choose(from: CatchKind.allCases)
        let tag = decisions.choose(payloads.count)
        let results = caught(kind, payloads[tag])
        let progress = takeLocal(.i32)
        let count = decisions.choose(from: Self.numbersOfCalls)
        // Mostly a late one.
        let throwing = max(decisions.choose(count), decisions.choose(count))
        let outer = open(.block, results: results)
        openTry([kind.clause(TagIndex(tag))])
        for position in 0..<count {
            number(Int64(position), .i32)
            emit(.localSet, .local(progress))
            if position == throwing {
                callThrower(tag)
            } else if thrower != nil, !decisions.oneIn(8) {
                callThrower(Int(Self.throwerMask))
            } else {
                call()
            }
            if decisions.oneIn(4) { variable() }
        }
        closeTry()
        close(results, outer)
        for _ in results { absorbTop() }
        emit(.localGet, .local(progress))
        stack.append(.i32)
        absorbTop()
    }

    /// Throws an exception again that was kept, where it is none that was not.
    private mutating func throwKept() {
        let exception = Immediate.local(exceptions[decisions.choose(exceptions.count)])
        emit(.localGet, exception)
        emit(.refIsNull)
        emit(.i32Eqz)
        emit(.if, .block(.empty))
        emit(.localGet, exception)
        emit(.throwRef)
        emit(.end)
    }
}
