import SSA
import WasmFormats
import WasmModel

/// Items that the host makes. ``ModuleTypes`` say which module's indices the types name.
extension CompiledStore {
    /// Registers the types of a module, at a cost that is linear in their size.
    public func types(of module: ValidatedModule) -> ModuleTypes {
        ModuleTypes(numbers: types.register(module))
    }

    /// Makes what the host of a test case puts behind the imports of a module, in their order.
    /// - Throws: ``RuntimeFailure/unavailableImport(position:module:name:)`` where a type has no value that a host can make, or where the
    ///   value is a function that no import is, for which there is no code.
    public func allocateImports(of module: ValidatedModule) throws(RuntimeFailure) -> [LinkedItem] {
        var allocation = HostAllocation(self, types(of: module))
        var items: [LinkedItem] = []
        for (position, item) in module.hostImports().enumerated() {
            guard let made = try allocation.next(item) else {
                let item = module.module.imports[position]
                throw .unavailableImport(position: position, module: item.module, name: item.name)
            }
            items.append(.made(made))
        }
        return items
    }

    /// Makes a function of the host that logs its calls and answers in closed form.
    public func allocateFunction(_ function: HostFunction, type: TypeIndex, in types: ModuleTypes) -> StoreItem {
        StoreItem(content: .function(addFunction(ofType: types.numbers[type.position]), .logged(function)))
    }

    /// Makes a function of the host.
    public func allocateFunction(type: TypeIndex, in types: ModuleTypes, _ body: @escaping HostBody) -> StoreItem {
        StoreItem(content: .function(addFunction(ofType: types.numbers[type.position]), .body(body)))
    }

    /// Makes a memory of zeros.
    /// - Throws: where it is larger than the limit.
    public func allocateMemory(_ type: MemoryType) throws(RuntimeFailure) -> StoreItem {
        let memory = try LinearMemory(type, maximumPages: limits.memoryPages)
        hostItems.memories.append(memory)
        regionsChanged()
        return StoreItem(content: .memory(memory))
    }

    /// Makes a table.
    /// - Parameter element: what all elements are at first.
    /// - Throws: where it is larger than the limit.
    func allocateTable(
        _ type: TableType,
        filledWith element: FirstValue,
        in types: ModuleTypes
    ) throws(RuntimeFailure) -> StoreItem {
        var type = type
        type.element = TypeRegistry.resolve(type.element, types.numbers)
        let table = try ElementTable(type, maximumElements: limits.tableElements)
        hostItems.tables.append(table)
        regionsChanged()
        switch element {
        case .bits(let bits): table.elements.update(repeating: bits.low)
        case .functionToBe(let function): table.functionToBe = function
        }
        return StoreItem(content: .table(table))
    }

    /// Makes a global.
    /// - Parameter value: its first value.
    func allocateGlobal(
        _ type: GlobalType,
        _ value: FirstValue,
        in types: ModuleTypes
    ) throws(RuntimeFailure) -> StoreItem {
        let address = try takeCell()
        let valueType = TypeRegistry.resolve(type.valueType, types.numbers)
        let cell = GlobalCell(address: address, type: GlobalType(valueType, isMutable: type.isMutable))
        switch value {
        case .bits(let bits):
            cell.address.storeBytes(of: bits.low, as: UInt64.self)
            cell.address.storeBytes(of: bits.high, toByteOffset: 8, as: UInt64.self)
        case .functionToBe(let function): hostItems.functionsToBe[address] = function
        }
        hostItems.globals.append(cell)
        return StoreItem(content: .global(cell))
    }

    /// Makes a tag whose exceptions carry the parameters of a type.
    public func allocateTag(_ type: TypeIndex, in types: ModuleTypes) throws(RuntimeFailure) -> StoreItem {
        let identity = UInt64(UInt(bitPattern: try takeCell()))
        tagTypes[identity] = types.numbers[type.position]
        return StoreItem(content: .tag(identity))
    }

    /// Gives functions that host-made tables and globals of an instance refer to, now that the instance has records of them.
    func bindFunctions(of instance: InstanceState) {
        for table in instance.tables.prefix(instance.module.importCounts.tables) {
            guard let function = table.functionToBe, function.position < instance.functions.count else { continue }
            table.functionToBe = nil
            table.elements.update(repeating: instance.reference(to: function))
        }
        for cell in instance.globals.prefix(instance.module.importCounts.globals) {
            guard let function = hostItems.functionsToBe.removeValue(forKey: cell.address),
                function.position < instance.functions.count
            else { continue }
            cell.address.storeBytes(of: instance.reference(to: function), as: UInt64.self)
        }
    }

    /// A cell of 16 bytes of zeros that no other item has.
    private func takeCell() throws(RuntimeFailure) -> UnsafeMutableRawPointer {
        let perPage = ZeroedPages.systemPageSize / 16
        let position = hostItems.cellCount % perPage
        if position == 0 {
            hostItems.cells.append(try ZeroedPages(size: ZeroedPages.systemPageSize))
            regionsChanged()
        }
        hostItems.cellCount += 1
        return hostItems.cells[hostItems.cells.count - 1].start + position * 16
    }
}

/// The first value of a global, or of all elements of a table.
enum FirstValue {
    /// In its machine form.
    case bits(V128)
    /// The imported function of an index of the first instance that the item is linked to.
    case functionToBe(FunctionIndex)
}

/// What the host made in a store.
struct HostItems {
    var memories: [LinearMemory] = []
    var tables: [ElementTable] = []
    var globals: [GlobalCell] = []
    /// The cells of globals and tags, 16 bytes each.
    var cells: [ZeroedPages] = []
    var cellCount = 0
    /// By the cell of a global, the index of the imported function that it refers to when it is linked.
    var functionsToBe: [UnsafeMutableRawPointer: FunctionIndex] = [:]

    /// Adds the memory that code may use.
    func addRegions(to regions: inout [CodeMemoryRegion]) {
        for memory in memories { regions.append(memory.region) }
        for table in tables { regions.append(table.region) }
        for pages in cells { regions.append(CodeMemoryRegion(pages.start, pages.size, .readWrite)) }
    }
}

extension HostValue {
    /// The value in its machine form; a function is null, as it needs an instance.
    var bits: V128 {
        switch self {
        case .value(let value): value.rawBits
        case .converted(let number): V128(low: WasmReference.external(number).rawBits, high: 0)
        case .integer(let number): V128(low: OpaqueReference.integer(number), high: 0)
        case .function: V128(low: 0, high: 0)
        }
    }
}
