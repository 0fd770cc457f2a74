import WasmModel

/// The types of a module's functions, tags and tables, imports first, looked up in constant time.
struct ItemTypes {
    private let functions: [TypeIndex]
    private let tags: [TypeIndex]
    private let tables: [TableType]

    init(_ module: Module) {
        functions = module.functionTypeIndices
        tags = module.tagTypeIndices
        tables = module.tableTypes
    }

    /// Whether all types of functions are function types of the module.
    func areFunctions(of module: Module) -> Bool { functions.allSatisfy { module.functionType(at: $0) != nil } }

    /// Nil where the index is out of range.
    func type(of function: FunctionIndex) -> TypeIndex? {
        function.position < functions.count ? functions[function.position] : nil
    }

    /// Nil where the index is out of range.
    func type(of tag: TagIndex) -> TypeIndex? { tag.position < tags.count ? tags[tag.position] : nil }

    /// The type of an index of a table; that of an i32 where there is no such table.
    func addressType(of table: TableIndex) -> ValueType {
        table.position < tables.count ? tables[table.position].addressType.valueType : .i32
    }
}
