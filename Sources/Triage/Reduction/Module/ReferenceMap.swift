import WasmModel

/// Gives every reference of a module to an item another number.
struct ReferenceMap {
    private let map: (ItemSpace, Int) -> Int

    /// - Parameter map: the new position of an item, given its index space and its position.
    init(_ map: @escaping (ItemSpace, Int) -> Int) { self.map = map }

    /// Calls the map for every reference.
    mutating func visit(_ module: Module) { _ = mapped(module) }

    /// The module with all references mapped; the order of items stays.
    mutating func mapped(_ module: Module) -> Module {
        var result = module
        result.types = module.types.map(mapped)
        result.imports = module.imports.map { Import(module: $0.module, name: $0.name, type: mapped($0.type)) }
        for position in module.functions.indices {
            let function = module.functions[position]
            result.functions[position] = Function(
                type: type(function.type),
                locals: function.locals.map { LocalRun(count: $0.count, type: mapped($0.type)) },
                body: mapped(function.body)
            )
        }
        result.tables = module.tables.map { table in
            Table(type: mapped(table.type), initializer: table.initializer.map(mapped))
        }
        result.tags = module.tags.map(type)
        result.globals = module.globals.map { global in
            Global(
                type: GlobalType(mapped(global.type.valueType), isMutable: global.type.isMutable),
                initializer: mapped(global.initializer)
            )
        }
        result.exports = module.exports.map { Export(name: $0.name, item: mapped($0.item)) }
        result.start = module.start.map(function)
        result.elements = module.elements.map(mapped)
        result.data = module.data.map { segment in
            switch segment.mode {
            case .passive: segment
            case .active(let memory, let offset):
                DataSegment(bytes: segment.bytes, mode: .active(self.memory(memory), offset: mapped(offset)))
            }
        }
        return result
    }

    // MARK: Indices

    private func type(_ index: TypeIndex) -> TypeIndex { TypeIndex(map(.types, index.position)) }
    private func function(_ index: FunctionIndex) -> FunctionIndex { FunctionIndex(map(.functions, index.position)) }
    private func table(_ index: TableIndex) -> TableIndex { TableIndex(map(.tables, index.position)) }
    private func memory(_ index: MemoryIndex) -> MemoryIndex { MemoryIndex(map(.memories, index.position)) }
    private func tag(_ index: TagIndex) -> TagIndex { TagIndex(map(.tags, index.position)) }
    private func global(_ index: GlobalIndex) -> GlobalIndex { GlobalIndex(map(.globals, index.position)) }
    private func element(_ index: ElementIndex) -> ElementIndex { ElementIndex(map(.elements, index.position)) }
    private func data(_ index: DataIndex) -> DataIndex { DataIndex(map(.data, index.position)) }

    // MARK: Types

    private func mapped(_ type: HeapType) -> HeapType {
        if case .defined(let index) = type { .defined(self.type(index)) } else { type }
    }

    private func mapped(_ type: ReferenceType) -> ReferenceType {
        ReferenceType(isNullable: type.isNullable, mapped(type.heapType))
    }

    private func mapped(_ type: ValueType) -> ValueType {
        if case .reference(let reference) = type { .reference(mapped(reference)) } else { type }
    }

    private func mapped(_ type: TableType) -> TableType {
        TableType(addressType: type.addressType, limits: type.limits, element: mapped(type.element))
    }

    private func mapped(_ field: FieldType) -> FieldType {
        if case .value(let type) = field.storage {
            FieldType(.value(mapped(type)), isMutable: field.isMutable)
        } else {
            field
        }
    }

    private func mapped(_ type: SubType) -> SubType {
        let composite: CompositeType
        switch type.composite {
        case .function(let function):
            composite = .function(
                FunctionType(parameters: function.parameters.map(mapped), results: function.results.map(mapped))
            )
        case .structure(let fields): composite = .structure(fields.map(mapped))
        case .array(let field): composite = .array(mapped(field))
        }
        return SubType(isFinal: type.isFinal, supertypes: type.supertypes.map(self.type), composite)
    }

    private func mapped(_ type: ExternalType) -> ExternalType {
        switch type {
        case .function(let index): .function(self.type(index))
        case .table(let table): .table(mapped(table))
        case .memory: type
        case .global(let global): .global(GlobalType(mapped(global.valueType), isMutable: global.isMutable))
        case .tag(let index): .tag(self.type(index))
        }
    }

    // MARK: Items

    private func mapped(_ item: ExternalIndex) -> ExternalIndex {
        switch item {
        case .function(let index): .function(function(index))
        case .table(let index): .table(table(index))
        case .memory(let index): .memory(memory(index))
        case .global(let index): .global(global(index))
        case .tag(let index): .tag(tag(index))
        }
    }

    private func mapped(_ segment: ElementSegment) -> ElementSegment {
        let items: ElementItems
        switch segment.items {
        case .functions(let functions): items = .functions(functions.map(function))
        case .expressions(let expressions): items = .expressions(expressions.map(mapped))
        }
        let mode: ElementMode
        switch segment.mode {
        case .passive, .declarative: mode = segment.mode
        case .active(let table, let offset): mode = .active(self.table(table), offset: mapped(offset))
        }
        return ElementSegment(type: mapped(segment.type), items: items, mode: mode)
    }

    private func mapped(_ body: [Instruction]) -> [Instruction] {
        body.map { Instruction($0.opcode, mapped($0.immediate)) }
    }

    private func mapped(_ type: BlockType) -> BlockType {
        switch type {
        case .empty: .empty
        case .result(let value): .result(mapped(value))
        case .type(let index): .type(self.type(index))
        }
    }

    private func mapped(_ argument: MemoryArgument) -> MemoryArgument {
        MemoryArgument(offset: argument.offset, memory: memory(argument.memory), alignment: argument.alignment)
    }

    private func mapped(_ clause: CatchClause) -> CatchClause {
        switch clause {
        case .tag(let index, let label): .tag(tag(index), label)
        case .tagWithReference(let index, let label): .tagWithReference(tag(index), label)
        case .all, .allWithReference: clause
        }
    }

    private func mapped(_ immediate: Immediate) -> Immediate {
        switch immediate {
        case .none, .i32, .i64, .f32, .f64, .v128, .label, .labelTable, .local, .lane, .lanes: immediate
        case .block(let type): .block(mapped(type))
        case .tryTable(let type, let clauses): .tryTable(mapped(type), clauses.map(mapped))
        case .global(let index): .global(global(index))
        case .function(let index): .function(function(index))
        case .callIndirect(let type, let table): .callIndirect(self.type(type), self.table(table))
        case .type(let index): .type(type(index))
        case .types(let first, let second): .types(type(first), type(second))
        case .typeAndField(let index, let field): .typeAndField(type(index), field)
        case .typeAndLength(let index, let length): .typeAndLength(type(index), length)
        case .typeAndData(let index, let data): .typeAndData(type(index), self.data(data))
        case .typeAndElement(let index, let element): .typeAndElement(type(index), self.element(element))
        case .table(let index): .table(table(index))
        case .tables(let first, let second): .tables(table(first), table(second))
        case .elementAndTable(let element, let table): .elementAndTable(self.element(element), self.table(table))
        case .element(let index): .element(element(index))
        case .memory(let index): .memory(memory(index))
        case .memories(let first, let second): .memories(memory(first), memory(second))
        case .dataAndMemory(let data, let memory): .dataAndMemory(self.data(data), self.memory(memory))
        case .data(let index): .data(data(index))
        case .memoryArgument(let argument): .memoryArgument(mapped(argument))
        case .memoryArgumentAndLane(let argument, let lane): .memoryArgumentAndLane(mapped(argument), lane)
        case .tag(let index): .tag(tag(index))
        case .selectTypes(let types): .selectTypes(types.map(mapped))
        case .heapType(let type): .heapType(mapped(type))
        case .castBranch(let label, let source, let target): .castBranch(label, mapped(source), mapped(target))
        }
    }
}
