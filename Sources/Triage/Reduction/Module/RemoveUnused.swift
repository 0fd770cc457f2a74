import WasmModel

/// Removes items that nothing in the module refers to, one index space after another; segments count as unused where no instruction
/// names them.
struct RemoveUnused: ReductionPass {
    let name = "unused items"
    let walk = ReductionWalk.anywhere

    func listSizes(of subject: DecodedCase) -> [Int] {
        let unused = UnusedItems(subject.module)
        return unused.lists.map(\.count)
    }

    func proposal(for subject: DecodedCase, list: Int, removing range: Range<Int>) -> DecodedCase? {
        let lists = UnusedItems(subject.module).lists
        var simpler = subject
        simpler.module =
            ItemRemoval(subject.module, space: ItemSpace.allCases[list], removed: Array(lists[list][range]))
            .result
        return simpler
    }
}

/// The index spaces that items can be removed from.
enum ItemSpace: Int, CaseIterable {
    case types, functions, tables, memories, tags, globals, elements, data
}

/// The items that nothing refers to.
struct UnusedItems {
    /// By ``ItemSpace``, ascending positions in the index space.
    private(set) var lists: [[Int]] = []
    private var used: [[Bool]]

    init(_ module: Module) {
        let counts = ItemSpace.allCases.map { module.count(of: $0) }
        used = counts.map { [Bool](repeating: false, count: $0) }
        // The visitor of references is the renumbering that changes nothing.
        var marks: [(ItemSpace, Int)] = []
        var visitor = ReferenceMap { space, position in
            marks.append((space, position))
            return position
        }
        visitor.visit(module)
        for (space, position) in marks where position < used[space.rawValue].count {
            used[space.rawValue][position] = true
        }
        // A type in a recursion group with others stays: to remove it changes the others.
        for group in module.recursionGroups where group.count > 1 {
            for position in group where position < used[ItemSpace.types.rawValue].count {
                used[ItemSpace.types.rawValue][position] = true
            }
        }
        lists = used.map { flags in flags.indices.filter { !flags[$0] } }
    }
}

extension Module {
    /// The number of items of an index space, imports included.
    func count(of space: ItemSpace) -> Int {
        func imported(_ isKind: (ExternalType) -> Bool) -> Int { imports.reduce(0) { $0 + (isKind($1.type) ? 1 : 0) } }
        return switch space {
        case .types: types.count
        case .functions: imported { if case .function = $0 { true } else { false } } + functions.count
        case .tables: imported { if case .table = $0 { true } else { false } } + tables.count
        case .memories: imported { if case .memory = $0 { true } else { false } } + memories.count
        case .tags: imported { if case .tag = $0 { true } else { false } } + tags.count
        case .globals: imported { if case .global = $0 { true } else { false } } + globals.count
        case .elements: elements.count
        case .data: data.count
        }
    }
}

/// The removal of some items of one index space, with all others renumbered.
struct ItemRemoval {
    let result: Module

    /// - Parameter removed: ascending positions in the index space; nothing may refer to them.
    init(_ module: Module, space: ItemSpace, removed: [Int]) {
        var isKept = [Bool](repeating: true, count: module.count(of: space))
        for position in removed { isKept[position] = false }
        var newPosition: [Int] = []
        var kept = 0
        for flag in isKept {
            newPosition.append(kept)
            if flag { kept += 1 }
        }
        var module = module
        module.names = ModuleNames()
        var first = 0
        func filter<Item>(_ items: [Item]) -> [Item] {
            items.enumerated().filter { isKept[first + $0.offset] }.map(\.element)
        }
        module.imports = module.imports.filter { item in
            guard item.type.space == space else { return true }
            defer { first += 1 }
            return isKept[first]
        }
        switch space {
        case .types:
            module.types = filter(module.types)
            module.recursionGroups = module.recursionGroups.compactMap { group in
                guard let start = group.first, isKept[start] else { return nil }
                return newPosition[start]..<newPosition[start] + group.count
            }
        case .functions: module.functions = filter(module.functions)
        case .tables: module.tables = filter(module.tables)
        case .memories: module.memories = filter(module.memories)
        case .tags: module.tags = filter(module.tags)
        case .globals: module.globals = filter(module.globals)
        case .elements: module.elements = filter(module.elements)
        case .data:
            module.data = filter(module.data)
            if module.dataCount != nil { module.dataCount = UInt32(module.data.count) }
        }
        var map = ReferenceMap { other, position in
            other == space && position < newPosition.count ? newPosition[position] : position
        }
        result = map.mapped(module)
    }
}

extension ExternalType {
    var space: ItemSpace {
        switch self {
        case .function: .functions
        case .table: .tables
        case .memory: .memories
        case .global: .globals
        case .tag: .tags
        }
    }
}
