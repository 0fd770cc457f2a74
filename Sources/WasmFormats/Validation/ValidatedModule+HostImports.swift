import WasmModel

extension ValidatedModule {
    /// What the host of a test case puts behind the imports, in their order.
    public func hostImports() -> [HostImport] {
        var making = HostImportMaking(self)
        return module.imports.map { making.next($0) }
    }

    /// A module whose imports are the functions of the host that are values of imports and no imports themselves, in the order of their
    /// ordinals; nil where there are none. It is for engines in which a function of the host is there only where it is imported.
    /// - Parameter imports: those that the host makes for this module.
    public func moduleOfValueFunctions(
        in imports: [HostImport]
    ) throws(ValidationError) -> (module: ValidatedModule, functions: [HostFunction])? {
        var functions: [HostImport.ValueFunction] = []
        let firstOrdinal = importCounts.functions
        for item in imports {
            guard let function = item.valueFunction else { continue }
            if function.function.importOrdinal == firstOrdinal + functions.count { functions.append(function) }
        }
        if functions.isEmpty { return nil }
        var lender = Module()
        lender.types = module.types
        lender.recursionGroups = module.recursionGroups
        for function in functions {
            let type = function.type ?? lender.addType(FunctionType())
            lender.imports.append(Import(module: "", name: "", type: .function(type)))
        }
        return (try Validator.validate(lender, features: features), functions.map(\.function))
    }
}

/// Makes what stands behind the imports of a module, one after the other.
private struct HostImportMaking {
    private let module: ValidatedModule
    /// The first imported function of every type, by the first of all types that are the same.
    private let functions: [TypeIndex: FunctionIndex]
    private var counts = ImportCounts()
    private var position = 0
    /// The position of the first import of a name and a type.
    private var firstPositions: [ImportKey: Int] = [:]
    /// By the position of the first import.
    private var importedFunctions: [Int: HostFunction] = [:]
    /// The functions that are no imports, by the first of all types that are the same.
    private var valueFunctions: [TypeIndex?: HostImport.ValueFunction] = [:]

    init(_ module: ValidatedModule) {
        self.module = module
        var functions: [TypeIndex: FunctionIndex] = [:]
        for (position, type) in module.functionTypeIndices.prefix(module.importCounts.functions).enumerated() {
            var ancestor: TypeIndex? = module.canonicalTypes[type.position]
            // Where a type is known, so are the types above it.
            while let type = ancestor, functions[type] == nil {
                functions[type] = FunctionIndex(position)
                ancestor = module.module.types[type.position].supertypes.first.map {
                    module.canonicalTypes[$0.position]
                }
            }
        }
        self.functions = functions
    }

    mutating func next(_ item: Import) -> HostImport {
        defer { position += 1 }
        let key = ImportKey(item, module.canonicalTypes)
        let first = firstPositions[key] ?? position
        firstPositions[key] = first
        switch item.type {
        case .function(let type):
            defer { counts.functions += 1 }
            let function =
                importedFunctions[first]
                ?? HostFunction(
                    importOrdinal: counts.functions,
                    type: module.functionType(at: type),
                    functionOfType: functionOfType
                )
            importedFunctions[first] = function
            return .function(function, type: type)
        case .table(let type):
            defer { counts.tables += 1 }
            if first < position { return .again(first) }
            if type.limits.minimum == 0 { return .table(type, nil) }
            return element(of: type).map { .table(type, $0) } ?? .unavailable
        case .memory(let type): return first < position ? .again(first) : .memory(type)
        case .global(let type):
            defer { counts.globals += 1 }
            if first < position { return .again(first) }
            let value = value(type.valueType, HostValue.Place(global: counts.globals))
            return value.map { .global(type, $0) } ?? .unavailable
        case .tag(let type): return first < position ? .again(first) : .tag(type)
        }
    }

    private mutating func element(of type: TableType) -> HostImport.Value? {
        type.element.isNullable
            ? .made(.value(.reference(.null)))
            : value(.reference(type.element), HostValue.Place(table: counts.tables))
    }

    private func functionOfType(_ type: TypeIndex) -> FunctionIndex? {
        functions[module.canonicalTypes[type.position]]
    }

    private mutating func value(_ type: ValueType, _ place: HostValue.Place) -> HostImport.Value? {
        let made = HostValue.made(
            for: type,
            place,
            anyFunction: module.importCounts.functions > 0 ? 0 : nil,
            functionOfType: functionOfType
        )
        if let made { return .made(made) }
        guard case .reference(let reference) = type else { return nil }
        switch reference.heapType {
        case .function: return .function(function(of: nil))
        case .defined(let index): return object(of: index)
        case .structure: return firstObject { if case .structure = $0 { true } else { false } }
        case .array: return firstObject { if case .array = $0 { true } else { false } }
        case .external, .any, .equatable, .i31, .exception, .none, .noFunction, .noExternal, .noException: return nil
        }
    }

    /// The value of the first type of a kind that has one; an abstract type is not of another module.
    private mutating func firstObject(_ isWanted: (CompositeType) -> Bool) -> HostImport.Value? {
        for (position, type) in module.module.types.enumerated() where isWanted(type.composite) {
            if let object = object(of: TypeIndex(position)) { return object }
        }
        return nil
    }

    private mutating func object(of type: TypeIndex) -> HostImport.Value? {
        switch module.module.types[type.position].composite {
        case .function: .function(function(of: type))
        case .structure(let fields): fields.allSatisfy(\.storage.isDefaultable) ? .structure(type) : nil
        case .array: .array(type)
        }
    }

    /// A function that is no import: the same for all values of a type.
    private mutating func function(of type: TypeIndex?) -> HostImport.ValueFunction {
        let canonical = type.map { module.canonicalTypes[$0.position] }
        if let known = valueFunctions[canonical] { return known }
        // It is in no index space, and names no function but itself.
        let ordinal = module.importCounts.functions + valueFunctions.count
        let function = HostFunction(
            importOrdinal: ordinal,
            type: type.map { module.functionType(at: $0) } ?? FunctionType()
        ) { [module] other in
            module.canonicalTypes[other.position] == canonical ? FunctionIndex(ordinal) : nil
        }
        let made = HostImport.ValueFunction(function, type: type)
        valueFunctions[canonical] = made
        return made
    }
}

/// What a linker knows an import by.
private struct ImportKey: Hashable {
    // Names are the same where their code points are.
    let module: [UInt8]
    let name: [UInt8]
    let type: ExternalType

    init(_ item: Import, _ canonicalTypes: [TypeIndex]) {
        module = Array(item.module.utf8)
        name = Array(item.name.utf8)
        func canonical(_ type: ReferenceType) -> ReferenceType {
            guard case .defined(let index) = type.heapType else { return type }
            return ReferenceType(isNullable: type.isNullable, .defined(canonicalTypes[index.position]))
        }
        switch item.type {
        case .function(let index): type = .function(canonicalTypes[index.position])
        case .tag(let index): type = .tag(canonicalTypes[index.position])
        case .memory: type = item.type
        case .table(var table):
            table.element = canonical(table.element)
            type = .table(table)
        case .global(let global):
            guard case .reference(let reference) = global.valueType else {
                type = item.type
                return
            }
            type = .global(GlobalType(.reference(canonical(reference)), isMutable: global.isMutable))
        }
    }
}

extension StorageType {
    fileprivate var isDefaultable: Bool {
        switch self {
        case .value(let type): type.isDefaultable
        case .packedI8, .packedI16: true
        }
    }
}
