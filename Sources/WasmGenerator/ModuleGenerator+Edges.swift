import WasmModel

extension ModuleGenerator {
    /// Crosses the edges from `level` on: takes the parameters from where they are and leaves the results on the stack.
    mutating func cross(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        guard level < edges.count else { return innermost(source, &body) }
        switch edges[level] {
        case .export: cross(level + 1, source, &body)
        case .directCall: call(level, source, .direct, &body)
        case .indirectCall: call(level, source, .indirect, &body)
        case .callRef: call(level, source, .reference, &body)
        case .hostImport:
            push(source, &body)
            body.emit(.call, .function(hostFunction))
        case .tailCall: call(level, source, .direct, isTail: true, &body)
        case .tailCallIndirect: call(level, source, .indirect, isTail: true, &body)
        case .tailCallRef: call(level, source, .reference, isTail: true, &body)
        case .tailCallGrow: tailCallGrow(level, source, &body)
        case .tailCallShrink: tailCallShrink(level, source, &body)
        case .block:
            push(source, &body)
            body.emit(.block, .block(.type(functionType)))
            cross(level + 1, .onStack, &body)
            body.emit(.end)
        case .loop: loop(level, source, &body)
        case .if:
            push(source, &body)
            body.emit(.globalGet, .global(condition))
            body.emit(.if, .block(.type(functionType)))
            cross(level + 1, .onStack, &body)
            body.emit(.else)
            route(recipe.alternativeSources, .onStack, &body)
            body.emit(.end)
        case .branchTable: branchTable(level, source, &body)
        case .branchIf:
            body.emit(.block, .block(blockType(for: source, results: recipe.results)))
            cross(level + 1, source, &body)
            body.emit(.globalGet, .global(condition))
            body.emit(.brIf, .label(0))
            mark(2, &body)
            body.emit(.end)
        case .earlyReturn:
            body.emit(.block, .block(blockType(for: source, results: recipe.results)))
            cross(level + 1, source, &body)
            body.emit(.return)
            body.emit(.end)
        case .tryBlock:
            openTry(source, &body)
            cross(level + 1, source, &body)
            closeTry(&body)
        case .tryCall:
            let callee = addFunction(level: level + 1)
            openTry(source, &body)
            push(source, &body)
            body.emit(.call, .function(callee))
            closeTry(&body)
        case .throwCatch: throwCatch(level, source, .tag, &body)
        case .throwCatchRef: throwCatch(level, source, .tagWithReference, &body)
        case .throwCatchAll: throwCatchAll(level, source, .all, &body)
        case .throwCatchAllRef: throwCatchAll(level, source, .allWithReference, &body)
        case .throwOut:
            cross(level + 1, source, &body)
            body.emit(.throw, .tag(resultsTag))
        case .structNew: structureNew(level, source, &body)
        case .arrayNewFixed: arrayNewFixed(level, source, &body)
        case .structCast: structureCast(level, source, &body)
        case .objectChain: objectChain(level, source, &body)
        }
    }

    // MARK: Blocks

    private mutating func loop(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        push(source, &body)
        body.emit(.loop, .block(.type(functionType)))
        body.emit(.globalGet, .global(iterations))
        body.emit(.i32Eqz)
        body.emit(.if, .block(.type(functionType)))
        cross(level + 1, .onStack, &body)
        body.emit(.else)
        // Counts one iteration down and leaves the rotated parameters on the stack.
        let first = locals(.onStack, &body)
        body.emit(.globalGet, .global(iterations))
        body.emit(.i32Const, .i32(1))
        body.emit(.i32Sub)
        body.emit(.globalSet, .global(iterations))
        for position in recipe.rotation { body.emit(.localGet, .local(LocalIndex(first + position))) }
        body.emit(.br, .label(1))
        body.emit(.end)
        body.emit(.end)
    }

    private mutating func branchTable(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let type = blockType(for: source, results: recipe.results)
        for _ in 0..<3 { body.emit(.block, .block(type)) }
        cross(level + 1, source, &body)
        body.emit(.globalGet, .global(target))
        body.emit(.brTable, .labelTable([0, 1, 2]))
        body.emit(.end)
        mark(0, &body)
        body.emit(.br, .label(1))
        body.emit(.end)
        mark(1, &body)
        body.emit(.end)
    }

    // MARK: Calls

    /// Calls the function that crosses the next edges, with all parameters.
    private mutating func call(
        _ level: Int,
        _ source: Source,
        _ kind: CallKind,
        isTail: Bool = false,
        _ body: inout BodyBuilder
    ) {
        let callee = isTail ? target(of: kind, level + 1) : addFunction(level: level + 1)
        push(source, &body)
        emitCall(callee, ofType: functionType, kind, isTail: isTail, &body)
    }

    /// What a tail call is of: the function of the host itself where that is the next edge, but through the table, which has none of the host.
    private mutating func target(of kind: CallKind, _ level: Int) -> FunctionIndex {
        let isOfHost = level < edges.count && edges[level] == .hostImport && kind != .indirect
        return isOfHost ? hostFunction : addFunction(level: level)
    }

    private mutating func emitCall(
        _ callee: FunctionIndex,
        ofType type: TypeIndex,
        _ kind: CallKind,
        isTail: Bool,
        _ body: inout BodyBuilder
    ) {
        switch kind {
        case .direct: body.emit(isTail ? .returnCall : .call, .function(callee))
        case .indirect:
            pushSlot(of: callee, &body)
            body.emit(isTail ? .returnCallIndirect : .callIndirect, .callIndirect(type, table))
        case .reference:
            let reference = ReferenceType(isNullable: true, .defined(type))
            let global = addGlobal(of: reference, Instruction(.refFunc, .function(callee)))
            body.emit(.globalGet, .global(global))
            if isTail {
                body.emit(.returnCallRef, .type(type))
            } else if recipe.keepsCallee {
                // Written back where it came from, so that it lives across the call and changes nothing.
                let kept = body.addLocal(.reference(reference))
                body.emit(.localTee, .local(kept))
                body.emit(.callRef, .type(type))
                body.emit(.localGet, .local(kept))
                body.emit(.globalSet, .global(global))
            } else {
                body.emit(.callRef, .type(type))
            }
        }
    }

    /// Calls a function of the first parameters, which tail-calls the one that crosses the next edges with all of them.
    private mutating func tailCallGrow(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let large = target(of: recipe.tailCallKind, level + 1)
        let kept = recipe.keptCount
        var small = BodyBuilder(parameterCount: kept)
        small.emit(recipe.resizedSources, of: recipe.parameters, first: 0)
        emitCall(large, ofType: functionType, recipe.tailCallKind, isTail: true, &small)
        let callee = add(small, ofType: typeIndex(Array(recipe.parameters[..<kept]), recipe.results))
        switch source {
        case .onStack: for _ in kept..<recipe.parameters.count { body.emit(.drop) }
        case .inLocals(let first):
            for position in 0..<kept { body.emit(.localGet, .local(LocalIndex(first + position))) }
        }
        body.emit(.call, .function(callee))
    }

    /// Calls a function of all parameters, which tail-calls one of the first, which crosses the next edges.
    private mutating func tailCallShrink(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        let kept = recipe.keptCount
        let smallType = typeIndex(Array(recipe.parameters[..<kept]), recipe.results)
        var small = BodyBuilder(parameterCount: kept)
        small.emit(recipe.resizedSources, of: recipe.parameters, first: 0)
        cross(level + 1, .onStack, &small)
        let target = add(small, ofType: smallType)
        var large = BodyBuilder(parameterCount: recipe.parameters.count)
        for position in 0..<kept { large.emit(.localGet, .local(LocalIndex(position))) }
        emitCall(target, ofType: smallType, recipe.tailCallKind, isTail: true, &large)
        let callee = add(large, ofType: functionType)
        push(source, &body)
        body.emit(.call, .function(callee))
    }
}
