import WasmModel

extension DomainCell {
    /// The cells of any module: the edges that its instructions cross and its exports are, each with the values that cross there.
    public static func cells(of module: Module) -> Set<DomainCell> {
        var survey = ModuleSurvey(module)
        for function in module.functions { survey.look(at: function) }
        let crossings = survey.crossings.isEmpty ? [Crossing(.export, CrossedValues([]))] : survey.crossings
        return cells(of: crossings, .program, survey.features)
    }
}

/// What occurs in the functions of a module.
private struct ModuleSurvey {
    private let module: Module
    private let functionTypes: [TypeIndex]
    private let importedFunctions: Int
    private let tagTypes: [TypeIndex]
    private(set) var crossings: Set<Crossing> = []
    private(set) var features: FeatureSet = []
    /// What is known of types already, as many instructions name the same ones.
    private var known: [TypeIndex: Signature] = [:]

    /// A function type, or the fields of a structure as parameters.
    private struct Signature {
        var parameterCount = 0
        var parameters = CrossedValues([])
        var results = CrossedValues([])
        var both = CrossedValues([])
    }

    /// An open block.
    private struct Block {
        var isTry: Bool
        /// What a branch to it carries.
        var label: CrossedValues
    }

    init(_ module: Module) {
        self.module = module
        importedFunctions = module.importedFunctionCount
        functionTypes = module.functionTypeIndices
        tagTypes = module.tagTypeIndices
        let memories =
            module.memories
            + module.imports.compactMap { item -> MemoryType? in
                if case .memory(let type) = item.type { type } else { nil }
            }
        if memories.count > 1 { features.formUnion(.multiMemory) }
        if memories.contains(where: { $0.addressType == .i64 }) { features.formUnion(.memory64) }
        for export in module.exports {
            if case .function(let index) = export.item { note(.export, callee(index).both) }
        }
    }

    mutating func look(at function: Function) {
        let caller = signature(function.type)
        var blocks = [Block(isTry: false, label: caller.results)]
        for instruction in function.body {
            features.formUnion(instruction.opcode.row.feature)
            look(at: instruction, caller, &blocks)
        }
    }

    private mutating func look(at instruction: Instruction, _ caller: Signature, _ blocks: inout [Block]) {
        switch (instruction.opcode, instruction.immediate) {
        case (.call, .function(let index)):
            noteCall(.directCall, callee(index), blocks)
            if index.position < importedFunctions { note(.hostImport, callee(index).both) }
        case (.callIndirect, .callIndirect(let index, _)): noteCall(.indirectCall, signature(index), blocks)
        case (.callRef, .type(let index)): noteCall(.callRef, signature(index), blocks)
        case (.returnCall, .function(let index)): noteTail(.tailCall, callee(index), caller)
        case (.returnCallIndirect, .callIndirect(let index, _)):
            noteTail(.tailCallIndirect, signature(index), caller)
        case (.returnCallRef, .type(let index)): noteTail(.tailCallRef, signature(index), caller)
        case (.block, .block(let type)): open(.block, type, &blocks)
        case (.loop, .block(let type)): open(.loop, type, &blocks)
        case (.if, .block(let type)): open(.if, type, &blocks)
        case (.tryTable, .tryTable(let type, let clauses)):
            open(.tryBlock, type, &blocks)
            for clause in clauses { note(clause, caller) }
        case (.end, _): _ = blocks.popLast()
        case (.brTable, .labelTable(let labels)):
            for label in Set(labels) { note(.branchTable, label, blocks) }
        case (.brIf, .label(let label)): note(.branchIf, label, blocks)
        case (.return, _): note(.earlyReturn, caller.results)
        case (.throw, .tag(let tag)): note(.throwOut, payload(of: tag))
        case (.structNew, .type(let index)): note(.structNew, signature(index).parameters)
        case (.arrayNewFixed, .typeAndLength(let index, let count)):
            note(.arrayNewFixed, CrossedValues(count: Int(count), signature(index).parameters.classes))
        case (.refCast, .heapType(let type)), (.refCastNull, .heapType(let type)): noteCast(to: type)
        case (.brOnCast, .castBranch(_, _, let type)), (.brOnCastFail, .castBranch(_, _, let type)):
            noteCast(to: type.heapType)
        default: break
        }
    }

    // MARK: Crossings

    private mutating func note(_ edge: Edge, _ values: CrossedValues) { crossings.insert(Crossing(edge, values)) }

    private mutating func noteCall(_ edge: Edge, _ callee: Signature, _ blocks: [Block]) {
        note(edge, callee.both)
        if blocks.contains(where: \.isTry) { note(.tryCall, callee.both) }
    }

    /// Notes a tail call, and where the lists of parameters differ in length one that grows or shrinks, with the longer of them.
    private mutating func noteTail(_ edge: Edge, _ callee: Signature, _ caller: Signature) {
        note(edge, callee.both)
        if callee.parameterCount > caller.parameterCount { note(.tailCallGrow, callee.both) }
        if callee.parameterCount < caller.parameterCount { note(.tailCallShrink, caller.both) }
    }

    private mutating func open(_ edge: Edge, _ type: BlockType, _ blocks: inout [Block]) {
        let signature =
            switch type {
            case .empty: Signature()
            case .result(let result): Signature(results: CrossedValues([result]), both: CrossedValues([result]))
            case .type(let index): self.signature(index)
            }
        if case .result(let result) = type { features.formUnion(result.feature) }
        note(edge, signature.both)
        blocks.append(Block(isTry: edge == .tryBlock, label: edge == .loop ? signature.parameters : signature.results))
    }

    private mutating func note(_ edge: Edge, _ label: LabelIndex, _ blocks: [Block]) {
        if label.position < blocks.count { note(edge, blocks[blocks.count - 1 - label.position].label) }
    }

    /// Notes a clause with what it gives; one of all exceptions gives nothing, and what it has to leave as they were are the parameters.
    private mutating func note(_ clause: CatchClause, _ caller: Signature) {
        switch clause {
        case .tag(let tag, _): note(.throwCatch, payload(of: tag))
        case .tagWithReference(let tag, _): note(.throwCatchRef, payload(of: tag))
        case .all: note(.throwCatchAll, caller.parameters)
        case .allWithReference: note(.throwCatchAllRef, caller.parameters)
        }
    }

    private mutating func noteCast(to type: HeapType) {
        guard case .defined(let index) = type else { return note(.structCast, CrossedValues([])) }
        note(.structCast, signature(index).parameters)
    }

    // MARK: Types; what is not valid may name what is not there.

    private mutating func signature(_ index: TypeIndex) -> Signature {
        if let signature = known[index] { return signature }
        guard index.position < module.types.count else { return Signature() }
        let type =
            switch module.types[index.position].composite {
            case .function(let type): type
            case .structure(let fields): FunctionType(parameters: fields.map(\.storage.unpacked))
            case .array(let element): FunctionType(parameters: [element.storage.unpacked])
            }
        for value in type.parameters + type.results { features.formUnion(value.feature) }
        let signature = Signature(
            parameterCount: type.parameters.count,
            parameters: CrossedValues(type.parameters),
            results: CrossedValues(type.results),
            both: CrossedValues(type)
        )
        known[index] = signature
        return signature
    }

    private mutating func callee(_ index: FunctionIndex) -> Signature {
        index.position < functionTypes.count ? signature(functionTypes[index.position]) : Signature()
    }

    private mutating func payload(of tag: TagIndex) -> CrossedValues {
        tag.position < tagTypes.count ? signature(tagTypes[tag.position]).parameters : CrossedValues([])
    }
}
