import WasmModel

extension ModuleParser {
    /// Reads the inline exports of a definition.
    private mutating func inlineExports(_ item: ExternalIndex) throws(TextError) {
        while reader.enters("export") {
            module.exports.append(Export(name: try reader.name(), item: item))
            try reader.expectRight()
        }
    }

    /// Reads `(import "module" "name")` inside a definition, where it is at hand.
    private mutating func inlineImport() throws(TextError) -> (module: String, name: String)? {
        let place = reader.position
        guard reader.enters("import") else { return nil }
        try checkImport(at: place)
        let names = (module: try reader.name(), name: try reader.name())
        try reader.expectRight()
        return names
    }

    private mutating func addImport(_ names: (module: String, name: String), _ type: ExternalType) {
        module.imports.append(Import(module: names.module, name: names.name, type: type))
    }

    /// Reads what follows `(import`.
    mutating func parseImport(at place: Int) throws(TextError) {
        try checkImport(at: place)
        let names = (module: try reader.name(), name: try reader.name())
        try reader.expectLeft()
        let word = reader.position
        reader.advance()
        _ = reader.identifier()
        if reader.isWord(at: word, "func") {
            try functionImport(names)
        } else if reader.isWord(at: word, "table") {
            counts.tables += 1
            addImport(names, .table(try tableType()))
        } else if reader.isWord(at: word, "memory") {
            counts.memories += 1
            addImport(names, .memory(try memoryType()))
        } else if reader.isWord(at: word, "global") {
            counts.globals += 1
            addImport(names, .global(try globalType()))
        } else if reader.isWord(at: word, "tag") {
            counts.tags += 1
            addImport(names, .tag(try resolve(try typeUse { _, _ in })))
        } else {
            throw reader.unexpected(at: word)
        }
        try reader.expectRight()
    }

    private mutating func functionImport(_ names: (module: String, name: String)) throws(TextError) {
        let index = FunctionIndex(counts.functions)
        counts.functions += 1
        var locals = NameScope<IndexSpace.Locals>("local")
        let use = try typeUse { (identifier, position) throws(TextError) in
            try Self.bindLocal(identifier, position, in: &locals)
        }
        if !locals.indices.isEmpty { module.names.locals[index] = locals.names }
        addImport(names, .function(try resolve(use)))
    }

    private static func bindLocal(
        _ identifier: Identifier,
        _ position: Int,
        in locals: inout NameScope<IndexSpace.Locals>
    ) throws(TextError) {
        guard locals.bind(identifier, to: LocalIndex(position)) else {
            throw TextError("duplicate local $\(identifier.text)", line: 0, column: 0)
        }
    }

    /// Reads what follows `(func`.
    mutating func parseFunction() throws(TextError) {
        let index = FunctionIndex(counts.functions)
        _ = reader.identifier()
        try inlineExports(.function(index))
        if let names = try inlineImport() {
            try functionImport(names)
            return
        }
        noteDefinition("function")
        counts.functions += 1
        var locals = NameScope<IndexSpace.Locals>("local")
        let use = try typeUse { (identifier, position) throws(TextError) in
            try Self.bindLocal(identifier, position, in: &locals)
        }
        let type = try resolve(use)
        let parameterCount = parameterCount(of: use, type)
        var types: [ValueType] = []
        while reader.enters("local") {
            let place = reader.position
            if let identifier = reader.identifier() {
                guard locals.bind(identifier, to: LocalIndex(parameterCount + types.count)) else {
                    throw reader.fail("duplicate local $\(identifier.text)", at: place)
                }
                types.append(try valueType())
            } else {
                while reader.kind != .rightParenthesis { types.append(try valueType()) }
            }
            try reader.expectRight()
        }
        var runs: [LocalRun] = []
        for type in types {
            if let last = runs.indices.last, runs[last].type == type {
                runs[last].count += 1
            } else {
                runs.append(LocalRun(count: 1, type: type))
            }
        }
        body = BodyState(keepsPlaces: keepsPlaces)
        body.locals = locals
        let instructions = try parseInstructions()
        if !locals.indices.isEmpty { module.names.locals[index] = locals.names }
        if !body.labelNames.isEmpty { module.names.labels[index] = body.labelNames }
        module.functions.append(Function(type: type, locals: runs, body: instructions))
        if keepsPlaces { instructionPlaces[index] = body.places }
    }

    /// Reads what follows `(tag`.
    mutating func parseTag() throws(TextError) {
        let index = TagIndex(counts.tags)
        _ = reader.identifier()
        try inlineExports(.tag(index))
        if let names = try inlineImport() {
            addImport(names, .tag(try resolve(try typeUse { _, _ in })))
        } else {
            noteDefinition("tag")
            module.tags.append(try resolve(try typeUse { _, _ in }))
        }
        counts.tags += 1
    }

    /// Reads what follows `(global`.
    mutating func parseGlobal() throws(TextError) {
        let index = GlobalIndex(counts.globals)
        _ = reader.identifier()
        try inlineExports(.global(index))
        if let names = try inlineImport() {
            addImport(names, .global(try globalType()))
        } else {
            noteDefinition("global")
            let type = try globalType()
            module.globals.append(Global(type: type, initializer: try expression()))
        }
        counts.globals += 1
    }

    /// Reads what follows `(memory`.
    mutating func parseMemory() throws(TextError) {
        let index = MemoryIndex(counts.memories)
        _ = reader.identifier()
        try inlineExports(.memory(index))
        if let names = try inlineImport() {
            addImport(names, .memory(try memoryType()))
            counts.memories += 1
            return
        }
        noteDefinition("memory")
        counts.memories += 1
        let start = reader.position
        let addressType = addressTypeBeforeContent()
        guard reader.enters("data") else {
            reader.move(to: start)
            module.memories.append(try memoryType())
            return
        }
        let bytes = reader.strings()
        try reader.expectRight()
        let pages = UInt64((bytes.count + 0xFFFF) / 0x1_0000)
        module.memories.append(
            MemoryType(addressType: addressType, limits: Limits(minimum: pages, maximum: pages))
        )
        module.data.append(DataSegment(bytes: bytes, mode: .active(index, offset: Self.zero(addressType))))
    }

    private static func zero(_ addressType: AddressType) -> Expression {
        switch addressType {
        case .i32: [Instruction(.i32Const, .i32(0)), Instruction(.end)]
        case .i64: [Instruction(.i64Const, .i64(0)), Instruction(.end)]
        }
    }

    /// Reads what follows `(table`.
    mutating func parseTable() throws(TextError) {
        let index = TableIndex(counts.tables)
        _ = reader.identifier()
        try inlineExports(.table(index))
        if let names = try inlineImport() {
            addImport(names, .table(try tableType()))
            counts.tables += 1
            return
        }
        noteDefinition("table")
        counts.tables += 1
        let start = reader.position
        let addressType = addressTypeBeforeContent()
        guard isReferenceType else {
            reader.move(to: start)
            let type = try tableType()
            let initializer = reader.kind == .leftParenthesis || reader.kind == .word ? try expression() : nil
            module.tables.append(Table(type: type, initializer: initializer))
            return
        }
        let element = try referenceType()
        guard reader.enters("elem") else { throw reader.unexpected() }
        let items: ElementItems
        let type: ReferenceType
        if isIndex || reader.kind == .rightParenthesis {
            let functions = try functionIndices()
            if element == .function {
                items = .functions(functions)
                type = ReferenceType(isNullable: false, .function)
            } else {
                items = .expressions(functions.map { [Instruction(.refFunc, .function($0)), Instruction(.end)] })
                type = element
            }
        } else {
            items = .expressions(try elementExpressions())
            type = element
        }
        try reader.expectRight()
        let size: UInt64
        switch items {
        case .functions(let functions): size = UInt64(functions.count)
        case .expressions(let expressions): size = UInt64(expressions.count)
        }
        module.tables.append(
            Table(
                type: TableType(
                    addressType: addressType,
                    limits: Limits(minimum: size, maximum: size),
                    element: element
                )
            )
        )
        let mode = ElementMode.active(index, offset: Self.zero(addressType))
        module.elements.append(ElementSegment(type: type, items: items, mode: mode))
    }

    // MARK: Segments

    private mutating func functionIndices() throws(TextError) -> [FunctionIndex] {
        var indices: [FunctionIndex] = []
        while isIndex { indices.append(try functionIndex()) }
        return indices
    }

    private mutating func elementExpressions() throws(TextError) -> [Expression] {
        var expressions: [Expression] = []
        while reader.kind == .leftParenthesis {
            if reader.enters("item") {
                expressions.append(try expression())
                try reader.expectRight()
            } else {
                expressions.append(try foldedExpression())
            }
        }
        return expressions
    }

    /// Reads `(offset ...)` or one folded instruction.
    private mutating func offset() throws(TextError) -> Expression {
        if reader.enters("offset") {
            let expression = try expression()
            try reader.expectRight()
            return expression
        }
        return try foldedExpression()
    }

    /// Reads what follows `(elem`.
    mutating func parseElements() throws(TextError) {
        _ = reader.identifier()
        var mode = ElementMode.passive
        var namesTable = false
        if reader.takes("declare") {
            mode = .declarative
        } else if reader.kind == .leftParenthesis, !isReferenceType {
            var table = TableIndex(0)
            if reader.enters("table") {
                namesTable = true
                table = try tableIndex()
                try reader.expectRight()
            }
            mode = .active(table, offset: try offset())
        }
        var type = ReferenceType(isNullable: false, .function)
        let items: ElementItems
        if reader.takes("func") {
            items = .functions(try functionIndices())
        } else if isReferenceType {
            type = try referenceType()
            items = .expressions(try elementExpressions())
        } else if case .active = mode, !namesTable {
            // The abbreviation without `func` is one of segments that leave out the table, too.
            items = .functions(try functionIndices())
        } else {
            throw reader.unexpected()
        }
        module.elements.append(ElementSegment(type: type, items: items, mode: mode))
    }

    /// Reads what follows `(data`.
    mutating func parseData() throws(TextError) {
        _ = reader.identifier()
        var mode = DataMode.passive
        if reader.kind == .leftParenthesis {
            var memory = MemoryIndex(0)
            if reader.enters("memory") {
                memory = try memoryIndex()
                try reader.expectRight()
            }
            mode = .active(memory, offset: try offset())
        }
        module.data.append(DataSegment(bytes: reader.strings(), mode: mode))
    }

    // MARK: Expressions

    /// Reads instructions up to a closing parenthesis.
    private mutating func expression() throws(TextError) -> Expression {
        body = BodyState()
        return try parseInstructions()
    }

    /// Reads one folded instruction.
    private mutating func foldedExpression() throws(TextError) -> Expression {
        guard reader.kind == .leftParenthesis else { throw reader.unexpected() }
        body = BodyState()
        return try parseInstructions(onlyOne: true)
    }
}
