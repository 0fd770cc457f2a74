import WasmFormats
import WasmModel
import WasmScripts

/// The interpreter as an engine for specification scripts.
public struct InterpreterScriptEngine: ScriptEngine {
    public let name = "interpreter"
    /// The bounds of execution of one script.
    public var limits: ExecutionLimits
    /// What relaxed instructions do.
    public var relaxed: RelaxedParameters

    /// Makes the engine.
    public init(limits: ExecutionLimits = ExecutionLimits(), relaxed: RelaxedParameters = RelaxedParameters()) {
        self.limits = limits
        self.relaxed = relaxed
    }

    /// Makes an empty store.
    public func makeScriptStore() -> any ScriptStore {
        let store = Store(limits: limits)
        store.relaxed = relaxed
        return InterpreterScriptStore(store)
    }
}

/// The instances of a script in the interpreter.
final class InterpreterScriptStore: ScriptStore {
    private let store: Store
    private var instances: [ModuleInstance] = []

    init(_ store: Store) { self.store = store }

    func instantiate(
        _ module: ValidatedModule,
        imports: [ScriptImport]
    ) throws(ScriptInstantiationFailure) -> ScriptInstance {
        do {
            instances.append(try store.instantiate(module, imports: imports.map { value(behind: $0) }))
            return ScriptInstance(instances.count - 1)
        } catch {
            switch error {
            case .unknownImport(let position, _, _), .incompatibleImport(let position, _, _),
                .unavailableImport(let position, _, _):
                throw .incompatibleImport(position: position)
            case .exited: throw .refused(error.description)
            case .trapped(let trap): throw .trapped(trap)
            case .threw: throw .threw
            case .exhausted(let limit): throw .exhausted(limit.rawValue)
            }
        }
    }

    private func value(behind item: ScriptImport) -> ExternalValue {
        switch item {
        case .host(let function): .function(store.allocateFunction(function))
        case .item(.function(let index), let instance): .function(instances[instance.number].functions[index.position])
        case .item(.table(let index), let instance): .table(instances[instance.number].tables[index.position])
        case .item(.memory(let index), let instance): .memory(instances[instance.number].memories[index.position])
        case .item(.global(let index), let instance): .global(instances[instance.number].globals[index.position])
        case .item(.tag(let index), let instance): .tag(instances[instance.number].tags[index.position])
        }
    }

    func invoke(_ function: FunctionIndex, of instance: ScriptInstance, _ arguments: [WasmValue]) -> ScriptOutcome {
        switch store.invoke(instances[instance.number].functions[function.position], arguments) {
        case .returned(let values): .returned(values)
        case .trapped(let trap): .trapped(trap)
        case .threw: .threw
        case .exhausted(let limit): .exhausted(limit.rawValue)
        case .exited(let code): .refused("exit code \(code)")
        }
    }

    func value(of global: GlobalIndex, in instance: ScriptInstance) -> ScriptOutcome {
        let instance = instances[instance.number]
        return .returned([store.value(of: instance.globals[global.position], in: instance)])
    }
}
