import MachineCode
import SSA
import WasmFormats
import WasmModel

/// What stands behind an import.
public enum ImportedItem {
    /// An item of another instance of the store, in that instance's index space.
    case item(ExternalIndex, of: CompiledInstance)
    /// A function of the host that logs its calls and answers in closed form. Its type is exactly that of the import.
    case host(HostFunction)
    /// A function of the host. Its type is exactly that of the import.
    case body(HostBody)
}

extension CompiledStore {
    /// Instantiates a module: links its imports, allocates what it defines, copies its active segments, and calls its start function.
    ///
    /// Where a segment does not fit or the start function does not return, what was written before stays written.
    /// - Parameters:
    ///   - module: the module.
    ///   - compiled: its code, for the machine of the store.
    ///   - imports: the items behind its imports, in their order.
    ///
    /// Spec: core 3.0, section 4.7.2 "Instantiation".
    public func instantiate(
        _ module: ValidatedModule,
        compiled: CompiledModule,
        imports: [ImportedItem] = []
    ) throws(RuntimeFailure) -> CompiledInstance {
        let instance = try InstanceState(module, compiled: compiled, types: types.register(module.module), in: self)
        try link(instance, imports)
        try instance.allocate()
        instance.fillContext()
        instance.fillFunctionRecords()
        add(instance)
        try instance.initialize()
        if let start = module.module.start {
            switch try call(instance, start, []) {
            case .returned: break
            case .trapped(let trap): throw .trapped(trap)
            case .threw(let exception): throw .threw(exception)
            case .exhausted(let limit): throw .exhausted(limit)
            case .fault(let text): throw .fault(text)
            }
        }
        return CompiledInstance(store: self, state: instance)
    }

    private func link(_ instance: InstanceState, _ imports: [ImportedItem]) throws(RuntimeFailure) {
        for (position, item) in instance.module.module.imports.enumerated() {
            guard position < imports.count else {
                throw .unknownImport(position: position, module: item.module, name: item.name)
            }
            guard link(instance, imports[position], as: item.type) else {
                throw .incompatibleImport(position: position, module: item.module, name: item.name)
            }
        }
    }

    /// Puts an item behind the next import of its kind; false where it has another type.
    ///
    /// Spec: core 3.0, section 3.3.12 "External Types".
    private func link(_ instance: InstanceState, _ item: ImportedItem, as type: ExternalType) -> Bool {
        switch item {
        case .host(let function):
            guard case .function(let index) = type else { return false }
            instance.importHost(.logged(function), ofType: instance.types[index.position])
            return true
        case .body(let body):
            guard case .function(let index) = type else { return false }
            instance.importHost(.body(body), ofType: instance.types[index.position])
            return true
        case .item(let index, let source): return link(instance, index, of: source.state, as: type)
        }
    }

    private func link(
        _ instance: InstanceState,
        _ index: ExternalIndex,
        of source: InstanceState,
        as type: ExternalType
    ) -> Bool {
        switch (index, type) {
        case (.function(let index), .function(let type)):
            let number = source.functions[index.position]
            guard types.isSubtype(functionTypes[number], of: instance.types[type.position]) else { return false }
            instance.importFunction(index, of: source)
            return true
        case (.table(let index), .table(let type)):
            let table = source.tables[index.position]
            guard table.type.addressType == type.addressType,
                table.type.element == TypeRegistry.resolve(type.element, instance.types),
                Self.matches(table.count, table.type.limits.maximum, type.limits.minimum, type.limits.maximum)
            else { return false }
            instance.tables.append(table)
            return true
        case (.memory(let index), .memory(let type)):
            let memory = source.memories[index.position]
            guard memory.type.addressType == type.addressType,
                Self.matches(memory.pageCount, memory.type.limits.maximum, type.limits.minimum, type.limits.maximum)
            else { return false }
            instance.memories.append(memory)
            return true
        case (.global(let index), .global(let type)):
            let global = source.globals[index.position]
            let expected = TypeRegistry.resolve(type.valueType, instance.types)
            guard global.type.isMutable == type.isMutable,
                type.isMutable ? global.type.valueType == expected : types.matches(global.type.valueType, expected)
            else { return false }
            instance.globals.append(global)
            return true
        case (.tag(let index), .tag(let type)):
            let identity = source.tags[index.position]
            guard tagTypes[identity] == instance.types[type.position] else { return false }
            instance.tags.append(identity)
            return true
        case (.function, _), (.table, _), (.memory, _), (.global, _), (.tag, _): return false
        }
    }

    /// Whether a size and a declared maximum are within the bounds that an import declares.
    private static func matches(_ size: UInt64, _ maximum: UInt64?, _ minimum: UInt64, _ bound: UInt64?) -> Bool {
        guard size >= minimum else { return false }
        guard let bound else { return true }
        return maximum.map { $0 <= bound } ?? false
    }
}
