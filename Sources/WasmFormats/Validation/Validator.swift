import WasmModel

/// Checks modules against the validation rules.
///
/// Spec: core 3.0, chapter 3 "Validation".
public enum Validator {
    /// Validates a module.
    /// - Parameters:
    ///   - module: the module.
    ///   - features: what the module may use; anything beyond is an error that names the feature.
    ///   - rules: of whoever has others than the specification.
    /// - Returns: the module with what is known about it.
    /// - Throws: the first violation that is found, or the figure of the implementation limit that is exceeded.
    public static func validate(
        _ module: Module,
        features: FeatureSet = .wasm3,
        rules: ValidationRules = ValidationRules()
    ) throws(ValidationError) -> ValidatedModule {
        if let excess = ModuleLimits.excess(in: module) { throw ValidationError(excess) }
        var validator = ModuleValidator(module, types: try TypeSpace(of: module, features: features), rules)
        return try validator.validate()
    }

    /// What stands on the operand stack before some instructions of a function that a module defines.
    /// - Parameters:
    ///   - position: of the function among the definitions.
    ///   - positions: of instructions in its body, in rising order.
    /// - Returns: one state for each position; fewer where positions are behind the body.
    public static func operandStates(
        of module: ValidatedModule,
        inDefined position: Int,
        before positions: [Int]
    ) -> [OperandState] {
        guard let types = try? TypeSpace(of: module.module, features: module.features) else { return [] }
        var validator = ModuleValidator(module.module, types: types)
        return (try? validator.operandStates(inDefined: position, before: positions)) ?? []
    }
}

/// The state of validating one module.
///
/// Spec: core 3.0, section 3.5 "Modules".
struct ModuleValidator {
    let module: Module
    private var spaces: IndexSpaces
    private var imported = ImportCounts()

    init(_ module: Module, types: TypeSpace, _ rules: ValidationRules = ValidationRules()) {
        self.module = module
        spaces = IndexSpaces(types: types, rules: rules)
    }

    private mutating func fillSpaces() throws(ValidationError) {
        try addImports()
        try addDefinitions()
        try checkCounts()
        try addSegments()
        addDeclarations()
    }

    mutating func operandStates(
        inDefined position: Int,
        before positions: [Int]
    ) throws(ValidationError) -> [OperandState] {
        try fillSpaces()
        var bodies = BodyValidator(spaces)
        return try bodies.operandStates(
            module.functions[position],
            index: FunctionIndex(imported.functions + position),
            before: positions
        )
    }

    mutating func validate() throws(ValidationError) -> ValidatedModule {
        try fillSpaces()
        var bodies = BodyValidator(spaces)
        try checkInitializers(&bodies)
        try checkSegments(&bodies)
        try checkStart()
        try checkExports()
        var definedFunctions: [ValidatedFunction] = []
        definedFunctions.reserveCapacity(module.functions.count)
        for (position, function) in module.functions.enumerated() {
            let index = FunctionIndex(imported.functions + position)
            if function.offsets.values.isEmpty, let excess = ModuleLimits.excess(inBodyOf: function) {
                throw ValidationError(excess, function: index)
            }
            definedFunctions.append(try bodies.validate(function, index: index))
        }
        return ValidatedModule(
            module: module,
            features: spaces.types.features,
            importCounts: imported,
            functionTypeIndices: spaces.functions,
            tableTypes: spaces.tables,
            memoryTypes: spaces.memories,
            globalTypes: spaces.globals,
            tagTypeIndices: spaces.tags,
            definedFunctions: definedFunctions,
            canonicalTypes: spaces.types.canonical.map { TypeIndex($0) },
            functionTypes: module.types.map { $0.functionType ?? FunctionType() }
        )
    }

    // MARK: Index spaces

    private mutating func addImports() throws(ValidationError) {
        for item in module.imports {
            switch item.type {
            case .function(let index):
                spaces.functions.append(try functionType(index))
                imported.functions += 1
            case .table(let type):
                try check(type)
                spaces.tables.append(type)
                imported.tables += 1
            case .memory(let type):
                try check(type)
                spaces.memories.append(type)
                imported.memories += 1
            case .global(let type):
                try check(type)
                spaces.globals.append(type)
                imported.globals += 1
            case .tag(let index):
                spaces.tags.append(try tagType(index))
                imported.tags += 1
            }
        }
    }

    private mutating func addDefinitions() throws(ValidationError) {
        for function in module.functions { spaces.functions.append(try functionType(function.type)) }
        for table in module.tables {
            try check(table.type)
            if table.initializer != nil { try spaces.types.need(.typedFunctionReferences, "table with an initializer") }
            if table.initializer == nil && !table.type.element.isNullable {
                throw ValidationError("type mismatch: a table of elements without null needs an initializer")
            }
            spaces.tables.append(table.type)
        }
        for memory in module.memories {
            try check(memory)
            spaces.memories.append(memory)
        }
        for tag in module.tags { spaces.tags.append(try tagType(tag)) }
        for global in module.globals {
            try check(global.type)
            spaces.globals.append(global.type)
        }
    }

    private func checkCounts() throws(ValidationError) {
        if module.dataCount != nil { try spaces.types.need(.bulkMemory, "data count section") }
        if spaces.memories.count > 1 { try spaces.types.need(.multiMemory, "multiple memories: a second one") }
        if spaces.tables.count > 1 { try spaces.types.need(.referenceTypes, "multiple tables: a second one") }
        let counts: [(String, Int, Int)] = [
            ("types", module.types.count, ModuleLimits.types),
            ("functions", spaces.functions.count, ModuleLimits.functions),
            ("tables", spaces.tables.count, ModuleLimits.tables),
            ("memories", spaces.memories.count, ModuleLimits.memories),
            ("globals", spaces.globals.count, ModuleLimits.globals),
            ("tags", spaces.tags.count, ModuleLimits.tags),
        ]
        for (items, count, limit) in counts {
            if let excess = ModuleLimits.excess(items, count, limit) { throw ValidationError(excess) }
        }
    }

    private func functionType(_ index: TypeIndex) throws(ValidationError) -> TypeIndex {
        guard index.position < module.types.count else { throw ValidationError("unknown type \(index)") }
        guard spaces.types.kinds[index.position] == .function else {
            throw ValidationError("type mismatch: type \(index) is no function type")
        }
        return index
    }

    private func tagType(_ index: TypeIndex) throws(ValidationError) -> TypeIndex {
        try spaces.types.need(.exceptions, "tag")
        let index = try functionType(index)
        guard spaces.types.signatures[index.position].results.count == 0 else {
            throw ValidationError("non-empty tag result type")
        }
        return index
    }

    // MARK: Types

    private func check(_ type: TableType) throws(ValidationError) {
        try spaces.types.check(type.element)
        if type.addressType == .i64 { try spaces.types.need(.memory64, "table with 64-bit addresses") }
        try check(type.limits, bound: type.addressType == .i32 ? UInt64(UInt32.max) : .max, "table size")
    }

    private func check(_ type: MemoryType) throws(ValidationError) {
        switch type.addressType {
        case .i32: try check(type.limits, bound: 1 << 16, "memory size must be at most 65536 pages (4GiB)")
        case .i64:
            try spaces.types.need(.memory64, "memory with 64-bit addresses")
            try check(type.limits, bound: 1 << 48, "memory size must be at most 2^48 pages")
        }
    }

    private func check(_ limits: Limits, bound: UInt64, _ reason: String) throws(ValidationError) {
        if limits.minimum > bound { throw ValidationError(reason) }
        guard let maximum = limits.maximum else { return }
        if maximum > bound { throw ValidationError(reason) }
        if limits.minimum > maximum { throw ValidationError("size minimum must not be greater than maximum") }
    }

    private func check(_ type: GlobalType) throws(ValidationError) {
        try spaces.types.check(type.valueType)
    }

    // MARK: Segments and initializers

    private mutating func addSegments() throws(ValidationError) {
        for segment in module.elements {
            // The binary form with function indices does not mention the type.
            if case .expressions = segment.items { try spaces.types.check(segment.type) }
            spaces.elements.append(PackedType(segment.type))
        }
        spaces.dataCount = module.data.count
        spaces.importedGlobalCount = imported.globals
    }

    /// Collects the functions that occur outside of bodies, which is what declares them for `ref.func`.
    private mutating func addDeclarations() {
        spaces.isDeclared = Array(repeating: false, count: spaces.functions.count)
        for global in module.globals { declare(global.initializer) }
        for table in module.tables { if let initializer = table.initializer { declare(initializer) } }
        for export in module.exports { if case .function(let index) = export.item { declare(index) } }
        for segment in module.elements {
            switch segment.items {
            case .functions(let functions): for function in functions { declare(function) }
            case .expressions(let expressions): for expression in expressions { declare(expression) }
            }
            if case .active(_, let offset) = segment.mode { declare(offset) }
        }
        for segment in module.data { if case .active(_, let offset) = segment.mode { declare(offset) } }
    }

    private mutating func declare(_ expression: Expression) {
        for instruction in expression where instruction.opcode == .refFunc {
            if case .function(let index) = instruction.immediate { declare(index) }
        }
    }

    private mutating func declare(_ index: FunctionIndex) {
        if index.position < spaces.isDeclared.count { spaces.isDeclared[index.position] = true }
    }

    private func checkInitializers(_ bodies: inout BodyValidator) throws(ValidationError) {
        for (position, table) in module.tables.enumerated() {
            guard let initializer = table.initializer else { continue }
            let type = PackedType(table.type.element)
            let item = ValidationError.Item.table(TableIndex(imported.tables + position))
            try bodies.validateConstant(initializer, of: item, type: type, visibleGlobals: imported.globals)
        }
        for (position, global) in module.globals.enumerated() {
            let type = PackedType(global.type.valueType)
            let visible = imported.globals + position
            let item = ValidationError.Item.global(GlobalIndex(visible))
            try bodies.validateConstant(global.initializer, of: item, type: type, visibleGlobals: visible)
        }
    }

    private func checkSegments(_ bodies: inout BodyValidator) throws(ValidationError) {
        let visible = spaces.globals.count
        for (position, segment) in module.elements.enumerated() {
            let type = PackedType(segment.type)
            let item = ValidationError.Item.element(ElementIndex(position))
            switch segment.items {
            case .functions(let functions):
                for function in functions where function.position >= spaces.functions.count {
                    throw ValidationError("unknown function \(function), in element segment \(position)")
                }
                let listed = PackedType(isNullable: false, .function)
                guard spaces.types.isSubtype(listed, of: type) else {
                    throw ValidationError("type mismatch: expected \(type), found \(listed)", item: item)
                }
            case .expressions(let expressions):
                try spaces.types.need(.bulkMemory, "element segment of expressions")
                for expression in expressions {
                    try bodies.validateConstant(expression, of: item, type: type, visibleGlobals: visible)
                }
            }
            guard case .active(let index, let offset) = segment.mode else {
                try spaces.types.need(.bulkMemory, "element segment that is not active")
                continue
            }
            guard index.position < spaces.tables.count else { throw ValidationError("unknown table \(index)") }
            let table = spaces.tables[index.position]
            guard spaces.types.isSubtype(type, of: PackedType(table.element)) else {
                throw ValidationError("type mismatch: element segment \(position) and table \(index)")
            }
            let addressType = PackedType(table.addressType)
            try bodies.validateConstant(offset, of: item, type: addressType, visibleGlobals: visible)
        }
        for (position, segment) in module.data.enumerated() {
            guard case .active(let index, let offset) = segment.mode else {
                try spaces.types.need(.bulkMemory, "data segment that is not active")
                continue
            }
            guard index.position < spaces.memories.count else { throw ValidationError("unknown memory \(index)") }
            let type = PackedType(spaces.memories[index.position].addressType)
            let item = ValidationError.Item.data(DataIndex(position))
            try bodies.validateConstant(offset, of: item, type: type, visibleGlobals: visible)
        }
    }

    // MARK: Start and exports

    private func checkStart() throws(ValidationError) {
        guard let start = module.start else { return }
        guard start.position < spaces.functions.count else { throw ValidationError("unknown function \(start)") }
        let signature = spaces.types.signatures[spaces.functions[start.position].position]
        guard signature.parameters.count == 0 && signature.results.count == 0 else {
            throw ValidationError("start function must have no parameters and no results")
        }
    }

    private func checkExports() throws(ValidationError) {
        // Names are compared code point by code point, not by the canonical equivalence of Swift's strings.
        var names = Set<[UInt8]>(minimumCapacity: module.exports.count)
        for export in module.exports {
            let (space, index, count) =
                switch export.item {
                case .function(let index): ("function", index.position, spaces.functions.count)
                case .table(let index): ("table", index.position, spaces.tables.count)
                case .memory(let index): ("memory", index.position, spaces.memories.count)
                case .global(let index): ("global", index.position, spaces.globals.count)
                case .tag(let index): ("tag", index.position, spaces.tags.count)
                }
            guard index < count else { throw ValidationError("unknown \(space) \(index)") }
            guard names.insert(Array(export.name.utf8)).inserted else {
                throw ValidationError("duplicate export name \(export.name)")
            }
        }
    }
}
