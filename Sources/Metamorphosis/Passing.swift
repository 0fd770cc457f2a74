import WasmModel

extension ModuleRewriting {
    /// Moves the body of a function into a new one that takes its parameters and gives its results in another way. The function itself, which
    /// keeps its type and whatever refers to it, calls the new one, and so do some of its direct calls.
    ///
    /// What is handed over in globals, in a memory or in a structure is written just before the call or the end of the body, and read just behind
    /// the entry or the call; nothing runs between the two.
    ///
    /// Spec: core 3.0, section 4.6.10 "Function Calls".
    /// - Parameters:
    ///   - position: of the function among the definitions.
    ///   - results: as they are where the body ends in tail calls, which give the results of another function.
    /// - Returns: what was done, with a description of the way.
    mutating func pass(
        _ position: Int,
        parameters: PassedList,
        results: PassedList,
        _ description: String
    ) -> String? {
        let function = module.functions[position]
        let type = type(ofDefined: position)
        let passed = FunctionType(parameters: parameters.passedTypes, results: results.passedTypes)
        guard
            max(passed.parameters.count, passed.results.count)
                <= max(maximumArity, type.parameters.count, type.results.count)
        else { return nil }
        // In the new function: its parameters, then the list of the old ones with what reading it needs, the declared locals, the results.
        let first = passed.parameters.count
        let scratch = parameters.localTypes.count - parameters.types.count
        let declared = Array(localTypes(ofDefined: position).dropFirst(type.parameters.count))
        let resultLocal = LocalIndex(first + parameters.localTypes.count + declared.count)
        let body = function.body.dropLast().asBlock.map { instruction in
            instruction.mapLocal { local in
                LocalIndex(first + local.position + (local.position < type.parameters.count ? 0 : scratch))
            }
        }
        var code = [Instruction].getLocals(from: 0, count: first) + parameters.pop(into: LocalIndex(first))
        code += [Instruction(.block, .block(module.blockType([], type.results)))] + body + [Instruction(.end)]
        code += .setLocals(from: resultLocal, count: type.results.count) + results.push(from: resultLocal)
        let callee = addFunction(passed, locals: parameters.localTypes + declared + type.results, code)

        func call(_ arguments: LocalIndex, _ results: PassedList, into first: LocalIndex) -> [Instruction] {
            parameters.push(from: arguments) + [Instruction(.call, .function(callee))]
                + results.pop(into: first) + results.getAll(from: first)
        }
        module.functions[position].locals = []
        let local = addLocals(results.localTypes, toDefined: position)
        module.functions[position].body = call(0, results, into: local) + [Instruction(.end)]
        // Calls of it go to the new function in part.
        var redirected = 0
        for site in directCalls.reversed() where site.callee == position && site.caller != position && redirected < 4 {
            guard oneIn(2) else { continue }
            redirected += 1
            let local = addLocals(type.parameters + results.localTypes, toDefined: site.caller)
            let code =
                [Instruction].setLocals(from: local, count: type.parameters.count)
                + call(local, results, into: LocalIndex(local.position + type.parameters.count))
            module.functions[site.caller].body.replaceSubrange(site.position...site.position, with: code)
        }
        return "\(description) of function \(index(ofDefined: position))"
            + (redirected == 0 ? "" : ", and of \(redirected.counted("call")) of it")
    }

    /// A function, and whether its results are its own: not those of a function that it calls at its end.
    private mutating func chooseFunction(
        where isSuitable: (FunctionType) -> Bool
    ) -> (position: Int, type: FunctionType, hasOwnResults: Bool)? {
        let candidates = changeable.filter { isSuitable(type(ofDefined: $0)) }
        guard let position = choose(candidates) else { return nil }
        let hasOwnResults = !module.functions[position].body.contains { $0.opcode.isTailCall }
        return (position, type(ofDefined: position), hasOwnResults)
    }

    /// Calls a function with its parameters in another order, which gives its results in another order.
    mutating func permuteSignature() -> String? {
        guard
            let (position, type, hasOwnResults) = chooseFunction(where: { $0.parameters.count + $0.results.count > 1 })
        else { return nil }
        let parameters = PassedList(
            type.parameters,
            ways: type.parameters.map { _ in .value },
            order: type.parameters.indices.shuffled(using: &decisions)
        )
        let results = PassedList(
            type.results,
            ways: type.results.map { _ in .value },
            order: hasOwnResults ? type.results.indices.shuffled(using: &decisions) : nil
        )
        return pass(position, parameters: parameters, results: results, "permuting the signature")
    }

    /// For each item of a list whether it goes another way than by value: all of a run, or each by itself.
    private mutating func chooseItems(_ types: [ValueType], where isSuitable: (ValueType) -> Bool) -> [Bool] {
        let isRun = oneIn(2)
        let start = choose(below: types.count + 1)
        return types.enumerated().map { position, type in
            isSuitable(type) && (isRun ? position >= start : Bool.random(using: &decisions))
        }
    }

    private mutating func inGlobals(_ types: [ValueType]) -> PassedList {
        let items = chooseItems(types, where: \.isDefaultable)
        return PassedList(types, ways: zip(types, items).map { $1 ? .global(addGlobal($0)) : .value })
    }

    /// Hands parameters and results over in globals of their own.
    mutating func passInGlobals() -> String? {
        guard
            let (position, type, hasOwnResults) = chooseFunction(where: { $0.parameters.count + $0.results.count > 0 })
        else { return nil }
        let parameters = inGlobals(type.parameters)
        let results = hasOwnResults ? inGlobals(type.results) : PassedList(type.results)
        return pass(
            position,
            parameters: parameters,
            results: results,
            "handing over in globals parameters and results"
        )
    }

    /// Hands parameters and results over in a memory of their own.
    mutating func passInMemory() -> String? {
        let hasMemory = original.importCounts.memories + module.memories.count > 0
        if hasMemory, !features.contains(.multiMemory) { return nil }
        guard
            let (position, type, hasOwnResults) = chooseFunction(where: {
                1...4_000 ~= $0.parameters.count + $0.results.count
            })
        else { return nil }
        let memory = addMemory()
        var offset: UInt64 = 0
        func inMemory(_ types: [ValueType], _ rewriting: inout ModuleRewriting) -> PassedList {
            let items = rewriting.chooseItems(types, where: { !$0.isReference })
            return PassedList(
                types,
                ways: items.map { isInMemory in
                    guard isInMemory else { return .value }
                    defer { offset += 16 }
                    return .memory(memory, offset: offset)
                }
            )
        }
        let parameters = inMemory(type.parameters, &self)
        let results = hasOwnResults ? inMemory(type.results, &self) : PassedList(type.results)
        return pass(
            position,
            parameters: parameters,
            results: results,
            "handing over in a memory parameters and results"
        )
    }

    /// Hands parameters and results over in structures.
    mutating func passInStructure() -> String? {
        guard features.contains(.garbageCollection),
            let (position, type, hasOwnResults) = chooseFunction(where: {
                1...8_000 ~= $0.parameters.count + $0.results.count
            })
        else { return nil }
        let parameters = inStructure(type.parameters)
        let results = hasOwnResults ? inStructure(type.results) : PassedList(type.results)
        return pass(
            position,
            parameters: parameters,
            results: results,
            "handing over in structures parameters and results"
        )
    }

    private mutating func inStructure(_ types: [ValueType]) -> PassedList {
        let items = chooseItems(types, where: { _ in true })
        let fields = zip(types, items).filter(\.1).map { FieldType(.value($0.0), isMutable: false) }
        if fields.isEmpty { return PassedList(types) }
        let structure = module.addType(SubType(.structure(fields)))
        var field = 0
        var list = PassedList(
            types,
            ways: items.map { isField in
                guard isField else { return .value }
                defer { field += 1 }
                return .field(structure, FieldIndex(field))
            }
        )
        list.structure = structure
        return list
    }

    /// Has a function return a part of its results, and another one, called just behind it, the rest.
    mutating func splitResults() -> String? {
        let candidates = changeable.filter { position in
            type(ofDefined: position).results.contains(where: \.isDefaultable)
                && !module.functions[position].body.contains { $0.opcode.isTailCall }
        }
        guard let position = choose(candidates) else { return nil }
        let signature = type(ofDefined: position)
        var results = inGlobals(signature.results)
        let kept = zip(signature.results, results.ways).compactMap { item -> (ValueType, GlobalIndex)? in
            if case (let type, .global(let global)) = item { (type, global) } else { nil }
        }
        results.reader = addFunction(
            FunctionType(results: kept.map(\.0)),
            locals: [],
            kept.map { Instruction(.globalGet, .global($0.1)) }
        )
        return pass(
            position,
            parameters: PassedList(signature.parameters),
            results: results,
            "splitting over two calls the results"
        )
    }
}
