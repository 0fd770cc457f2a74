import WasmModel

/// Builds the module of a recipe; valid by construction.
///
/// Every function and every block of the case has the recipe's parameters and results (a block may take its values from locals
/// instead, and what is between a tail call and its caller has fewer parameters). Conditions, loop counts, branch targets and
/// references to callees are read from mutable globals, so that a compiler cannot fold them.
struct ModuleGenerator {
    let recipe: CaseRecipe
    let edges: [Edge]
    var module: Module
    private var typeIndices: [FunctionType: TypeIndex] = [:]
    private var needsTable = false

    let iterations: GlobalIndex
    let condition: GlobalIndex
    let target: GlobalIndex
    private let tableSlot: GlobalIndex
    /// The tag of exceptions that carry results.
    let resultsTag: TagIndex
    /// The tag of exceptions that carry parameters.
    let parametersTag: TagIndex
    /// The table of indirect calls, where there are any.
    let table: TableIndex
    /// The function of the host that ``Edge/hostImport`` calls.
    let hostFunction: FunctionIndex
    /// Results are stored in memory this far apart, in bytes.
    private static let storeStride = 16
    /// So many results at most are stored: one page of memory holds them.
    private static let maximumStores = 65_536 / storeStride

    /// - Parameters:
    ///   - module: what there is already, if it is not a module of its own that is made.
    ///   - hostFunction: the function of the host, which a module that is there already has to import.
    init(recipe: CaseRecipe, in module: Module = Module(), hostFunction: FunctionIndex = 0) {
        self.recipe = recipe
        self.module = module
        self.hostFunction = hostFunction
        edges = recipe.effectiveEdges
        let globals = module.globals.count
        iterations = GlobalIndex(globals)
        condition = GlobalIndex(globals + 1)
        target = GlobalIndex(globals + 2)
        tableSlot = GlobalIndex(globals + 3)
        resultsTag = TagIndex(module.tags.count)
        parametersTag = TagIndex(module.tags.count + 1)
        table = TableIndex(module.tables.count)
    }

    mutating func generate() -> Module {
        let type = functionType
        if edges.contains(.hostImport) {
            module.imports.append(Import(module: "host", name: "f0", type: .function(type)))
        }
        addReferencedFunctions()
        let main = addFunctions()
        for (number, name) in ["iterations", "condition", "target", "slot"].enumerated() {
            module.exports.append(Export(name: name, item: .global(GlobalIndex(iterations.position + number))))
        }
        if recipe.storesResults {
            module.memories.append(MemoryType(limits: Limits(minimum: 1, maximum: 1)))
            module.exports.append(Export(name: "memory", item: .memory(0)))
        }
        module.exports.insert(Export(name: CaseRecipe.exportName, item: .function(main)), at: 0)
        return module
    }

    /// Adds the functions of the recipe with the globals, tags and tables that they use; where it stores results there has to be a memory.
    /// - Returns: the outermost one.
    mutating func addFunctions() -> FunctionIndex {
        addGlobals()
        if edges.contains(where: \.usesExceptions) {
            module.tags += [typeIndex(recipe.results, []), typeIndex(recipe.parameters, [])]
        }
        let main = addFunction(level: 0)
        if needsTable { addTable() }
        return main
    }

    // MARK: Types

    /// The type of the exported function, and of most others.
    var functionType: TypeIndex { mutating get { typeIndex(recipe.parameters, recipe.results) } }

    /// The index of a function type, which is added where the module does not have it.
    mutating func typeIndex(_ parameters: [ValueType], _ results: [ValueType]) -> TypeIndex {
        let type = FunctionType(parameters: parameters, results: results)
        if let known = typeIndices[type] { return known }
        let index = module.addType(type)
        typeIndices[type] = index
        return index
    }

    /// The type of a block that takes the parameters where they are on the stack.
    mutating func blockType(for source: Source, results: [ValueType]) -> BlockType {
        switch source {
        case .onStack: .type(typeIndex(recipe.parameters, results))
        case .inLocals: .type(typeIndex([], results))
        }
    }

    // MARK: Module items

    private mutating func addGlobals() {
        for value in [recipe.iterations, recipe.condition ? 1 : 0, recipe.branchTarget, 1] {
            module.globals.append(
                Global(
                    type: GlobalType(.i32, isMutable: true),
                    initializer: [Instruction(.i32Const, .i32(Int32(value))), Instruction(.end)]
                )
            )
        }
    }

    /// The functions that tagged references point to, declared so that `ref.func` may name them.
    private mutating func addReferencedFunctions() {
        let types = [recipe.parameters, recipe.results].joined()
        guard types.contains(.functionReference) else { return }
        while module.imports.count + module.functions.count < TaggedValue.functionCount {
            _ = add(BodyBuilder(parameterCount: 0), ofType: typeIndex([], []))
        }
        module.elements.append(
            ElementSegment(
                type: ReferenceType(isNullable: false, .function),
                items: .functions((0..<TaggedValue.functionCount).map { FunctionIndex($0) }),
                mode: .declarative
            )
        )
    }

    /// A table whose slot 0 is null and whose slots after it are the functions, so that slot numbers and indices differ.
    private mutating func addTable() {
        let functions = (0..<module.functions.count).map { FunctionIndex(module.imports.count + $0) }
        let size = UInt64(functions.count + 1)
        module.tables.append(Table(type: TableType(limits: Limits(minimum: size, maximum: size), element: .function)))
        module.elements.append(
            ElementSegment(
                type: ReferenceType(isNullable: false, .function),
                items: .functions(functions),
                mode: .active(table, offset: [Instruction(.i32Const, .i32(1)), Instruction(.end)])
            )
        )
    }

    /// Pushes the slot of a function in the table, which is one more than its place among the defined functions.
    mutating func pushSlot(of callee: FunctionIndex, _ body: inout BodyBuilder) {
        needsTable = true
        body.emit(.i32Const, .i32(Int32(callee.position - module.imports.count)))
        body.emit(.globalGet, .global(tableSlot))
        body.emit(.i32Add)
    }

    /// Adds a mutable global.
    mutating func addGlobal(of type: ReferenceType, _ initializer: Instruction) -> GlobalIndex {
        module.globals.append(
            Global(type: GlobalType(.reference(type), isMutable: true), initializer: [initializer, Instruction(.end)])
        )
        return GlobalIndex(module.globals.count - 1)
    }

    /// Adds a function; the body is without its `end`.
    mutating func add(_ body: BodyBuilder, ofType type: TypeIndex) -> FunctionIndex {
        var body = body
        body.emit(.end)
        module.functions.append(Function(type: type, locals: body.locals, body: body.instructions))
        return FunctionIndex(module.imports.count + module.functions.count - 1)
    }

    /// Adds the function whose body crosses the edges from `level` on; callees come before their callers.
    mutating func addFunction(level: Int) -> FunctionIndex {
        var body = BodyBuilder(parameterCount: recipe.parameters.count)
        cross(level, .inLocals(first: 0), &body)
        if level == 0, recipe.storesResults { storeResults(&body) }
        return add(body, ofType: functionType)
    }

    // MARK: Values

    /// Where the values that cross an edge are.
    enum Source {
        case onStack
        case inLocals(first: Int)
    }

    func push(_ source: Source, _ body: inout BodyBuilder) {
        guard case .inLocals(let first) = source else { return }
        for position in recipe.parameters.indices { body.emit(.localGet, .local(LocalIndex(first + position))) }
    }

    /// The first of the locals that hold the parameters; takes them off the stack if they are there.
    func locals(_ source: Source, _ body: inout BodyBuilder) -> Int {
        switch source {
        case .onStack: body.popIntoLocals(recipe.parameters)
        case .inLocals(let first): first
        }
    }

    func innermost(_ source: Source, _ body: inout BodyBuilder) {
        switch recipe.routing {
        case .inOrder, .reversed, .constants, .random: route(recipe.sources, source, &body)
        case .arithmetic:
            var arithmetic = ArithmeticBody(recipe: recipe, firstParameter: locals(source, &body))
            for type in recipe.results { arithmetic.emitExpression(of: type, &body) }
        }
    }

    func route(_ sources: [ResultSource], _ source: Source, _ body: inout BodyBuilder) {
        body.emit(sources, of: recipe.results, first: locals(source, &body))
    }

    /// Replaces the last result by a constant that says which way was taken.
    func mark(_ number: Int, _ body: inout BodyBuilder) {
        guard let type = recipe.results.last else { return }
        body.emit(.drop)
        body.emitConstant(TaggedValue.mark(number, type, seed: recipe.constantsSeed), type)
    }

    private func storeResults(_ body: inout BodyBuilder) {
        let first = body.popIntoLocals(recipe.results)
        for (position, type) in recipe.results.prefix(Self.maximumStores).enumerated() {
            guard let store = BodyBuilder.store(of: type) else { continue }
            body.emit(.i32Const, .i32(Int32(position * Self.storeStride)))
            body.emit(.localGet, .local(LocalIndex(first + position)))
            body.emit(store.opcode, store.immediate)
        }
        for position in recipe.results.indices { body.emit(.localGet, .local(LocalIndex(first + position))) }
    }
}
