import WasmModel

/// Parses the fields of one module.
///
/// The fields are gone through three times: for the names and numbers of all items, for the type definitions, and for everything
/// else, so that a use may stand before its definition. The bodies are parsed without recursion, so that nesting is bounded by
/// memory only.
///
/// Spec: core 3.0, section 6.6 "Modules".
struct ModuleParser {
    var reader: TextReader
    var module = Module()

    var types = NameScope<IndexSpace.Types>("type")
    var functions = NameScope<IndexSpace.Functions>("func")
    var tables = NameScope<IndexSpace.Tables>("table")
    var memories = NameScope<IndexSpace.Memories>("memory")
    var globals = NameScope<IndexSpace.Globals>("global")
    var tags = NameScope<IndexSpace.Tags>("tag")
    var elements = NameScope<IndexSpace.Elements>("elem segment")
    var data = NameScope<IndexSpace.Data>("data segment")
    var fields: [TypeIndex: NameScope<IndexSpace.Fields>] = [:]

    /// The number of items of the spaces that exist so far, imports included.
    var counts = FieldCounts()
    /// The first final function type without supertypes that is a recursion group of its own, by its structure.
    var functionTypes: [FunctionType: TypeIndex] = [:]
    /// What the first definition is that no import may follow.
    private var firstDefinition: String?
    /// Whether a body names a data segment.
    var usesData = false
    /// All fields, in their order.
    private(set) var parsedFields: [ParsedField] = []
    /// What annotations say that is well formed but not valid.
    var invalidAnnotations: [TextError] = []
    var body = BodyState()
    /// Whether ``instructionPlaces`` are kept.
    let keepsPlaces: Bool
    /// By function, of each instruction the token that it begins with.
    var instructionPlaces: [FunctionIndex: [UInt32]] = [:]

    struct FieldCounts {
        var types: UInt32 = 0
        var functions: UInt32 = 0
        var tables: UInt32 = 0
        var memories: UInt32 = 0
        var globals: UInt32 = 0
        var tags: UInt32 = 0
        var elements: UInt32 = 0
        var data: UInt32 = 0
    }

    init(_ reader: TextReader, keepsPlaces: Bool = false) {
        self.reader = reader
        self.keepsPlaces = keepsPlaces
    }

    /// Parses fields up to a closing parenthesis or the end of the tokens, which is left to the caller.
    mutating func parseFields() throws(TextError) {
        let start = reader.position
        parsedFields = []
        try bindFields()
        try expectEndOfFields()
        let end = reader.position
        reader.move(to: start)
        counts = FieldCounts()
        try parseTypes()
        reader.move(to: start)
        while reader.kind == .leftParenthesis { try parseField() }
        try expectEndOfFields()
        module.names.types = types.names
        module.names.functions = functions.names
        module.names.tables = tables.names
        module.names.memories = memories.names
        module.names.globals = globals.names
        module.names.tags = tags.names
        module.names.elements = elements.names
        module.names.data = data.names
        for (type, scope) in fields where !scope.indices.isEmpty { module.names.fields[type] = scope.names }
        if usesData { module.dataCount = UInt32(truncatingIfNeeded: module.data.count) }
        try parseAnnotations(from: start, to: end)
    }

    private func expectEndOfFields() throws(TextError) {
        switch reader.kind {
        case .rightParenthesis: return
        case .end: if let error = reader.lexicalError { throw error }
        default: throw reader.unexpected()
        }
    }

    // MARK: First pass: names

    private mutating func bindFields() throws(TextError) {
        while reader.kind == .leftParenthesis {
            let start = reader.position
            if reader.tokens[Int(reader.tokens[start].partner)].kind == .end {
                // Never closed: what is wrong inside comes first, and the third pass finds it.
                reader.move(to: reader.tokens.count - 1)
                return
            }
            reader.advance()
            if reader.isWord("rec") {
                reader.advance()
                while reader.enters("type") {
                    try bindType()
                    leaveList()
                }
            } else if reader.takes("type") {
                try bindType()
            } else if reader.takes("func") {
                try bindDefinition(\.functions, \.functions)
            } else if reader.takes("table") {
                try bindDefinition(\.tables, \.tables)
                bindInlineElements(from: start)
            } else if reader.takes("memory") {
                try bindDefinition(\.memories, \.memories)
                bindInlineData(from: start)
            } else if reader.takes("global") {
                try bindDefinition(\.globals, \.globals)
            } else if reader.takes("tag") {
                try bindDefinition(\.tags, \.tags)
            } else if reader.takes("elem") {
                try bindDefinition(\.elements, \.elements)
            } else if reader.takes("data") {
                try bindDefinition(\.data, \.data)
            } else if reader.takes("import") {
                try bindImport()
            }
            reader.move(to: start)
            reader.skipList()
        }
    }

    /// Moves behind the list that the position is directly inside of; nested lists are skipped.
    private mutating func leaveList() {
        while reader.kind != .rightParenthesis, reader.kind != .end {
            if reader.kind == .leftParenthesis { reader.skipList() } else { reader.advance() }
        }
        reader.advance()
    }

    private mutating func bindType() throws(TextError) {
        let index = TypeIndex(counts.types)
        counts.types += 1
        if reader.kind == .identifier { try bind(\.types, to: index) }
    }

    private mutating func bindImport() throws(TextError) {
        guard reader.kind == .string, reader.kind(ahead: 1) == .string else { return }
        reader.advance()
        reader.advance()
        if reader.enters("func") {
            try bindDefinition(\.functions, \.functions)
        } else if reader.enters("table") {
            try bindDefinition(\.tables, \.tables)
        } else if reader.enters("memory") {
            try bindDefinition(\.memories, \.memories)
        } else if reader.enters("global") {
            try bindDefinition(\.globals, \.globals)
        } else if reader.enters("tag") {
            try bindDefinition(\.tags, \.tags)
        }
    }

    private mutating func bindDefinition<Space>(
        _ scope: WritableKeyPath<ModuleParser, NameScope<Space>>,
        _ count: WritableKeyPath<FieldCounts, UInt32>
    ) throws(TextError) {
        let index = Index<Space>(counts[keyPath: count])
        counts[keyPath: count] += 1
        if reader.kind == .identifier { try bind(scope, to: index) }
    }

    mutating func bind<Space>(
        _ scope: WritableKeyPath<ModuleParser, NameScope<Space>>,
        to index: Index<Space>
    ) throws(TextError) {
        let place = reader.position
        guard let identifier = reader.identifier() else { return }
        guard self[keyPath: scope].bind(identifier, to: index) else {
            throw reader.fail("duplicate \(self[keyPath: scope].kind) $\(identifier.text)", at: place)
        }
    }

    /// Counts the segment of `(table funcref (elem ...))`.
    private mutating func bindInlineElements(from start: Int) {
        if listHolds("elem", from: start) { counts.elements += 1 }
    }

    /// Counts the segment of `(memory (data ...))`.
    private mutating func bindInlineData(from start: Int) { if listHolds("data", from: start) { counts.data += 1 } }

    private mutating func listHolds(_ word: StaticString, from start: Int) -> Bool {
        reader.move(to: start + 1)
        while reader.kind != .rightParenthesis, reader.kind != .end {
            if reader.isList(word) { return true }
            if reader.kind == .leftParenthesis { reader.skipList() } else { reader.advance() }
        }
        return false
    }

    // MARK: Second pass: types

    private mutating func parseTypes() throws(TextError) {
        while reader.kind == .leftParenthesis {
            if reader.isList("type") {
                let first = module.types.count
                try parseTypeDefinition()
                module.recursionGroups.append(first..<module.types.count)
            } else if reader.enters("rec") {
                let first = module.types.count
                while reader.isList("type") { try parseTypeDefinition() }
                try reader.expectRight()
                module.recursionGroups.append(first..<module.types.count)
            } else {
                reader.skipList()
            }
        }
        for group in module.recursionGroups where group.count == 1 {
            let type = module.types[group.lowerBound]
            guard type.isFinal, type.supertypes.isEmpty, case .function(let function) = type.composite else { continue }
            if functionTypes[function] == nil { functionTypes[function] = TypeIndex(group.lowerBound) }
        }
    }

    // MARK: Third pass: everything else

    private mutating func parseField() throws(TextError) {
        let place = reader.position
        if reader.isList("type") || reader.isList("rec") {
            parsedFields.append(ParsedField(start: place, item: .type))
            reader.skipList()
            return
        }
        parsedFields.append(ParsedField(start: place, item: namedItem))
        reader.advance()
        if reader.takes("func") {
            try parseFunction()
        } else if reader.takes("table") {
            try parseTable()
        } else if reader.takes("memory") {
            try parseMemory()
        } else if reader.takes("global") {
            try parseGlobal()
        } else if reader.takes("tag") {
            try parseTag()
        } else if reader.takes("import") {
            try parseImport(at: place)
        } else if reader.takes("export") {
            let name = try reader.name()
            try reader.expectLeft()
            module.exports.append(Export(name: name, item: try externalIndex()))
        } else if reader.takes("start") {
            if module.start != nil { throw reader.fail("multiple start sections", at: place) }
            module.start = try functionIndex()
        } else if reader.takes("elem") {
            try parseElements()
        } else if reader.takes("data") {
            try parseData()
        } else {
            throw reader.unexpected()
        }
        try reader.expectRight()
    }

    /// What the field at hand defines.
    private var namedItem: ParsedField.Item {
        if reader.isList("func") { return .function(FunctionIndex(counts.functions)) }
        if reader.isList("table") { return .table(TableIndex(counts.tables)) }
        if reader.isList("memory") { return .memory(MemoryIndex(counts.memories)) }
        if reader.isList("global") { return .global(GlobalIndex(counts.globals)) }
        if reader.isList("tag") { return .tag(TagIndex(counts.tags)) }
        if reader.isList("elem") { return .element(ElementIndex(module.elements.count)) }
        if reader.isList("data") { return .data(DataIndex(module.data.count)) }
        return .nothing
    }

    /// Records that a definition of some kind stands here, after which no import may follow.
    mutating func noteDefinition(_ kind: String) { if firstDefinition == nil { firstDefinition = kind } }

    /// Checks that no definition stands before an import.
    func checkImport(at place: Int) throws(TextError) {
        if let firstDefinition { throw reader.fail("import after \(firstDefinition)", at: place) }
    }

    // MARK: Indices

    /// Reads an index by its number or its name.
    mutating func index<Space>(_ scope: NameScope<Space>) throws(TextError) -> Index<Space> {
        let place = reader.position
        if let identifier = reader.identifier() {
            guard let index = scope[identifier] else {
                throw reader.fail("unknown \(Self.errorName(scope.kind)) $\(identifier.text)", at: place)
            }
            return index
        }
        return Index<Space>(UInt32(truncatingIfNeeded: try reader.natural(width: 32)))
    }

    /// Error texts spell out what the grammar shortens.
    private static func errorName(_ kind: String) -> String { kind == "func" ? "function" : kind }

    /// Whether an index is at hand.
    var isIndex: Bool { reader.kind == .identifier || reader.isNatural }

    mutating func typeIndex() throws(TextError) -> TypeIndex { try index(types) }
    mutating func functionIndex() throws(TextError) -> FunctionIndex { try index(functions) }
    mutating func tableIndex() throws(TextError) -> TableIndex { try index(tables) }
    mutating func memoryIndex() throws(TextError) -> MemoryIndex { try index(memories) }
    mutating func globalIndex() throws(TextError) -> GlobalIndex { try index(globals) }
    mutating func tagIndex() throws(TextError) -> TagIndex { try index(tags) }
    mutating func elementIndex() throws(TextError) -> ElementIndex { try index(elements) }
    mutating func dataIndex() throws(TextError) -> DataIndex { try index(data) }

    /// Reads `func 3)` and its like, after the opening parenthesis.
    mutating func externalIndex() throws(TextError) -> ExternalIndex {
        let item: ExternalIndex
        if reader.takes("func") {
            item = .function(try functionIndex())
        } else if reader.takes("table") {
            item = .table(try tableIndex())
        } else if reader.takes("memory") {
            item = .memory(try memoryIndex())
        } else if reader.takes("global") {
            item = .global(try globalIndex())
        } else if reader.takes("tag") {
            item = .tag(try tagIndex())
        } else {
            throw reader.unexpected()
        }
        try reader.expectRight()
        return item
    }
}
