import WasmModel

/// What the host of a test case puts behind an import, so that it is the same in every engine.
public enum HostImport: Hashable, Sendable {
    /// A function of exactly the import's type.
    case function(HostFunction, type: TypeIndex)
    /// A table of the least size, all of whose elements are a value.
    case table(TableType, HostValue)
    /// A memory of zeros of the least size.
    case memory(MemoryType)
    case global(GlobalType, HostValue)
    case tag(TypeIndex)
    /// The type has no value that a host can make.
    case unavailable
}

extension ValidatedModule {
    /// What the host of a test case puts behind the imports, in their order.
    public func hostImports() -> [HostImport] {
        let importedTypes = functionTypeIndices.prefix(importCounts.functions)
        // The first imported function of every type, by the first of all types that are the same.
        var functions: [TypeIndex: FunctionIndex] = [:]
        for (position, type) in importedTypes.enumerated() {
            var ancestor: TypeIndex? = canonicalTypes[type.position]
            // Where a type is known, so are the types above it.
            while let type = ancestor, functions[type] == nil {
                functions[type] = FunctionIndex(position)
                ancestor = module.types[type.position].supertypes.first.map { canonicalTypes[$0.position] }
            }
        }
        func functionOfType(_ type: TypeIndex) -> FunctionIndex? { functions[canonicalTypes[type.position]] }
        func value(_ type: ValueType, _ place: HostValue.Place) -> HostValue? {
            HostValue.made(
                for: type,
                place,
                anyFunction: importedTypes.isEmpty ? nil : 0,
                functionOfType: functionOfType
            )
        }
        var counts = ImportCounts()
        return module.imports.map { item in
            switch item.type {
            case .function(let type):
                defer { counts.functions += 1 }
                let function = HostFunction(
                    importOrdinal: counts.functions,
                    type: functionType(at: type),
                    functionOfType: functionOfType
                )
                return .function(function, type: type)
            case .table(let type):
                defer { counts.tables += 1 }
                guard !type.element.isNullable else { return .table(type, .value(.reference(.null))) }
                let element = value(.reference(type.element), HostValue.Place(table: counts.tables))
                return element.map { .table(type, $0) } ?? .unavailable
            case .memory(let type): return .memory(type)
            case .global(let type):
                defer { counts.globals += 1 }
                return value(type.valueType, HostValue.Place(global: counts.globals)).map { .global(type, $0) }
                    ?? .unavailable
            case .tag(let type): return .tag(type)
            }
        }
    }
}
