import WasmModel

/// Builds the module of a recipe; valid by construction.
///
/// Every function and every block of the case has the recipe's parameters and results (a block may take its values from locals
/// instead). Conditions, loop counts and branch targets are read from mutable globals, so that a compiler cannot fold them.
struct ModuleGenerator {
    private let recipe: CaseRecipe
    private let edges: [Edge]
    private var module = Module()
    private var functionType: TypeIndex = 0
    private var resultsOnlyType: TypeIndex = 0

    private static let iterations: GlobalIndex = 0
    private static let condition: GlobalIndex = 1
    private static let target: GlobalIndex = 2
    private static let tableSlot: GlobalIndex = 3
    /// Results are stored in memory this far apart, in bytes.
    private static let storeStride = 16
    /// So many results at most are stored: one page of memory holds them.
    private static let maximumStores = 65_536 / storeStride

    init(recipe: CaseRecipe) {
        self.recipe = recipe
        edges = recipe.effectiveEdges
    }

    mutating func generate() -> Module {
        functionType = module.addType(FunctionType(parameters: recipe.parameters, results: recipe.results))
        resultsOnlyType = module.addType(FunctionType(results: recipe.results))
        if edges.contains(.hostImport) {
            module.imports.append(Import(module: "host", name: "f0", type: .function(functionType)))
        }
        addGlobals()
        let main = addFunction(level: 0)
        if edges.contains(.indirectCall) { addTable() }
        if recipe.storesResults {
            module.memories.append(MemoryType(limits: Limits(minimum: 1, maximum: 1)))
            module.exports.append(Export(name: "memory", item: .memory(0)))
        }
        module.exports.insert(Export(name: CaseRecipe.exportName, item: .function(main)), at: 0)
        return module
    }

    // MARK: Module items

    private mutating func addGlobals() {
        let values: [(name: String, value: Int)] = [
            ("iterations", recipe.iterations), ("condition", recipe.condition ? 1 : 0), ("target", recipe.target),
            ("slot", 1),
        ]
        for (position, global) in values.enumerated() {
            module.globals.append(
                Global(
                    type: GlobalType(.i32, isMutable: true),
                    initializer: [Instruction(.i32Const, .i32(Int32(global.value))), Instruction(.end)]
                )
            )
            module.exports.append(Export(name: global.name, item: .global(GlobalIndex(position))))
        }
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
                mode: .active(0, offset: [Instruction(.i32Const, .i32(1)), Instruction(.end)])
            )
        )
    }

    /// Adds the function whose body crosses the edges from `level` on; callees come before their callers.
    private mutating func addFunction(level: Int) -> FunctionIndex {
        var body = BodyBuilder(parameterCount: recipe.parameters.count)
        cross(level, .inLocals(first: 0), &body)
        if level == 0, recipe.storesResults { storeResults(&body) }
        body.emit(.end)
        module.functions.append(Function(type: functionType, locals: body.locals, body: body.instructions))
        return FunctionIndex(module.imports.count + module.functions.count - 1)
    }

    // MARK: Edges

    /// Where the values that cross an edge are.
    private enum Source {
        case onStack
        case inLocals(first: Int)
    }

    private mutating func cross(_ level: Int, _ source: Source, _ body: inout BodyBuilder) {
        guard level < edges.count else { return innermost(source, &body) }
        let wholeType = BlockType.type(functionType)
        switch edges[level] {
        case .export:
            cross(level + 1, source, &body)
        case .directCall:
            let callee = addFunction(level: level + 1)
            push(source, &body)
            body.emit(.call, .function(callee))
        case .indirectCall:
            let callee = addFunction(level: level + 1)
            push(source, &body)
            // The slot of a function is one more than its place among the defined functions.
            body.emit(.i32Const, .i32(Int32(callee.position - module.imports.count)))
            body.emit(.globalGet, .global(Self.tableSlot))
            body.emit(.i32Add)
            body.emit(.callIndirect, .callIndirect(functionType, 0))
        case .hostImport:
            push(source, &body)
            body.emit(.call, .function(0))
        case .block:
            push(source, &body)
            body.emit(.block, .block(wholeType))
            cross(level + 1, .onStack, &body)
            body.emit(.end)
        case .loop:
            push(source, &body)
            body.emit(.loop, .block(wholeType))
            body.emit(.globalGet, .global(Self.iterations))
            body.emit(.i32Eqz)
            body.emit(.if, .block(wholeType))
            cross(level + 1, .onStack, &body)
            body.emit(.else)
            goRound(&body)
            body.emit(.br, .label(1))
            body.emit(.end)
            body.emit(.end)
        case .if:
            push(source, &body)
            body.emit(.globalGet, .global(Self.condition))
            body.emit(.if, .block(wholeType))
            cross(level + 1, .onStack, &body)
            body.emit(.else)
            route(recipe.alternativeSources, .onStack, &body)
            body.emit(.end)
        case .branchTable:
            let type = blockType(for: source)
            for _ in 0..<3 { body.emit(.block, .block(type)) }
            cross(level + 1, source, &body)
            body.emit(.globalGet, .global(Self.target))
            body.emit(.brTable, .labelTable([0, 1, 2]))
            body.emit(.end)
            mark(0, &body)
            body.emit(.br, .label(1))
            body.emit(.end)
            mark(1, &body)
            body.emit(.end)
        case .branchIf:
            body.emit(.block, .block(blockType(for: source)))
            cross(level + 1, source, &body)
            body.emit(.globalGet, .global(Self.condition))
            body.emit(.brIf, .label(0))
            mark(2, &body)
            body.emit(.end)
        case .earlyReturn:
            body.emit(.block, .block(blockType(for: source)))
            cross(level + 1, source, &body)
            body.emit(.return)
            body.emit(.end)
        }
    }

    private func blockType(for source: Source) -> BlockType {
        switch source {
        case .onStack: .type(functionType)
        case .inLocals: .type(resultsOnlyType)
        }
    }

    /// Counts one iteration down and leaves the rotated parameters on the stack, which holds the parameters.
    private func goRound(_ body: inout BodyBuilder) {
        let first = popParameters(&body)
        body.emit(.globalGet, .global(Self.iterations))
        body.emit(.i32Const, .i32(1))
        body.emit(.i32Sub)
        body.emit(.globalSet, .global(Self.iterations))
        for position in recipe.rotation { body.emit(.localGet, .local(LocalIndex(first + position))) }
    }

    private func innermost(_ source: Source, _ body: inout BodyBuilder) {
        switch recipe.routing {
        case .inOrder, .reversed, .constants, .random: route(recipe.sources, source, &body)
        case .arithmetic:
            let first: Int
            switch source {
            case .onStack: first = popParameters(&body)
            case .inLocals(let position): first = position
            }
            var arithmetic = ArithmeticBody(recipe: recipe, firstParameter: first)
            for type in recipe.results { arithmetic.emitExpression(of: type, &body) }
        }
    }

    private func route(_ sources: [ResultSource], _ source: Source, _ body: inout BodyBuilder) {
        let first: Int
        switch source {
        case .onStack: first = popParameters(&body)
        case .inLocals(let position): first = position
        }
        for source in sources {
            switch source {
            case .parameter(let position): body.emit(.localGet, .local(LocalIndex(first + position)))
            case .constant(let value): body.emitConstant(value)
            }
        }
    }

    private func push(_ source: Source, _ body: inout BodyBuilder) {
        guard case .inLocals(let first) = source else { return }
        for position in recipe.parameters.indices { body.emit(.localGet, .local(LocalIndex(first + position))) }
    }

    private func popParameters(_ body: inout BodyBuilder) -> Int { body.popIntoLocals(recipe.parameters) }

    /// Replaces the last result by a constant that says which way was taken.
    private func mark(_ number: Int, _ body: inout BodyBuilder) {
        guard let type = recipe.results.last else { return }
        body.emit(.drop)
        body.emitConstant(TaggedValue.mark(number, type, seed: recipe.seed))
    }

    private func storeResults(_ body: inout BodyBuilder) {
        let first = body.popIntoLocals(recipe.results)
        for (position, type) in recipe.results.prefix(Self.maximumStores).enumerated() {
            // The bits of a computed NaN are not determined: core 3.0, section 4.3.3.
            if recipe.routing == .arithmetic, type == .f32 || type == .f64 { continue }
            body.emit(.i32Const, .i32(Int32(position * Self.storeStride)))
            body.emit(.localGet, .local(LocalIndex(first + position)))
            body.emitStore(of: type)
        }
        for position in recipe.results.indices { body.emit(.localGet, .local(LocalIndex(first + position))) }
    }
}
