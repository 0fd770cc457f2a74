import WasmModel

/// Writes one module, field by field.
struct ModulePrinter {
    let module: Module
    let names: ModuleNames
    let imported: ImportedItems
    var writer = TextWriter()
    /// The names of the locals and labels of the function at hand.
    var localNames: [LocalIndex: String] = [:]
    var labels = LabelScope()
    /// Whether a body names a data segment.
    var usesData = false

    init(_ module: Module) {
        self.module = module
        self.names = PrintableNames(module).moduleNames
        self.imported = ImportedItems(module.imports)
    }

    mutating func print() -> String {
        writer.line("(module" + (names.module.map { " " + Self.identifier($0) } ?? ""))
        writer.indentation += 1
        types()
        imports()
        definitions()
        functions()
        segments()
        annotations()
        writer.indentation -= 1
        writer.line(")\n")
        return writer.text
    }

    // MARK: Names

    /// A name with its dollar sign, in quotation marks where it needs them.
    static func identifier(_ name: String) -> String {
        if !name.isEmpty, name.utf8.allSatisfy(TextLexer.isIdentifierCharacter) { return "$" + name }
        var text = "$"
        StringLiteral.append(name: name, to: &text)
        return text
    }

    /// A reference to an item by its name or its number.
    static func reference<Space>(_ index: Index<Space>, _ names: [Index<Space>: String]) -> String {
        if let name = names[index] { identifier(name) } else { index.description }
    }

    /// The name, where there is one, and the number of an item, at its definition.
    static func definition<Space>(_ position: Int, _ names: [Index<Space>: String]) -> String {
        if let name = names[Index(position)] { "\(identifier(name)) (;\(position);)" } else { "(;\(position);)" }
    }

    static func name(_ name: String) -> String {
        var text = ""
        StringLiteral.append(name: name, to: &text)
        return text
    }

    func reference(_ index: TypeIndex) -> String { Self.reference(index, names.types) }

    // MARK: Types

    private mutating func types() {
        for group in module.recursionGroups {
            let group = group.clamped(to: module.types.indices)
            let isPlain = group.count == 1
            if !isPlain {
                writer.line("(rec")
                writer.indentation += 1
            }
            for position in group { definition(of: position) }
            if !isPlain {
                writer.indentation -= 1
                writer.line(")")
            }
        }
    }

    private mutating func definition(of position: Int) {
        let type = module.types[position]
        writer.line("(type \(Self.definition(position, names.types))")
        let hasSub = !type.isFinal || !type.supertypes.isEmpty
        if hasSub {
            writer.item(type.isFinal ? "(sub final" : "(sub")
            for supertype in type.supertypes { writer.item(reference(supertype)) }
        }
        switch type.composite {
        case .function(let function):
            writer.item("(func")
            list("param", function.parameters)
            list("result", function.results)
            writer.append(")")
        case .structure(let fields):
            writer.item("(struct")
            let fieldNames = names.fields[TypeIndex(position)] ?? [:]
            for (index, field) in fields.enumerated() {
                let name = fieldNames[FieldIndex(index)].map { Self.identifier($0) + " " } ?? ""
                writer.item("(field \(name)\(text(field)))")
            }
            writer.append(")")
        case .array(let field): writer.item("(array \(text(field)))")
        }
        writer.append(hasSub ? "))" : ")")
    }

    private func text(_ field: FieldType) -> String {
        let storage: String
        switch field.storage {
        case .packedI8: storage = "i8"
        case .packedI16: storage = "i16"
        case .value(let type): storage = text(type)
        }
        return field.isMutable ? "(mut \(storage))" : storage
    }

    /// Writes `(param i32 i32)`, or nothing where there are no types.
    mutating func list(_ keyword: String, _ types: [ValueType]) {
        guard !types.isEmpty else { return }
        writer.item("(\(keyword)")
        for type in types { writer.item(text(type)) }
        writer.append(")")
    }

    func text(_ type: ValueType) -> String {
        switch type {
        case .i32: "i32"
        case .i64: "i64"
        case .f32: "f32"
        case .f64: "f64"
        case .v128: "v128"
        case .reference(let type): text(type)
        }
    }

    func text(_ type: ReferenceType) -> String {
        if type.isNullable, let abbreviation = type.heapType.nullableAbbreviation { return abbreviation }
        return "(ref \(type.isNullable ? "null " : "")\(text(type.heapType)))"
    }

    func text(_ type: HeapType) -> String {
        if case .defined(let index) = type { reference(index) } else { type.description }
    }

    private func text(_ limits: Limits) -> String {
        limits.maximum.map { "\(limits.minimum) \($0)" } ?? "\(limits.minimum)"
    }

    private func text(_ type: AddressType) -> String {
        switch type {
        case .i32: ""
        case .i64: "i64 "
        }
    }

    private func text(_ type: TableType) -> String {
        "\(text(type.addressType))\(text(type.limits)) \(text(type.element))"
    }

    private func text(_ type: MemoryType) -> String { "\(text(type.addressType))\(text(type.limits))" }

    private func text(_ type: GlobalType) -> String {
        type.isMutable ? "(mut \(text(type.valueType)))" : text(type.valueType)
    }

    // MARK: Imports and definitions

    private mutating func imports() {
        var next = (functions: 0, tables: 0, memories: 0, globals: 0, tags: 0)
        for item in module.imports {
            writer.line("(import \(Self.name(item.module)) \(Self.name(item.name))")
            switch item.type {
            case .function(let type):
                writer.item("(func \(Self.definition(next.functions, names.functions))")
                localNames = names.locals[FunctionIndex(next.functions)] ?? [:]
                signature(type)
                localNames = [:]
                writer.append(")")
                next.functions += 1
            case .table(let type):
                writer.item("(table \(Self.definition(next.tables, names.tables)) \(text(type)))")
                next.tables += 1
            case .memory(let type):
                writer.item("(memory \(Self.definition(next.memories, names.memories)) \(text(type)))")
                next.memories += 1
            case .global(let type):
                writer.item("(global \(Self.definition(next.globals, names.globals)) \(text(type)))")
                next.globals += 1
            case .tag(let type):
                writer.item("(tag \(Self.definition(next.tags, names.tags)) (type \(reference(type))))")
                next.tags += 1
            }
            writer.append(")")
        }
    }

    private mutating func definitions() {
        for (position, type) in module.tags.enumerated() {
            let head = Self.definition(imported.tags + position, names.tags)
            writer.line("(tag \(head) (type \(reference(type))))")
        }
        for (position, table) in module.tables.enumerated() {
            let head = Self.definition(imported.tables + position, names.tables)
            writer.line("(table \(head) \(text(table.type))")
            if let initializer = table.initializer { expression(initializer) }
            writer.append(")")
        }
        for (position, type) in module.memories.enumerated() {
            let head = Self.definition(imported.memories + position, names.memories)
            writer.line("(memory \(head) \(text(type)))")
        }
        for (position, global) in module.globals.enumerated() {
            let head = Self.definition(imported.globals + position, names.globals)
            writer.line("(global \(head) \(text(global.type))")
            expression(global.initializer)
            writer.append(")")
        }
        for export in module.exports {
            let item: String
            switch export.item {
            case .function(let index): item = "func \(Self.reference(index, names.functions))"
            case .table(let index): item = "table \(Self.reference(index, names.tables))"
            case .memory(let index): item = "memory \(Self.reference(index, names.memories))"
            case .global(let index): item = "global \(Self.reference(index, names.globals))"
            case .tag(let index): item = "tag \(Self.reference(index, names.tags))"
            }
            writer.line("(export \(Self.name(export.name)) (\(item)))")
        }
        if let start = module.start { writer.line("(start \(Self.reference(start, names.functions)))") }
    }

    // MARK: Segments

    private mutating func segments() {
        for (position, segment) in module.elements.enumerated() {
            writer.line("(elem \(Self.definition(position, names.elements))")
            switch segment.mode {
            case .passive: break
            case .declarative: writer.item("declare")
            case .active(let table, let offset):
                writer.item("(table \(Self.reference(table, names.tables)))")
                self.offset(offset)
            }
            switch segment.items {
            case .functions(let functions) where segment.type == ReferenceType(isNullable: false, .function):
                writer.item("func")
                for function in functions { writer.item(Self.reference(function, names.functions)) }
            case .functions(let functions):
                writer.item(text(segment.type))
                for function in functions { writer.item("(ref.func \(Self.reference(function, names.functions)))") }
            case .expressions(let expressions):
                writer.item(text(segment.type))
                for expression in expressions { item(expression) }
            }
            writer.append(")")
        }
        for (position, segment) in module.data.enumerated() {
            writer.line("(data \(Self.definition(position, names.data))")
            if case .active(let memory, let offset) = segment.mode {
                writer.item("(memory \(Self.reference(memory, names.memories)))")
                self.offset(offset)
            }
            strings(segment.bytes)
            writer.append(")")
        }
    }

    /// Writes bytes as strings of at most 64 bytes.
    private mutating func strings(_ bytes: [UInt8]) {
        for start in stride(from: 0, to: bytes.count, by: 64) {
            var literal = ""
            StringLiteral.append(bytes[start..<min(start + 64, bytes.count)], to: &literal)
            writer.item(literal)
        }
    }

    private mutating func annotations() {
        for section in module.customSections {
            let place: String
            switch SectionIdentifier(rawValue: section.followsSection) ?? .data {
            case .custom: place = "before first"
            case let identifier: place = "after \(identifier.annotationName)"
            }
            writer.line("(@custom \(Self.name(section.name)) (\(place))")
            strings(section.bytes)
            writer.append(")")
        }
        let implied = usesData ? UInt32(truncatingIfNeeded: module.data.count) : nil
        if module.dataCount != implied {
            writer.line("(@datacount\(module.dataCount.map { " \($0)" } ?? ""))")
        }
    }
}
