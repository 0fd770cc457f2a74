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
    /// Makes the machine for one store, given the number of steps that each call may make, where it counts them.
    private let makeRunner: @Sendable (UInt64) -> any CodeRunner

    /// Makes an engine.
    public init(
        name: EngineName,
        compiler: ModuleCompiler,
        capabilities: EngineCapabilities = .unstated,
        makeRunner: @escaping @Sendable (_ fuel: UInt64) -> any CodeRunner
    ) {
        self.name = name
        self.compiler = compiler
        self.capabilities = capabilities
        self.makeRunner = makeRunner
    }

    private struct Prepared: PreparedModule {
        let module: ValidatedModule
        let compiled: CompiledModule
    }

    /// Compiles the module.
    public func prepare(_ module: ValidatedModule) throws(EngineFailure) -> any PreparedModule {
        do {
            return Prepared(module: module, compiled: try compiler.compile(module))
        } catch {
            switch error.reason {
            case .unsupported(let what): throw .refused(what)
            case .limit: throw .refused(error.description)
            case .brokenInvariant(let text): throw .crashed("assertion failed: \(text)")
            }
        }
    }

    /// Makes an empty store.
    public func makeStore(within budget: Budget) throws(EngineFailure) -> any Store {
        let limits = CompiledStore.Limits(
            stackBytes: budget.stackBytes,
            memoryPages: budget.memoryPages,
            fuel: budget.fuel
        )
        do {
            return RunningStore(
                try CompiledStore(runner: makeRunner(budget.fuel), limits: limits),
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
                let items = try items(behind: imports, of: prepared.module)
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

        /// What stands behind the imports of a module, in their order.
        private func items(
            behind imports: [ImportedItem],
            of module: ValidatedModule
        ) throws(RuntimeFailure) -> [LinkedItem] {
            let types = store.types(of: module)
            let made = imports.contains(.made) ? module.hostImports() : []
            var items: [LinkedItem] = []
            for (position, item) in imports.enumerated() {
                switch item {
                case .host(let function): items.append(.host(function))
                case .system(let function):
                    items.append(.body(system.body(of: function) { [unowned store] in store.hostCallLog.append($0) }))
                case .item(let index, let instance): items.append(.item(index, of: instances[instance.position]))
                case .made:
                    switch made[position] {
                    case .table(let type, let element):
                        items.append(.made(try store.allocateTable(type, filledWith: element, in: types)))
                    case .memory(let type): items.append(.made(try store.allocateMemory(type)))
                    case .global(let type, let value):
                        items.append(.made(try store.allocateGlobal(type, value, in: types)))
                    case .tag(let type): items.append(.made(try store.allocateTag(type, in: types)))
                    case .function, .unavailable:
                        let item = module.module.imports[position]
                        throw .incompatibleImport(position: position, module: item.module, name: item.name)
                    }
                }
            }
            return items
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
