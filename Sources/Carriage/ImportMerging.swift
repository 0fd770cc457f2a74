import WasmFormats
import WasmModel

/// What is imported twice and is one item, as indices of one kind by those of the first import.
///
/// Where such imports become definitions, all uses have to name the first.
struct ImportMerging {
    private var functions: [FunctionIndex: FunctionIndex] = [:]
    private var tables: [TableIndex: TableIndex] = [:]
    private var memories: [MemoryIndex: MemoryIndex] = [:]
    private var globals: [GlobalIndex: GlobalIndex] = [:]
    private var tags: [TagIndex: TagIndex] = [:]

    /// Finds what is imported twice.
    /// - Parameter made: what is behind the imports, in their order.
    init(_ imports: [Import], _ made: [HostImport]) {
        var counts = (functions: 0, tables: 0, memories: 0, globals: 0, tags: 0)
        var positions: [Int] = []
        positions.reserveCapacity(imports.count)
        for (item, value) in zip(imports, made) {
            let first: Int? = if case .again(let position) = value { positions[position] } else { nil }
            switch item.type {
            case .function:
                if case .function(let function, _) = value, function.importOrdinal < counts.functions {
                    functions[FunctionIndex(counts.functions)] = FunctionIndex(function.importOrdinal)
                }
                positions.append(counts.functions)
                counts.functions += 1
            case .table:
                if let first { tables[TableIndex(counts.tables)] = TableIndex(first) }
                positions.append(counts.tables)
                counts.tables += 1
            case .memory:
                if let first { memories[MemoryIndex(counts.memories)] = MemoryIndex(first) }
                positions.append(counts.memories)
                counts.memories += 1
            case .global:
                if let first { globals[GlobalIndex(counts.globals)] = GlobalIndex(first) }
                positions.append(counts.globals)
                counts.globals += 1
            case .tag:
                if let first { tags[TagIndex(counts.tags)] = TagIndex(first) }
                positions.append(counts.tags)
                counts.tags += 1
            }
        }
    }

    /// Whether nothing is imported twice.
    var isEmpty: Bool {
        functions.isEmpty && tables.isEmpty && memories.isEmpty && globals.isEmpty && tags.isEmpty
    }

    func merged(_ index: FunctionIndex) -> FunctionIndex { functions[index] ?? index }
    func merged(_ index: TableIndex) -> TableIndex { tables[index] ?? index }
    func merged(_ index: MemoryIndex) -> MemoryIndex { memories[index] ?? index }
    func merged(_ index: GlobalIndex) -> GlobalIndex { globals[index] ?? index }
    func merged(_ index: TagIndex) -> TagIndex { tags[index] ?? index }

    /// The module with all uses naming the first import.
    func merged(_ module: Module) -> Module {
        if isEmpty { return module }
        var result = module
        for position in result.functions.indices {
            result.functions[position].body = merged(result.functions[position].body)
        }
        for position in result.tables.indices {
            result.tables[position].initializer = result.tables[position].initializer.map(merged)
        }
        for position in result.globals.indices {
            result.globals[position].initializer = merged(result.globals[position].initializer)
        }
        result.exports = module.exports.map { Export(name: $0.name, item: merged($0.item)) }
        result.start = module.start.map(merged)
        for position in result.elements.indices {
            switch result.elements[position].items {
            case .functions(let items): result.elements[position].items = .functions(items.map(merged))
            case .expressions(let items): result.elements[position].items = .expressions(items.map(merged))
            }
            if case .active(let table, let offset) = result.elements[position].mode {
                result.elements[position].mode = .active(merged(table), offset: merged(offset))
            }
        }
        for position in result.data.indices {
            if case .active(let memory, let offset) = result.data[position].mode {
                result.data[position].mode = .active(merged(memory), offset: merged(offset))
            }
        }
        return result
    }

    private func merged(_ item: ExternalIndex) -> ExternalIndex {
        switch item {
        case .function(let index): .function(merged(index))
        case .table(let index): .table(merged(index))
        case .memory(let index): .memory(merged(index))
        case .global(let index): .global(merged(index))
        case .tag(let index): .tag(merged(index))
        }
    }

    private func merged(_ body: [Instruction]) -> [Instruction] {
        body.map { Instruction($0.opcode, merged($0.immediate)) }
    }

    private func merged(_ argument: MemoryArgument) -> MemoryArgument {
        MemoryArgument(offset: argument.offset, memory: merged(argument.memory), alignment: argument.alignment)
    }

    private func merged(_ clause: CatchClause) -> CatchClause {
        switch clause {
        case .tag(let tag, let label): .tag(merged(tag), label)
        case .tagWithReference(let tag, let label): .tagWithReference(merged(tag), label)
        case .all, .allWithReference: clause
        }
    }

    private func merged(_ immediate: Immediate) -> Immediate {
        switch immediate {
        case .tryTable(let type, let clauses): .tryTable(type, clauses.map(merged))
        case .global(let index): .global(merged(index))
        case .function(let index): .function(merged(index))
        case .callIndirect(let type, let table): .callIndirect(type, merged(table))
        case .table(let index): .table(merged(index))
        case .tables(let destination, let source): .tables(merged(destination), merged(source))
        case .elementAndTable(let element, let table): .elementAndTable(element, merged(table))
        case .memory(let index): .memory(merged(index))
        case .memories(let destination, let source): .memories(merged(destination), merged(source))
        case .dataAndMemory(let data, let memory): .dataAndMemory(data, merged(memory))
        case .memoryArgument(let argument): .memoryArgument(merged(argument))
        case .memoryArgumentAndLane(let argument, let lane): .memoryArgumentAndLane(merged(argument), lane)
        case .tag(let index): .tag(merged(index))
        case .none, .i32, .i64, .f32, .f64, .v128, .block, .label, .labelTable, .local, .type, .types, .typeAndField,
            .typeAndLength, .typeAndData, .typeAndElement, .element, .data, .lane, .lanes, .selectTypes, .heapType,
            .castBranch:
            immediate
        }
    }
}
