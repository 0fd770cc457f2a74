import MachineCode
import Runtime
import WasmFormats
import WasmModel
import WasmScripts

extension CompiledEngine: ScriptEngine {
    /// Makes an empty store, whose machine may make as many steps as it needs. Its stack is small, as scripts that use it up would
    /// take long in a simulator.
    public func makeScriptStore() -> any ScriptStore { CompiledScriptStore(compiler, makeRunner(.max)) }
}

/// The instances of a script, compiled.
final class CompiledScriptStore: ScriptStore {
    private let compiler: ModuleCompiler
    private let runner: any CodeRunner
    /// Made with the first instance.
    private var store: CompiledStore?
    private var instances: [CompiledInstance] = []

    init(_ compiler: ModuleCompiler, _ runner: any CodeRunner) {
        self.compiler = compiler
        self.runner = runner
    }

    func instantiate(
        _ module: ValidatedModule,
        imports: [ScriptImport]
    ) throws(ScriptInstantiationFailure) -> ScriptInstance {
        let compiled: CompiledModule
        do {
            compiled = try compiler.compile(module)
        } catch {
            switch error.reason {
            case .unsupported(let what): throw .refused(what)
            case .limit: throw .refused(error.description)
            case .brokenInvariant(let text): throw .crashed("assertion failed: \(text)")
            }
        }
        do throws(RuntimeFailure) {
            let store = try theStore()
            instances.append(
                try store.instantiate(module, compiled: compiled, imports: imports.map { item(behind: $0) })
            )
            return ScriptInstance(instances.count - 1)
        } catch {
            switch error {
            case .unknownImport(let position, _, _), .incompatibleImport(let position, _, _),
                .unavailableImport(let position, _, _):
                throw .incompatibleImport(position: position)
            case .trapped(let trap): throw .trapped(trap)
            case .threw: throw .threw
            case .exhausted(let limit): throw .exhausted(limit)
            case .fault(let text): throw .crashed(text)
            case .memory, .exited: throw .refused(error.description)
            case .unsupported(let what): throw .refused(what)
            }
        }
    }

    private func theStore() throws(RuntimeFailure) -> CompiledStore {
        if let store { return store }
        let made = try CompiledStore(runner: runner, limits: CompiledStore.Limits(stackBytes: 1 << 20))
        store = made
        return made
    }

    private func item(behind item: ScriptImport) -> ImportedItem {
        switch item {
        case .host(let function): .host(function)
        case .item(let index, let instance): .item(index, of: instances[instance.number])
        }
    }

    func invoke(_ function: FunctionIndex, of instance: ScriptInstance, _ arguments: [WasmValue]) -> ScriptOutcome {
        do {
            switch try instances[instance.number].call(function, arguments) {
            case .returned(let values): return .returned(values)
            case .trapped(let trap): return .trapped(trap)
            case .threw: return .threw
            case .exhausted(let limit): return .exhausted(limit)
            case .exited(let code): return .refused("exit code \(code)")
            case .fault(let text): return .crashed(text)
            }
        } catch {
            return .refused(error.description)
        }
    }

    func value(of global: GlobalIndex, in instance: ScriptInstance) -> ScriptOutcome {
        .returned([instances[instance.number].globalValue(global)])
    }
}
