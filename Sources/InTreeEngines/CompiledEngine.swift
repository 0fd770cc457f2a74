import Execution
import MachineCode
import Runtime
import WasmFormats
import WasmModel

/// An in-tree compiler with the machine that runs its code.
public struct CompiledEngine: StoreEngine {
    public let name: EngineName
    public let capabilities: EngineCapabilities
    /// Compiles; its configuration may hold replaced stages.
    public let compiler: ModuleCompiler
    public let reader: ModuleReader
    /// Makes the machine for one store, given the number of steps that each call may make, where it counts them.
    private let makeRunner: @Sendable (UInt64) -> any CodeRunner

    /// Makes an engine.
    /// - Parameter reader: shared with other engines that run the same test cases.
    public init(
        name: EngineName,
        compiler: ModuleCompiler,
        capabilities: EngineCapabilities = .unstated,
        reader: ModuleReader = ModuleReader(),
        makeRunner: @escaping @Sendable (_ fuel: UInt64) -> any CodeRunner
    ) {
        self.name = name
        self.compiler = compiler
        self.capabilities = capabilities
        self.reader = reader
        self.makeRunner = makeRunner
    }

    private struct Prepared: PreparedModule {
        let module: ValidatedModule
        let compiled: CompiledModule
        let host: Host?
    }

    /// What the host makes for a module that imports more than functions.
    private struct Host {
        let imports: [HostImport]
        /// The code of the functions that no import is.
        var valueFunctions: (module: ValidatedModule, functions: [HostFunction], compiled: CompiledModule)?
    }

    /// Compiles the module.
    public func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        Prepared(module: module, compiled: try compile(module), host: try host(of: module))
    }

    private func compile(_ module: ValidatedModule) throws(EngineFailure) -> CompiledModule {
        do {
            return try compiler.compile(module)
        } catch {
            switch error.reason {
            case .unsupported(let what): throw .refused(what)
            case .limit: throw .refused(error.description)
            case .brokenInvariant(let text): throw .crashed("assertion failed: \(text)")
            }
        }
    }

    private func host(of module: ValidatedModule) throws(EngineFailure) -> Host? {
        if module.importCounts.functions == module.module.imports.count { return nil }
        var host = Host(imports: module.hostImports())
        let lender: (module: ValidatedModule, functions: [HostFunction])?
        do {
            lender = try module.moduleOfValueFunctions(in: host.imports)
        } catch {
            throw .crashed("assertion failed: functions of the host are valid: \(error)")
        }
        if let lender { host.valueFunctions = (lender.module, lender.functions, try compile(lender.module)) }
        return host
    }

    /// Makes an empty store.
    public func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        let limits = CompiledStore.Limits(
            stackBytes: budget.stackBytes,
            memoryPages: budget.memoryPages,
            unseenMemoryPages: Budget.unseenMemoryPages,
            fuel: budget.fuel
        )
        do {
            return RunningStore(
                try CompiledStore(
                    runner: makeRunner(budget.fuel),
                    limits: limits,
                    landingStackPointer: compiler.configuration.landingStackPointer
                ),
                countsFuel: compiler.configuration.countsFuel
            )
        } catch {
            throw EngineFailure(error)
        }
    }

    /// The store of compiled code as everybody sees it.
    private final class RunningStore: Store {
        private let store: CompiledStore
        private let countsFuel: Bool
        private let system = SystemInterface()
        private var instances: [CompiledInstance] = []

        init(_ store: CompiledStore, countsFuel: Bool) {
            self.store = store
            self.countsFuel = countsFuel
        }

        func instantiate(
            _ module: any PreparedModule,
            imports: [ImportedItem]
        ) throws(InstantiationFailure) -> InstanceNumber {
            guard let prepared = module as? Prepared else {
                throw .engine(.crashed("a module that another engine prepared"))
            }
            do throws(RuntimeFailure) {
                let items = try items(behind: imports, of: prepared)
                instances.append(
                    try store.instantiate(prepared.module, compiled: prepared.compiled, imports: items)
                )
                return InstanceNumber(instances.count - 1)
            } catch {
                switch error {
                case .unknownImport(let position, _, _), .incompatibleImport(let position, _, _):
                    throw .incompatibleImport(position: position)
                case .trapped(let trap): throw .ended(.trapped(trap))
                case .threw(let exception): throw .ended(InvocationOutcome(exception))
                case .exhausted(let limit): throw .ended(.exhausted(reason: limit))
                case .exited(let status): throw .ended(.exited(status: status))
                case .fault, .memory, .unsupported, .unavailableImport: throw .engine(EngineFailure(error))
                }
            }
        }

        /// What stands behind the imports of a module, in their order. Equal functions of the host are one.
        private func items(
            behind imports: [ImportedItem],
            of prepared: Prepared
        ) throws(RuntimeFailure) -> [LinkedItem] {
            let types = store.types(of: prepared.module)
            let isMade = imports.contains(.made)
            var allocation = HostAllocation(
                store,
                types,
                valueFunctions: isMade ? try valueFunctions(of: prepared) : nil
            )
            var functions: [ImportedItem: StoreItem] = [:]
            var items: [LinkedItem] = []
            for (position, (item, wanted)) in zip(imports, prepared.module.module.imports).enumerated() {
                let mismatch = RuntimeFailure.incompatibleImport(
                    position: position,
                    module: wanted.module,
                    name: wanted.name
                )
                switch item {
                case .host, .system:
                    guard case .function(let type) = wanted.type else { throw mismatch }
                    let function = functions[item] ?? function(item, type, types)
                    functions[item] = function
                    guard let function else { throw mismatch }
                    items.append(.made(function))
                    allocation.skip()
                case .item(let index, let instance):
                    items.append(.item(index, of: instances[instance.position]))
                    allocation.skip()
                case .made:
                    if case .function = wanted.type { throw mismatch }
                    guard let host = prepared.host, let made = try allocation.next(host.imports[position]) else {
                        throw mismatch
                    }
                    items.append(.made(made))
                }
            }
            return items
        }

        /// Makes a function of the host; nil where the item is none.
        private func function(_ item: ImportedItem, _ type: TypeIndex, _ types: ModuleTypes) -> StoreItem? {
            switch item {
            case .host(let function): return store.allocateFunction(function, type: type, in: types)
            case .system(let function):
                let body = system.body(
                    of: function,
                    log: { [unowned store] in store.hostCallLog.append($0) },
                    charge: { [unowned store] in store.charge($0) }
                )
                return store.allocateFunction(type: type, in: types, body)
            case .item, .made: return nil
            }
        }

        private func valueFunctions(
            of prepared: Prepared
        ) throws(RuntimeFailure) -> HostAllocation.ValueFunctions? {
            guard let lender = prepared.host?.valueFunctions else { return nil }
            let instance = try store.instantiate(
                lender.module,
                compiled: lender.compiled,
                imports: lender.functions.map(LinkedItem.host)
            )
            return HostAllocation.ValueFunctions(
                importedBy: instance,
                firstOrdinal: prepared.module.importCounts.functions
            )
        }

        func invoke(
            _ function: FunctionIndex,
            of instance: InstanceNumber,
            _ arguments: [WasmValue]
        ) throws(EngineFailure) -> InvocationOutcome {
            let end: CallEnd
            do {
                end = try instances[instance.position].call(function, arguments)
            } catch {
                throw EngineFailure(error)
            }
            switch end {
            case .returned(let values): return .returned(values)
            case .trapped(let trap): return .trapped(trap)
            case .threw(let exception): return InvocationOutcome(exception)
            case .exhausted(let limit): return .exhausted(reason: limit)
            case .exited(let status): return .exited(status: status)
            case .fault(let text): throw .crashed(text)
            }
        }

        func value(of global: GlobalIndex, in instance: InstanceNumber) -> WasmValue {
            instances[instance.position].globalValue(global)
        }

        func bytes(of memory: MemoryIndex, in instance: InstanceNumber) -> [UInt8] {
            instances[instance.position].memoryBytes(memory)
        }

        func elements(of table: TableIndex, in instance: InstanceNumber) -> [WasmReference] {
            instances[instance.position].tableElements(table)
        }

        var hostCalls: HostCallLog { store.hostCallLog }

        var remainingFuel: UInt64? { countsFuel ? store.remainingFuel : nil }
    }
}

extension InvocationOutcome {
    /// The outcome of a call that ended with an exception.
    fileprivate init(_ exception: ThrownException) {
        self = .threw(tag: exception.tag?.rawValue, payload: exception.payload)
    }
}

extension EngineFailure {
    /// What a failure of the runtime is, apart from how calls and instantiations end.
    fileprivate init(_ failure: RuntimeFailure) {
        switch failure {
        case .fault(let text): self = .crashed(text)
        case .memory, .unknownImport, .incompatibleImport, .unavailableImport, .trapped, .threw, .exhausted, .exited,
            .unsupported:
            self = .refused(failure.description)
        }
    }
}
