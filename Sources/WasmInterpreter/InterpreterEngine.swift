import Execution
import WasmFormats
import WasmModel

/// The interpreter: the oracle.
public struct InterpreterEngine: StoreEngine, Oracle {
    /// What relaxed instructions do.
    private let relaxed: RelaxedParameters
    /// What a store may use beside what the budget says.
    private let limits: ExecutionLimits
    private let fusesInstructions: Bool
    public let reader: ModuleReader

    /// Makes the engine.
    /// - Parameters:
    ///   - limits: of a store; the fuel, the depth of calls and the size of memories are those of the budget.
    ///   - fusesInstructions: whether some instructions are executed as one.
    ///   - reader: shared with other engines that run the same test cases.
    public init(
        relaxed: RelaxedParameters = RelaxedParameters(),
        limits: ExecutionLimits = ExecutionLimits(),
        fusesInstructions: Bool = true,
        reader: ModuleReader = ModuleReader()
    ) {
        self.relaxed = relaxed
        self.limits = limits
        self.fusesInstructions = fusesInstructions
        self.reader = reader
    }

    static let family = "interpreter"

    /// `interpreter`, with the number of the choice where it is not that of the deterministic profile.
    public var name: EngineName {
        EngineName(family: Self.family, options: relaxed == RelaxedParameters() ? [] : ["relaxed-\(relaxed.number)"])
    }

    /// The interpreter with a choice of what relaxed instructions do.
    public func choosing(_ relaxed: RelaxedParameters) -> any Engine {
        InterpreterEngine(relaxed: relaxed, limits: limits, fusesInstructions: fusesInstructions, reader: reader)
    }

    public var capabilities: EngineCapabilities {
        EngineCapabilities(
            summary: "the oracle: executes the specification's semantics, deterministic profile",
            version: "in this program",
            machine: "none",
            features: .wasm3,
            limits: [
                EngineCapabilities.Limit("nested calls", UInt64(limits.callDepth)),
                EngineCapabilities.Limit("pages of a memory", limits.memoryPages),
                EngineCapabilities.Limit("elements of a table", limits.tableElements),
                EngineCapabilities.Limit("bytes of exceptions and objects", limits.heapBytes),
            ]
        )
    }

    private struct Prepared: PreparedModule {
        let module: ValidatedModule
    }

    /// Takes the module as it is.
    public func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        Prepared(module: module)
    }

    /// Makes an empty store.
    public func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        var limits = limits
        limits.fuel = Int64(clamping: budget.fuel)
        limits.callDepth = budget.callDepth
        limits.memoryPages = budget.memoryPages
        limits.unseenMemoryPages = Budget.unseenMemoryPages
        let store = InterpreterStore(limits: limits, fusesInstructions: fusesInstructions)
        store.relaxed = relaxed
        return InterpretedStore(store)
    }
}

/// The interpreter's store as everybody sees it.
private final class InterpretedStore: Store {
    private let store: InterpreterStore
    private let fuelOfCall: Int64
    private let system = SystemInterface()
    private var instances: [ModuleInstance] = []

    init(_ store: InterpreterStore) {
        self.store = store
        fuelOfCall = store.fuel
    }

    func instantiate(
        _ module: any PreparedModule,
        imports: [ImportedItem]
    ) throws(InstantiationFailure) -> InstanceNumber {
        store.fuel = fuelOfCall
        var values: [ExternalValue] = []
        do {
            values = try self.values(behind: imports, of: module.module)
            instances.append(try store.instantiate(module.module, imports: values))
            return InstanceNumber(instances.count - 1)
        } catch {
            switch error {
            case .unknownImport(let position, _, _), .incompatibleImport(let position, _, _):
                throw .incompatibleImport(position: position)
            case .trapped(let trap): throw .ended(.trapped(trap))
            case .threw(let tag, let payload):
                let index = store.index(of: tag, importing: values, definedTags: module.module.module.tags.count)
                throw .ended(.threw(tag: index.map(UInt32.init), payload: payload))
            case .exhausted(let limit): throw .ended(.exhausted(reason: limit.rawValue))
            case .exited(let status): throw .ended(.exited(status: status))
            case .unavailableImport: throw .engine(.refused(error.description))
            }
        }
    }

    /// What stands behind the imports of a module, in their order.
    private func values(
        behind items: [ImportedItem],
        of module: ValidatedModule
    ) throws(InstantiationError) -> [ExternalValue] {
        let types = store.types(of: module)
        let made = items.contains(.made) ? module.hostImports() : []
        // Globals and tables may refer to functions that come after them.
        let functions = functions(behind: items, of: module, types)
        var allocation = HostAllocation(store, types, functions: functions)
        var values: [ExternalValue] = []
        var functionCount = 0
        for (position, (item, wanted)) in zip(items, module.module.imports).enumerated() {
            let mismatch = InstantiationError.incompatibleImport(
                position: position,
                module: wanted.module,
                name: wanted.name
            )
            let value: ExternalValue
            switch item {
            case .item(let index, let instance):
                value = instances[instance.position].item(index)
                allocation.skip(value)
            case .host, .system:
                guard case .function = wanted.type else { throw mismatch }
                value = .function(functions[functionCount])
                allocation.skip(value)
            case .made:
                if case .function = wanted.type { throw mismatch }
                guard let new = try allocation.next(made[position]) else { throw mismatch }
                value = new
            }
            values.append(value)
            if case .function = wanted.type { functionCount += 1 }
        }
        return values
    }

    /// What stands behind the imported functions of a module, in their order. Equal functions of the host are one.
    private func functions(
        behind items: [ImportedItem],
        of module: ValidatedModule,
        _ types: ModuleTypes
    ) -> [FunctionAddress] {
        var functions: [FunctionAddress] = []
        var ofHost: [ImportedItem: FunctionAddress] = [:]
        for (item, wanted) in zip(items, module.module.imports) {
            guard case .function(let type) = wanted.type else { continue }
            switch item {
            case .host(let function):
                let address = ofHost[item] ?? store.allocateFunction(function, type: type, in: types)
                ofHost[item] = address
                functions.append(address)
            case .system(let function):
                let body = system.body(
                    of: function,
                    log: { [unowned store] in store.hostCallLog.append($0) },
                    charge: { [unowned store] in store.charge($0) }
                )
                let address = ofHost[item] ?? store.allocateFunction(type: type, in: types, body)
                ofHost[item] = address
                functions.append(address)
            case .item(.function(let index), let instance):
                functions.append(instances[instance.position].functions[index.position])
            case .item, .made: break
            }
        }
        return functions
    }

    func invoke(
        _ function: FunctionIndex,
        of instance: InstanceNumber,
        _ arguments: [WasmValue]
    ) throws(EngineFailure) -> InvocationOutcome {
        store.fuel = fuelOfCall
        let instance = instances[instance.position]
        switch store.invoke(instance.functions[function.position], arguments, namingBy: instance) {
        case .returned(let values): return .returned(values)
        case .trapped(let trap): return .trapped(trap)
        case .threw(let tag, let payload):
            return .threw(tag: instance.tags.firstIndex(of: tag).map(UInt32.init), payload: payload)
        case .exhausted(let limit): return .exhausted(reason: limit.rawValue)
        case .exited(let status): return .exited(status: status)
        }
    }

    func value(of global: GlobalIndex, in instance: InstanceNumber) -> WasmValue {
        let instance = instances[instance.position]
        return store.value(of: instance.globals[global.position], in: instance)
    }

    func bytes(of memory: MemoryIndex, in instance: InstanceNumber) -> [UInt8] {
        store.withBytes(of: instances[instance.position].memories[memory.position]) { [UInt8]($0) }
    }

    func elements(of table: TableIndex, in instance: InstanceNumber) -> [WasmReference] {
        let instance = instances[instance.position]
        return store.elements(of: instance.tables[table.position], in: instance)
    }

    var hostCalls: HostCallLog { store.hostCallLog }

    var remainingFuel: UInt64? { UInt64(clamping: store.fuel) }
}

extension InterpreterStore {
    /// The index of a tag in the module that was instantiated last, whose instance is gone; nil where the tag is of another module.
    fileprivate func index(of tag: TagAddress, importing values: [ExternalValue], definedTags: Int) -> Int? {
        let imported = values.compactMap { if case .tag(let address) = $0 { address } else { nil } }
        let firstDefined = tagTypes.count - definedTags
        return imported.firstIndex(of: tag)
            ?? (tag.position >= firstDefined ? imported.count + tag.position - firstDefined : nil)
    }
}

extension ModuleInstance {
    /// The item of the store at an index.
    fileprivate func item(_ index: ExternalIndex) -> ExternalValue {
        switch index {
        case .function(let index): .function(functions[index.position])
        case .table(let index): .table(tables[index.position])
        case .memory(let index): .memory(memories[index.position])
        case .global(let index): .global(globals[index.position])
        case .tag(let index): .tag(tags[index.position])
        }
    }
}

/// Makes the interpreter.
public struct InterpreterFactory: EngineFactory {
    /// Makes the factory.
    public init() {}

    public let family = InterpreterEngine.family
    public let obstacle: String? = nil
    public var configurations: [EngineName] { [EngineName(family: family)] }

    public func makeEngine(_ name: EngineName) -> any Engine { InterpreterEngine() }

    public func makeVariant(_ name: EngineName) -> (any Engine)? {
        guard name.options.count == 1, let option = name.options.first, option.hasPrefix("relaxed-"),
            let relaxed = UInt32(option.dropFirst("relaxed-".count)).flatMap(RelaxedParameters.init(number:))
        else { return nil }
        return InterpreterEngine(relaxed: relaxed)
    }
}
