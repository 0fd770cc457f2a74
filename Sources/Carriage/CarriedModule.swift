import Execution
import WasmFormats
import WasmModel

/// The module of a case while a carriage rewrites it: its imports become definitions, and functions are added.
///
/// All index spaces stay: what was imported is defined before the module's own items, what is added comes after them.
struct CarriedModule {
    /// A function of the host that becomes one of the module.
    struct BoundFunction {
        let index: FunctionIndex
        let function: HostFunction
    }

    /// The module of the case.
    let source: ValidatedModule
    /// What the rewritten module may use.
    let features: FeatureSet
    let facts: ModuleFacts
    /// The module as far as it is made.
    var module: Module
    /// The functions of the host that the module defines; their bodies are empty until ``setBodies(_:)``.
    private(set) var boundFunctions: [BoundFunction] = []
    /// The functions of the host that stay imports, in the order of these.
    private(set) var keptFunctions: [HostFunction] = []
    let merging: ImportMerging
    private var typeIndices: [FunctionType: TypeIndex] = [:]
    /// The functions that answer for references, where there are such.
    var codeOfExternal: FunctionIndex?
    var codeOfAny: FunctionIndex?

    /// Makes definitions of imports.
    /// - Parameters:
    ///   - keepsFunctions: whether functions stay imports.
    ///   - makesExternals: whether wasm makes what stands for references of the host.
    init(
        _ source: ValidatedModule,
        features: FeatureSet,
        keepsFunctions: Bool = false,
        makesExternals: Bool = true
    ) throws(CarriageObstacle) {
        self.source = source
        self.features = features
        facts = ModuleFacts(source.module)
        hasExternals = makesExternals
        let made = source.hostImports()
        merging = ImportMerging(source.module.imports, made)
        module = merging.merged(source.module)
        module.names = ModuleNames()
        module.customSections = []
        if !made.isEmpty { try bind(made, keepsFunctions: keepsFunctions) }
    }

    private let hasExternals: Bool

    // MARK: Adding

    /// The number of functions, imported ones included.
    var functionCount: Int { keptFunctions.count + module.functions.count }

    /// The index of a function type, which is added where no carriage did it before.
    mutating func typeIndex(_ type: FunctionType) -> TypeIndex {
        if let known = typeIndices[type] { return known }
        let index = module.addType(type)
        typeIndices[type] = index
        return index
    }

    /// Adds a function and returns its index.
    mutating func add(_ code: CodeWriter, _ type: FunctionType) -> FunctionIndex {
        module.functions.append(code.function(typeIndex(type)))
        return FunctionIndex(functionCount - 1)
    }

    /// The type of a block that leaves values.
    mutating func blockType(results: [ValueType]) -> BlockType {
        switch results.count {
        case 0: .empty
        case 1: .result(results[0])
        default: .type(typeIndex(FunctionType(results: results)))
        }
    }

    /// The tags that a `catch` can meet, in rising order; one that is imported twice is there once. Empty where nothing is thrown.
    var catchableTags: [TagIndex] {
        guard facts.throwsExceptions else { return [] }
        return source.tagTypeIndices.indices.map { TagIndex($0) }.filter { merging.merged($0) == $0 }
    }

    /// The function behind an index of the module of the case.
    func merged(_ function: FunctionIndex) -> FunctionIndex { merging.merged(function) }

    /// Declares all functions that bodies refer to, as exports that are gone may have done.
    mutating func declareFunctions() {
        var functions: Set<FunctionIndex> = []
        for function in module.functions {
            for instruction in function.body where instruction.opcode == .refFunc {
                if case .function(let index) = instruction.immediate { functions.insert(index) }
            }
        }
        if functions.isEmpty { return }
        module.elements.append(
            ElementSegment(
                type: ReferenceType(isNullable: false, .function),
                items: .functions(functions.sorted()),
                mode: .declarative
            )
        )
    }

    // MARK: Imports

    private mutating func bind(_ made: [HostImport], keepsFunctions: Bool) throws(CarriageObstacle) {
        var functions: [Function] = []
        var tables: [Table] = []
        var memories: [MemoryType] = []
        var globals: [Global] = []
        var tags: [TypeIndex] = []
        // They come after the module's own functions.
        let firstValueFunction = source.functionTypeIndices.count
        var valueFunctions: [HostImport.ValueFunction] = []
        for (item, value) in zip(source.module.imports, made) {
            if let function = value.valueFunction,
                function.function.importOrdinal == source.importCounts.functions + valueFunctions.count
            {
                valueFunctions.append(function)
            }
            switch value {
            case .function(let function, let type):
                if SystemFunction(item, type: function.type, importOrdinal: function.importOrdinal) != nil {
                    throw CarriageObstacle("'\(item.name)' is a function of the system interface")
                }
                if keepsFunctions {
                    keptFunctions.append(function)
                } else {
                    let index = FunctionIndex(functions.count)
                    boundFunctions.append(BoundFunction(index: index, function: function))
                    functions.append(Function(type: type, body: []))
                }
            case .table(let type, let value):
                var table = Table(type: type)
                if let value, value != .made(.value(.reference(.null))) {
                    table.initializer = try expression(of: value, .reference(type.element))
                } else if !type.element.isNullable {
                    throw CarriageObstacle("nothing can be an element of the imported table '\(item.name)'")
                }
                tables.append(table)
            case .memory(let type): memories.append(type)
            case .global(let type, let value):
                globals.append(Global(type: type, initializer: try expression(of: value, type.valueType)))
            case .tag(let type): tags.append(type)
            case .again:
                // Nothing uses it, but the indices after it stay.
                switch item.type {
                case .table(var type):
                    type.limits.minimum = 0
                    type.element.isNullable = true
                    tables.append(Table(type: type))
                case .memory(var type):
                    type.limits.minimum = 0
                    memories.append(type)
                case .global:
                    globals.append(Global(type: GlobalType(.i32, isMutable: false), initializer: Self.zero))
                case .tag(let type): tags.append(type)
                case .function: break
                }
            case .unavailable: throw CarriageObstacle("the host has no value for the import '\(item.name)'")
            }
        }
        if keepsFunctions, !valueFunctions.isEmpty {
            throw CarriageObstacle("a value of an import is a function that is not imported")
        }
        module.imports = keepsFunctions ? source.module.imports.filter(\.isFunction) : []
        inlineValues(of: globals)
        module.functions = functions + module.functions
        module.tables = tables + module.tables
        module.memories = memories + module.memories
        module.globals = globals + module.globals
        module.tags = tags + module.tags
        for (position, function) in valueFunctions.enumerated() {
            let index = FunctionIndex(firstValueFunction + position)
            boundFunctions.append(BoundFunction(index: index, function: function.function))
            let type = function.type ?? typeIndex(FunctionType())
            module.functions.append(Function(type: type, body: []))
        }
    }

    private static let zero: Expression = [Instruction(.i32Const, .i32(0)), Instruction(.end)]

    /// Puts the values of imported globals where constant expressions read them: in the initializers of tables no global is seen that
    /// the module defines, and before garbage collection in no constant expression.
    private mutating func inlineValues(of globals: [Global]) {
        guard !globals.isEmpty else { return }
        func inlined(_ expression: Expression, always: Bool = false) -> Expression {
            guard expression.contains(where: { $0.opcode == .globalGet }) else { return expression }
            return expression.flatMap { instruction in
                guard case .global(let index) = instruction.immediate, index.position < globals.count else {
                    return [instruction]
                }
                let value = globals[index.position].initializer
                // A new object would be another one.
                if !always, value.contains(where: { $0.opcode == .structNewDefault || $0.opcode == .arrayNewFixed }) {
                    return [instruction]
                }
                return Array(value.dropLast())
            }
        }
        for position in module.tables.indices {
            module.tables[position].initializer = module.tables[position].initializer.map { inlined($0, always: true) }
        }
        for position in module.globals.indices {
            module.globals[position].initializer = inlined(module.globals[position].initializer)
        }
        for position in module.elements.indices {
            if case .expressions(let items) = module.elements[position].items {
                module.elements[position].items = .expressions(items.map { inlined($0) })
            }
            if case .active(let table, let offset) = module.elements[position].mode {
                module.elements[position].mode = .active(table, offset: inlined(offset))
            }
        }
        for position in module.data.indices {
            if case .active(let memory, let offset) = module.data[position].mode {
                module.data[position].mode = .active(memory, offset: inlined(offset))
            }
        }
    }

    // MARK: Values

    private func expression(of value: HostImport.Value, _ type: ValueType) throws(CarriageObstacle) -> Expression {
        var code = CodeWriter()
        switch value {
        case .made(let made): try push(made, type, by: nil, &code)
        case .function(let function):
            let position = function.function.importOrdinal - source.importCounts.functions
            code.emit(.refFunc, .function(FunctionIndex(source.functionTypeIndices.count + position)))
        case .structure(let type): code.emit(.structNewDefault, .type(type))
        case .array(let type): code.emit(.arrayNewFixed, .typeAndLength(type, 0))
        }
        code.emit(.end)
        return code.body
    }

    /// Pushes a value of the host.
    /// - Parameter function: the function that answers with it, where one does.
    func push(
        _ value: HostValue,
        _ type: ValueType,
        by function: BoundFunction?,
        _ code: inout CodeWriter
    ) throws(CarriageObstacle) {
        switch value {
        case .value(let value): try push(value, type, &code)
        case .converted: throw CarriageObstacle("a reference of the host is converted to any")
        case .integer(let number):
            code.number(Int(number))
            code.emit(.refI31)
        case .function(let index):
            if let function, index == FunctionIndex(function.function.importOrdinal) {
                code.emit(.refFunc, .function(function.index))
            } else {
                code.emit(.refFunc, .function(merging.merged(index)))
            }
        }
    }

    /// Pushes a constant.
    func push(_ value: WasmValue, _ type: ValueType, _ code: inout CodeWriter) throws(CarriageObstacle) {
        guard case .reference(let reference) = value else {
            code.append([.constant(value, type: type)])
            return
        }
        switch reference {
        case .null: code.append([.constant(value, type: type)])
        case .external(let number):
            guard hasExternals, features.contains(.garbageCollection) else {
                throw CarriageObstacle("a reference of the host is made, and that needs garbage collection")
            }
            guard number < Self.externalBound else {
                throw CarriageObstacle("wasm has nothing for the reference of the host with the number \(number)")
            }
            if facts.looksIntoExternals {
                throw CarriageObstacle("the module looks into references of the host")
            }
            code.number(Int(number))
            code.emit(.refI31)
            code.emit(.externConvertAny)
        case .function(let index):
            guard case .reference(let type) = type, isFunction(index, of: type) else {
                throw CarriageObstacle("function \(index) is not of the type of the parameter")
            }
            code.emit(.refFunc, .function(merging.merged(index)))
        case .opaque(let kind): throw CarriageObstacle("a reference to '\(kind)' has no constant")
        }
    }

    /// The numbers of the host that are integers of 31 bits are below this.
    private static let externalBound: UInt32 = 1 << 30

    private func isFunction(_ index: FunctionIndex, of type: ReferenceType) -> Bool {
        guard index.position < source.functionTypeIndices.count else { return false }
        guard case .defined(let wanted) = type.heapType else { return type.heapType == .function }
        var ancestor: TypeIndex? = source.functionTypeIndices[index.position]
        while let type = ancestor {
            if source.canonicalTypes[type.position] == source.canonicalTypes[wanted.position] { return true }
            ancestor = source.module.types[type.position].supertypes.first
        }
        return false
    }

    /// Gives functions of the host their bodies.
    /// - Parameter log: writes what notes a call.
    mutating func setBodies(_ log: CallLogCode) throws(CarriageObstacle) {
        for bound in boundFunctions {
            let type = bound.function.type
            var code = CodeWriter(parameterCount: type.parameters.count)
            try log.write(bound, self, &code)
            if bound.function.canReturn {
                for (answer, type) in zip(bound.function.answers, type.results) {
                    switch answer {
                    case .parameter(let position): code.get(position)
                    case .made(let value): try push(value, type, by: bound, &code)
                    case .missing: break
                    }
                }
            } else {
                log.writeMissing(&code)
                code.emit(.unreachable)
            }
            let position = bound.index.position - keptFunctions.count
            module.functions[position] = code.function(module.functions[position].type)
        }
    }
}
