import WasmModel

extension Module {
    /// The type of each table, imports first.
    var tableTypes: [TableType] {
        imports.compactMap { if case .table(let type) = $0.type { type } else { nil } } + tables.map(\.type)
    }

    /// The type of each memory, imports first.
    var memoryTypes: [MemoryType] {
        imports.compactMap { if case .memory(let type) = $0.type { type } else { nil } } + memories
    }

    /// The type of each global, imports first.
    var globalTypes: [GlobalType] {
        imports.compactMap { if case .global(let type) = $0.type { type } else { nil } } + globals.map(\.type)
    }

    /// The function type at an index, where there is one.
    func functionType(at index: TypeIndex) -> FunctionType? {
        index.position < types.count ? types[index.position].functionType : nil
    }

    /// The number of parameters of a function that the module defines; 0 where its type is none of a function.
    func parameterCount(of function: Function) -> Int { functionType(at: function.type)?.parameters.count ?? 0 }

    /// The exported functions by name.
    var exportedFunctions: [String: FunctionIndex] {
        var functions: [String: FunctionIndex] = [:]
        for export in exports {
            if case .function(let index) = export.item { functions[export.name] = index }
        }
        return functions
    }
}

/// The types of a function's locals, parameters first, looked up in constant time.
struct LocalTypeLookup {
    private var types: [ValueType]

    init(_ function: Function, in module: Module) {
        types = module.functionType(at: function.type)?.parameters ?? []
        for run in function.locals where types.count + Int(run.count) <= 1_000_000 {
            types.append(contentsOf: repeatElement(run.type, count: Int(run.count)))
        }
    }

    subscript(index: LocalIndex) -> ValueType? { index.position < types.count ? types[index.position] : nil }
}
