import WasmModel

extension ModuleGenerator {
    // MARK: Results

    /// Opens a `try_table` with one clause, whose body leaves the results; ``closeTry(_:)`` closes it.
    mutating func openTry(_ source: Source, _ body: inout BodyBuilder) {
        let kind = recipe.catchKind
        let caught = (kind.hasPayload ? recipe.results : []) + (kind.hasReference ? [.exceptionReference] : [])
        let type = blockType(for: source, results: recipe.results)
        body.emit(.block, .block(type))
        body.emit(.block, .block(blockType(for: source, results: caught)))
        body.emit(.tryTable, .tryTable(type, [kind.clause(resultsTag)]))
    }

    /// Closes what ``openTry(_:_:)`` opened; what was caught becomes results with a mark.
    func closeTry(_ body: inout BodyBuilder) {
        body.emit(.end)
        body.emit(.br, .label(1))
        body.emit(.end)
        if recipe.catchKind.hasReference { body.emit(.drop) }
        if !recipe.catchKind.hasPayload { body.emit(recipe.constantSources, of: recipe.results, first: 0) }
        mark(3, &body)
        body.emit(.end)
    }

    // MARK: Parameters

    /// Throws the parameters, catches them with their payload, which may be thrown again, and goes on with it.
    mutating func throwCatch(_ level: Int, _ source: Source, _ kind: CatchKind, _ body: inout BodyBuilder) {
        let caught = recipe.parameters + (kind.hasReference ? [.exceptionReference] : [])
        let type = blockType(for: source, results: caught)
        body.emit(.block, .block(type))
        body.emit(.tryTable, .tryTable(type, [kind.clause(parametersTag)]))
        throwParameters(source, &body)
        body.emit(.end)
        body.emit(.end)
        if kind.hasReference {
            if recipe.throwsAgain {
                let exception = body.addLocal(.exceptionReference)
                body.emit(.localSet, .local(exception))
                for _ in recipe.parameters { body.emit(.drop) }
                throwAgain(exception, &body)
            } else {
                body.emit(.drop)
            }
        }
        cross(level + 1, .onStack, &body)
    }

    /// Throws the parameters, catches them without their payload, and goes on with the locals, or with what it throws again.
    mutating func throwCatchAll(_ level: Int, _ source: Source, _ kind: CatchKind, _ body: inout BodyBuilder) {
        let first = locals(source, &body)
        let type = BlockType.type(typeIndex([], kind.hasReference ? [.exceptionReference] : []))
        body.emit(.block, .block(type))
        body.emit(.tryTable, .tryTable(type, [kind.clause(parametersTag)]))
        throwParameters(.inLocals(first: first), &body)
        body.emit(.end)
        body.emit(.end)
        guard kind.hasReference else { return cross(level + 1, .inLocals(first: first), &body) }
        let exception = body.addLocal(.exceptionReference)
        body.emit(.localSet, .local(exception))
        throwAgain(exception, &body)
        cross(level + 1, .onStack, &body)
    }

    /// Throws, here or in a function that is called; does not go on.
    private mutating func throwParameters(_ source: Source, _ body: inout BodyBuilder) {
        push(source, &body)
        guard recipe.throwsInCallee else { return body.emit(.throw, .tag(parametersTag)) }
        var thrower = BodyBuilder(parameterCount: recipe.parameters.count)
        push(.inLocals(first: 0), &thrower)
        thrower.emit(.throw, .tag(parametersTag))
        body.emit(.call, .function(add(thrower, ofType: typeIndex(recipe.parameters, []))))
        body.emit(.unreachable)
    }

    /// Throws an exception in a local again, and catches its payload.
    private mutating func throwAgain(_ exception: LocalIndex, _ body: inout BodyBuilder) {
        let type = BlockType.type(typeIndex([], recipe.parameters))
        body.emit(.block, .block(type))
        body.emit(.tryTable, .tryTable(type, [.tag(parametersTag, 0)]))
        body.emit(.localGet, .local(exception))
        body.emit(.throwRef)
        body.emit(.end)
        body.emit(.end)
    }
}
