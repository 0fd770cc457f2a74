import MachineCode
import Runtime
import WasmFormats
import WasmModel

/// An in-tree compiler with the machine that runs its code.
public struct CompiledEngine: Engine {
    public let name: String
    /// Compiles; its configuration may hold replaced stages.
    public let compiler: ModuleCompiler
    /// Makes the machine for one store, given the number of steps that it may make, where it counts them.
    let makeRunner: @Sendable (UInt64) -> any CodeRunner

    /// Makes an engine.
    public init(
        name: String,
        compiler: ModuleCompiler,
        makeRunner: @escaping @Sendable (_ fuel: UInt64) -> any CodeRunner
    ) {
        self.name = name
        self.compiler = compiler
        self.makeRunner = makeRunner
    }

    /// Decodes, validates, compiles, instantiates and runs.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        switch PreparedModule.prepare(test.wasm, engine: name) {
        case .failure(let outcome): outcome
        case .success(let module): run(module, test.invocations, within: budget)
        }
    }

    private func run(_ module: ValidatedModule, _ invocations: [Invocation], within budget: Budget) -> Outcome {
        PhaseTrace.enter(.compile, engine: name)
        let compiled: CompiledModule
        do {
            compiled = try compiler.compile(module)
        } catch {
            if case .brokenInvariant(let text) = error.reason {
                return .crashed(Crash(phase: .compile, message: "assertion failed: \(text)"))
            }
            return .refused(reason: error.description)
        }
        PhaseTrace.enter(.instantiate, engine: name)
        let limits = CompiledStore.Limits(stackBytes: budget.stackBytes, memoryPages: budget.memoryPages)
        do {
            let instance = try CompiledInstance(
                module,
                compiled: compiled,
                runner: makeRunner(budget.fuel),
                limits: limits
            )
            return try run(instance, invocations)
        } catch {
            switch error {
            case .trapped(let trap): return .completed(Observation(invocations: [.trapped(trap)]))
            case .threw(let exception): return .completed(Observation(invocations: [InvocationOutcome(exception)]))
            case .exhausted(let reason): return .completed(Observation(invocations: [.exhausted(reason: reason)]))
            case .fault(let text): return .crashed(Crash(phase: .instantiate, message: text))
            case .unknownImport(_, let module, let name): return .refused(reason: "unknown import \(module).\(name)")
            case .memory, .incompatibleImport, .unavailableImport, .exited, .unsupported:
                return .refused(reason: error.description)
            }
        }
    }

    private func run(_ instance: CompiledInstance, _ invocations: [Invocation]) throws(RuntimeFailure) -> Outcome {
        let module = instance.module
        PhaseTrace.enter(.execute, engine: name)
        var observation = Observation()
        for invocation in invocations {
            guard let function = module.module.exportedFunction(invocation.export) else {
                return .refused(reason: "no exported function '\(invocation.export)'")
            }
            if let mismatch = invocation.mismatch(with: module.functionType(of: function)) {
                return .refused(reason: mismatch)
            }
            switch try instance.call(function, invocation.arguments) {
            case .returned(let values): observation.invocations.append(.returned(values))
            case .trapped(let trap): observation.invocations.append(.trapped(trap))
            case .threw(let exception): observation.invocations.append(InvocationOutcome(exception))
            case .exhausted(let reason):
                observation.invocations.append(.exhausted(reason: reason))
                return .completed(observation)
            case .exited(let code): return .refused(reason: "exit code \(code)")
            case .fault(let text): return .crashed(Crash(phase: .execute, message: text))
            }
        }
        observation.hostCalls = instance.store.hostCallLog.first
        for export in module.module.exports.sorted(by: { $0.name < $1.name }) {
            switch export.item {
            case .global(let global):
                observation.globals.append(NamedValue(name: export.name, value: instance.globalValue(global)))
            case .memory(let memory):
                observation.memories.append(NamedBytes(name: export.name, bytes: instance.memoryBytes(memory)))
            case .table(let table):
                observation.tables.append(NamedElements(name: export.name, instance.tableElements(table)))
            case .function, .tag: break
            }
        }
        return .completed(observation)
    }
}

extension InvocationOutcome {
    /// The outcome of a call that ended with an exception.
    init(_ exception: ThrownException) { self = .threw(tag: exception.tag?.rawValue, payload: exception.payload) }
}
