import WasmModel

extension DomainCell {
    /// The cells of any module: the edges that its instructions cross, with the longest signature in it.
    public static func cells(of module: Module) -> Set<DomainCell> {
        var survey = ModuleSurvey(module)
        for function in module.functions { survey.look(at: function) }
        return cells(
            edges: survey.edges.isEmpty ? [.export] : survey.edges,
            survey.longest,
            .program,
            survey.features
        )
    }
}

/// What occurs in the functions of a module.
private struct ModuleSurvey {
    private let module: Module
    private let functionTypes: [TypeIndex]
    private let importedFunctions: Int
    private(set) var edges: Set<Edge> = []
    private(set) var features: FeatureSet = []
    private(set) var longest = FunctionType()

    init(_ module: Module) {
        self.module = module
        importedFunctions = module.importedFunctionCount
        functionTypes = module.functionTypeIndices
        let memories =
            module.memories
            + module.imports.compactMap { item -> MemoryType? in
                if case .memory(let type) = item.type { type } else { nil }
            }
        if memories.count > 1 { features.formUnion(.multiMemory) }
        if memories.contains(where: { $0.addressType == .i64 }) { features.formUnion(.memory64) }
    }

    mutating func look(at function: Function) {
        let caller = type(function.type)
        note(caller)
        // For each open block whether it is a `try_table`.
        var blocks: [Bool] = []
        for instruction in function.body {
            features.formUnion(instruction.opcode.row.feature)
            look(at: instruction, caller, isInTry: blocks.contains(true))
            switch instruction.opcode {
            case .block, .loop, .if: blocks.append(false)
            case .tryTable: blocks.append(true)
            case .end: _ = blocks.popLast()
            default: break
            }
        }
    }

    private mutating func look(at instruction: Instruction, _ caller: FunctionType, isInTry: Bool) {
        switch (instruction.opcode, instruction.immediate) {
        case (.call, .function(let callee)):
            note(.directCall, functionType(callee), isInTry)
            if callee.position < importedFunctions { edges.insert(.hostImport) }
        case (.callIndirect, .callIndirect(let index, _)): note(.indirectCall, type(index), isInTry)
        case (.callRef, .type(let index)): note(.callRef, type(index), isInTry)
        case (.returnCall, .function(let callee)): noteTail(.tailCall, functionType(callee), caller)
        case (.returnCallIndirect, .callIndirect(let index, _)): noteTail(.tailCallIndirect, type(index), caller)
        case (.returnCallRef, .type(let index)): noteTail(.tailCallRef, type(index), caller)
        case (.block, .block(let block)): note(.block, block)
        case (.loop, .block(let block)): note(.loop, block)
        case (.if, .block(let block)): note(.if, block)
        case (.brTable, _): edges.insert(.branchTable)
        case (.brIf, _): edges.insert(.branchIf)
        case (.return, _): edges.insert(.earlyReturn)
        case (.tryTable, .tryTable(let block, let clauses)):
            note(.tryBlock, block)
            for clause in clauses { edges.insert(clause.edge) }
        case (.throw, .tag(let tag)):
            edges.insert(.throwOut)
            if let payload = tagType(tag) { note(payload) }
        case (.throwRef, _): edges.insert(.throwOut)
        case (.structNew, _): edges.insert(.structNew)
        case (.arrayNewFixed, _): edges.insert(.arrayNewFixed)
        case (.refCast, _), (.refCastNull, _), (.brOnCast, _), (.brOnCastFail, _): edges.insert(.structCast)
        default: break
        }
    }

    private mutating func note(_ edge: Edge, _ callee: FunctionType, _ isInTry: Bool) {
        edges.insert(edge)
        if isInTry { edges.insert(.tryCall) }
        note(callee)
    }

    private mutating func noteTail(_ edge: Edge, _ callee: FunctionType, _ caller: FunctionType) {
        edges.insert(edge)
        if callee.parameters.count > caller.parameters.count { edges.insert(.tailCallGrow) }
        if callee.parameters.count < caller.parameters.count { edges.insert(.tailCallShrink) }
        note(callee)
    }

    private mutating func note(_ edge: Edge, _ block: BlockType) {
        edges.insert(edge)
        switch block {
        case .empty: break
        case .result(let result): note(FunctionType(results: [result]))
        case .type(let index): note(type(index))
        }
    }

    private mutating func note(_ signature: FunctionType) {
        for type in signature.parameters + signature.results { features.formUnion(type.feature) }
        let length = max(signature.parameters.count, signature.results.count)
        if length > max(longest.parameters.count, longest.results.count) { longest = signature }
    }

    // What is not valid may name what is not there.

    private func type(_ index: TypeIndex) -> FunctionType {
        guard index.position < module.types.count else { return FunctionType() }
        return module.types[index.position].functionType ?? FunctionType()
    }

    private func functionType(_ index: FunctionIndex) -> FunctionType {
        index.position < functionTypes.count ? type(functionTypes[index.position]) : FunctionType()
    }

    private func tagType(_ index: TagIndex) -> FunctionType? {
        let tags = module.tagTypeIndices
        return index.position < tags.count ? type(tags[index.position]) : nil
    }
}

extension CatchClause {
    /// The edge of recipes whose handler is reached in the same way.
    fileprivate var edge: Edge {
        switch self {
        case .tag: .throwCatch
        case .tagWithReference: .throwCatchRef
        case .all: .throwCatchAll
        case .allWithReference: .throwCatchAllRef
        }
    }
}
