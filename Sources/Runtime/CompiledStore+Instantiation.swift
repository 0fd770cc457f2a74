import MachineCode
import SSA
import WasmFormats
import WasmModel

/// What stands behind an import.
public enum LinkedItem {
    /// An item of another instance of the store, in that instance's index space.
    case item(ExternalIndex, of: CompiledInstance)
    /// A function of the host that logs its calls and answers in closed form. Its type is exactly that of the import.
    case host(HostFunction)
    /// A function of the host. Its type is exactly that of the import.
    case body(HostBody)
    /// A function of the host that may call functions of the store. Its type is exactly that of the import.
    case reentrantBody(ReentrantHostBody)
    /// What the host made in the store before.
    case made(StoreItem)
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
        imports: [LinkedItem] = []
    ) throws(RuntimeFailure) -> CompiledInstance {
        let instance = try InstanceState(module, compiled: compiled, types: types.register(module), in: self)
        try link(instance, imports)
        try instance.allocate()
        instance.fillContext()
        instance.fillFunctionRecords()
        add(instance)
        bindFunctions(of: instance)
        try instance.initialize()
        if let start = module.module.start {
            switch try call(instance, start, []) {
            case .returned: break
            case .trapped(let trap): throw .trapped(trap)
            case .threw(let exception): throw .threw(exception)
            case .exhausted(let limit): throw .exhausted(limit)
            case .exited(let code): throw .exited(code)
            case .fault(let text): throw .fault(text)
            }
        }
        return CompiledInstance(store: self, state: instance)
    }

    private func link(_ instance: InstanceState, _ imports: [LinkedItem]) throws(RuntimeFailure) {
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
    private func link(_ instance: InstanceState, _ item: LinkedItem, as type: ExternalType) -> Bool {
        switch item {
        case .host(let function): return link(instance, HostImplementation.logged(function), as: type)
        case .body(let body): return link(instance, HostImplementation.body(body), as: type)
        case .reentrantBody(let body): return link(instance, HostImplementation.reentrant(body), as: type)
        case .item(.function(let index), let source):
            guard case .function(let type) = type else { return false }
            let number = source.state.functions[index.position]
            guard types.isSubtype(functionTypes[number], of: instance.types[type.position]) else { return false }
            instance.importFunction(index, of: source.state)
            return true
        case .item(.table(let index), let source): return link(instance, source.state.tables[index.position], as: type)
        case .item(.memory(let index), let source):
            return link(instance, source.state.memories[index.position], as: type)
        case .item(.global(let index), let source):
            return link(instance, source.state.globals[index.position], as: type)
        case .item(.tag(let index), let source): return link(instance, tag: source.state.tags[index.position], as: type)
        case .made(let item):
            switch item.content {
            case .function(let number, let function):
                guard case .function(let type) = type,
                    types.isSubtype(functionTypes[number], of: instance.types[type.position])
                else { return false }
                instance.importHost(function, number: number)
                return true
            case .table(let table): return link(instance, table, as: type)
            case .memory(let memory): return link(instance, memory, as: type)
            case .global(let global): return link(instance, global, as: type)
            case .tag(let identity): return link(instance, tag: identity, as: type)
            }
        }
    }

    /// A function of the host that is made for the import alone.
    private func link(_ instance: InstanceState, _ function: HostImplementation, as type: ExternalType) -> Bool {
        guard case .function(let index) = type else { return false }
        instance.importHost(function, number: addFunction(ofType: instance.types[index.position]))
        return true
    }

    private func link(_ instance: InstanceState, _ table: ElementTable, as type: ExternalType) -> Bool {
        guard case .table(let type) = type, table.type.addressType == type.addressType,
            table.type.element == TypeRegistry.resolve(type.element, instance.types),
            Self.matches(table.count, table.type.limits.maximum, type.limits.minimum, type.limits.maximum)
        else { return false }
        instance.tables.append(table)
        return true
    }

    private func link(_ instance: InstanceState, _ memory: LinearMemory, as type: ExternalType) -> Bool {
        guard case .memory(let type) = type, memory.type.addressType == type.addressType,
            Self.matches(memory.pageCount, memory.type.limits.maximum, type.limits.minimum, type.limits.maximum)
        else { return false }
        instance.memories.append(memory)
        return true
    }

    private func link(_ instance: InstanceState, _ global: GlobalCell, as type: ExternalType) -> Bool {
        guard case .global(let type) = type, global.type.isMutable == type.isMutable else { return false }
        let expected = TypeRegistry.resolve(type.valueType, instance.types)
        guard type.isMutable ? global.type.valueType == expected : types.matches(global.type.valueType, expected)
        else { return false }
        instance.globals.append(global)
        return true
    }

    private func link(_ instance: InstanceState, tag identity: UInt64, as type: ExternalType) -> Bool {
        guard case .tag(let type) = type, tagTypes[identity] == instance.types[type.position] else { return false }
        instance.tags.append(identity)
        return true
    }

    /// Whether a size and a declared maximum are within the bounds that an import declares.
    private static func matches(_ size: UInt64, _ maximum: UInt64?, _ minimum: UInt64, _ bound: UInt64?) -> Bool {
        guard size >= minimum else { return false }
        guard let bound else { return true }
        return maximum.map { $0 <= bound } ?? false
    }
}
