import WasmFormats
import WasmModel

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The types of a module as a store knows them, by which the host allocates what exactly fits an import of the module.
public struct ModuleTypes {
    let module: ValidatedModule
    /// The store's number of every type.
    let numbers: [UInt32]
}

/// Items that the host makes.
///
/// Where the types may name defined types, ``ModuleTypes`` say which module's indices they are; the other functions are for types
/// that name none.
extension InterpreterStore {
    /// Registers the types of a module, at a cost that is linear in their size.
    public func types(of module: ValidatedModule) -> ModuleTypes {
        ModuleTypes(module: module, numbers: types.register(module))
    }

    /// Adds what the host of a test case puts behind the imports of a module, in their order.
    /// - Throws: ``InstantiationError/unavailableImport(position:module:name:)`` where a type has no value that a host can make.
    public func allocateImports(of module: ValidatedModule) throws(InstantiationError) -> [ExternalValue] {
        let types = types(of: module)
        let imports = module.hostImports()
        // Globals and tables may refer to functions that come after them.
        var functions: [FunctionAddress] = []
        for case .function(let function, let type) in imports {
            let isFirst = function.importOrdinal == functions.count
            functions.append(
                isFirst ? allocateFunction(function, type: type, in: types) : functions[function.importOrdinal]
            )
        }
        var allocation = HostAllocation(self, types, functions: functions)
        var items: [ExternalValue] = []
        for (position, item) in imports.enumerated() {
            guard let value = try allocation.next(item) else {
                let item = module.module.imports[position]
                throw .unavailableImport(position: position, module: item.module, name: item.name)
            }
            items.append(value)
        }
        return items
    }

    // MARK: Functions

    /// Adds a function of the host.
    /// - Parameters:
    ///   - type: its type; it may name no defined types.
    ///   - body: what it does; its results must be of the type.
    public func allocateFunction(_ type: FunctionType, _ body: @escaping HostBody) -> FunctionAddress {
        allocateFunction(types.register(type), .body(body))
    }

    /// Adds a function of the host that logs its calls and answers in closed form.
    /// - Parameter function: its type may name no defined types.
    public func allocateFunction(_ function: HostFunction) -> FunctionAddress {
        allocateFunction(types.register(function.type), .logged(LoggedFunction(function)))
    }

    /// Adds a function of the host whose type is one of a module.
    /// - Parameter body: what it does; its results must be of the type.
    public func allocateFunction(
        type: TypeIndex,
        in types: ModuleTypes,
        _ body: @escaping HostBody
    ) -> FunctionAddress {
        allocateFunction(types.numbers[type.position], .body(body))
    }

    /// Adds a function of the host that logs its calls and answers in closed form, and whose type is one of a module.
    public func allocateFunction(
        _ function: HostFunction,
        type: TypeIndex,
        in types: ModuleTypes
    ) -> FunctionAddress {
        allocateFunction(types.numbers[type.position], .logged(LoggedFunction(function)))
    }

    private func allocateFunction(_ type: UInt32, _ implementation: HostImplementation) -> FunctionAddress {
        hostImplementations.append(implementation)
        functionInstances.append(nil)
        let functionType = types.functionType(type)
        var record = FunctionRecord(type: type, host: hostImplementations.count - 1)
        record.parameterSlots = functionType.parameters.slotCount
        record.resultSlots = functionType.results.slotCount
        record.frameSlots = max(record.parameterSlots, record.resultSlots)
        functions.append(record)
        return FunctionAddress(functions.count - 1)
    }

    // MARK: Memories and tables

    /// Adds a memory of zeros.
    /// - Throws: ``InstantiationError/exhausted(_:)`` where it is larger than the limit.
    public func allocateMemory(_ type: MemoryType) throws(InstantiationError) -> MemoryAddress {
        try allocateMemory(type, mostPages: limits.memoryPages)
    }

    /// Adds a memory of zeros.
    /// - Throws: ``InstantiationError/exhausted(_:)`` where it has more pages.
    func allocateMemory(_ type: MemoryType, mostPages: UInt64) throws(InstantiationError) -> MemoryAddress {
        let pages = type.limits.minimum
        let byteCount = pages << 16
        guard pages <= mostPages, pages <= limits.allMemoryPages - pagesInUse,
            let base = MemoryBlock.allocate(byteCount: byteCount)
        else { throw .exhausted(.memory) }
        pagesInUse += pages
        memories.append(MemoryRecord(base: base, byteCount: byteCount, capacity: byteCount, type: type))
        return MemoryAddress(memories.count - 1)
    }

    /// Adds a table.
    /// - Parameters:
    ///   - type: its type, which names defined types by the numbers of the store.
    ///   - element: what all elements are at first, as it stands in a slot.
    /// - Throws: ``InstantiationError/exhausted(_:)`` where it is larger than the limit.
    func allocateTable(_ type: TableType, filledWith element: UInt64) throws(InstantiationError) -> TableAddress {
        let minimum = type.limits.minimum
        guard minimum <= limits.tableElements, minimum <= limits.allTableElements - elementsInUse else {
            throw .exhausted(.memory)
        }
        elementsInUse += minimum
        let count = Int(minimum)
        let elements = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
        elements.initialize(repeating: element, count: count)
        tables.append(TableRecord(elements: elements, count: UInt64(count), capacity: UInt64(count), type: type))
        return TableAddress(tables.count - 1)
    }

    /// Adds a table of null references.
    /// - Parameter type: its type, which may name no defined types.
    /// - Throws: ``InstantiationError/exhausted(_:)`` where it is larger than the limit.
    public func allocateTable(_ type: TableType) throws(InstantiationError) -> TableAddress {
        try allocateTable(type, filledWith: 0)
    }

    /// Adds a table whose type is one of a module.
    /// - Parameter element: what all elements are at first, as it stands in a slot.
    /// - Throws: ``InstantiationError/exhausted(_:)`` where it is larger than the limit.
    func allocateTable(
        _ type: TableType,
        filledWith element: UInt64 = 0,
        in types: ModuleTypes
    ) throws(InstantiationError) -> TableAddress {
        var type = type
        type.element = TypeRegistry.resolve(type.element, types.numbers)
        return try allocateTable(type, filledWith: element)
    }

    // MARK: Globals and tags

    /// Adds a global.
    /// - Parameters:
    ///   - type: its type, which may name no defined types.
    ///   - value: its first value; a reference to a function cannot be given.
    public func allocateGlobal(_ type: GlobalType, _ value: WasmValue) -> GlobalAddress {
        allocateGlobal(type, slotBits(of: value, in: nil))
    }

    /// Adds a global whose type is one of a module.
    /// - Parameter bits: its first value, as it stands in slots.
    func allocateGlobal(_ type: GlobalType, _ bits: V128, in types: ModuleTypes) -> GlobalAddress {
        let valueType = TypeRegistry.resolve(type.valueType, types.numbers)
        return allocateGlobal(GlobalType(valueType, isMutable: type.isMutable), bits)
    }

    /// Adds a global, whose type names defined types by the numbers of the store.
    func allocateGlobal(_ type: GlobalType, _ bits: V128) -> GlobalAddress {
        globalTypes.append(type)
        globals.append(bits.low)
        globals.append(bits.high)
        return GlobalAddress(globalTypes.count - 1)
    }

    /// Adds a tag whose exceptions carry the parameters of a type, which may name no defined types.
    public func allocateTag(_ type: FunctionType) -> TagAddress { allocateTag(types.register(type)) }

    /// Adds a tag whose exceptions carry the parameters of a type of a module.
    public func allocateTag(_ type: TypeIndex, in types: ModuleTypes) -> TagAddress {
        allocateTag(types.numbers[type.position])
    }

    func allocateTag(_ type: UInt32) -> TagAddress {
        tagTypes.append(type)
        return TagAddress(tagTypes.count - 1)
    }
}
