import WasmFormats
import WasmModel

extension TestCase {
    /// Runs the case on stores of an engine: decodes, validates, prepares, instantiates and calls.
    public func run(on engine: any StoreEngine, within budget: Budget) -> Outcome {
        switch engine.module(wasm) {
        case .success(let module): run(module, on: engine, within: budget)
        case .failure(let failure): failure.outcome
        }
    }

    /// Runs the case on stores of an engine: prepares, instantiates and calls.
    /// - Parameter module: what the case's bytes are.
    public func run(_ module: ValidatedModule, on engine: any StoreEngine, within budget: Budget) -> Outcome {
        TestRun(test: self, module: module, engine: engine, budget: budget).outcome()
    }
}

/// One run of a test case whose module is valid.
private struct TestRun {
    let test: TestCase
    let module: ValidatedModule
    let engine: any StoreEngine
    let budget: Budget

    /// A run that came to an end before its observation was complete.
    private struct Stop: Error {
        var outcome: Outcome
    }

    func outcome() -> Outcome {
        do throws(Stop) {
            return try run()
        } catch {
            return error.outcome
        }
    }

    private func run() throws(Stop) -> Outcome {
        let calls = try resolvedCalls()
        var companions: [Part] = []
        for wasm in test.companions {
            switch engine.module(wasm) {
            case .success(let companion): companions.append(try part(companion, after: companions))
            case .failure(let failure): throw Stop(outcome: failure.outcome)
            }
        }
        let parts = companions + [try part(module, after: companions)]
        // Where calls leave nothing behind, an instance is as good as a new one.
        let isRenewed = test.usesFreshInstances && !module.isStateless
        var observation = Observation()
        var present: (store: any Store, instance: InstanceNumber)?
        for (number, call) in calls.enumerated() {
            if present == nil || isRenewed {
                if let old = present { observation.instances.append(try state(of: old.instance, in: old.store)) }
                switch try instantiate(parts) {
                case .success(let made): present = made
                case .failure(let ended):
                    observation.instantiation = ended.outcome
                    return .completed(observation)
                }
            }
            guard let (store, instance) = present else { break }
            if number == 0 || isRenewed { PhaseTrace.enter(.execute, engine: engine.name) }
            do {
                let ending = try store.invoke(call.function, of: instance, call.arguments)
                observation.invocations.append(ending)
                if !test.usesFreshInstances, ending.endsInstance { break }
            } catch {
                throw stop(error, in: .execute)
            }
        }
        if present == nil {
            switch try instantiate(parts) {
            case .success(let made): present = made
            case .failure(let ended): observation.instantiation = ended.outcome
            }
        }
        if let (store, instance) = present { observation.instances.append(try state(of: instance, in: store)) }
        return .completed(observation)
    }

    private struct Call {
        var function: FunctionIndex
        var arguments: [WasmValue]
    }

    /// The functions behind the exports that are called; looked up in time linear in exports and calls.
    private func resolvedCalls() throws(Stop) -> [Call] {
        // Names are the same where their code points are, unlike strings of Swift.
        var functions: [[UInt8]: FunctionIndex] = [:]
        if !test.invocations.isEmpty {
            functions.reserveCapacity(module.module.exports.count)
            for export in module.module.exports {
                if case .function(let index) = export.item { functions[Array(export.name.utf8)] = index }
            }
        }
        var calls: [Call] = []
        calls.reserveCapacity(test.invocations.count)
        for invocation in test.invocations {
            guard let function = functions[Array(invocation.export.utf8)] else {
                throw Stop(outcome: .refused(reason: "no exported function '\(invocation.export)'"))
            }
            if let mismatch = invocation.mismatch(with: module.functionType(of: function)) {
                throw Stop(outcome: .refused(reason: mismatch))
            }
            calls.append(Call(function: function, arguments: invocation.arguments))
        }
        return calls
    }

    // MARK: Instances

    /// A module that is to be instantiated, and what is behind its imports: where that is of another, its number is that of its instance.
    private struct Part {
        var module: ValidatedModule
        var prepared: any PreparedModule
        var imports: [ImportedItem]

        /// The functions of the host that the module imports itself, with their indices.
        var functionsOfHost: [(HostFunction, FunctionIndex)] {
            var index = -1
            return zip(imports, module.module.imports).compactMap { item, wanted in
                guard case .function = wanted.type else { return nil }
                index += 1
                guard case .host(let function) = item else { return nil }
                return (function, FunctionIndex(index))
            }
        }
    }

    /// Prepares a module, and finds what it imports: of those before it by their names, and of the host else.
    private func part(_ module: ValidatedModule, after companions: [Part]) throws(Stop) -> Part {
        var items: [ImportedItem]
        do {
            items = try HostImports(module).items
        } catch {
            throw Stop(outcome: .refused(reason: error.description))
        }
        for (number, companion) in companions.enumerated() {
            let name = TestCase.companionName(number)
            let exports = Dictionary(
                companion.module.module.exports.map { ($0.name, $0.item) },
                uniquingKeysWith: { first, _ in first }
            )
            for (position, wanted) in module.module.imports.enumerated() where wanted.module == name {
                guard let item = exports[wanted.name] else { throw Self.unlinkable(wanted) }
                items[position] = .item(item, of: InstanceNumber(number))
            }
            // What the host stands behind is one function, whoever imports it.
            let shared = Dictionary(companion.functionsOfHost, uniquingKeysWith: { first, _ in first })
            for (position, item) in items.enumerated() {
                guard case .host(let function) = item, let index = shared[function] else { continue }
                items[position] = .item(.function(index), of: InstanceNumber(number))
            }
        }
        PhaseTrace.enter(.compile, engine: engine.name)
        do {
            return Part(module: module, prepared: try engine.prepare(module), imports: items)
        } catch {
            throw stop(error, in: .compile)
        }
    }

    private static func unlinkable(_ wanted: Import) -> Stop {
        Stop(outcome: .refused(reason: "cannot link the import '\(wanted.module)' '\(wanted.name)'"))
    }

    private struct EndedInstantiation: Error {
        var outcome: InvocationOutcome
    }

    /// Instantiates all modules on a new store; the instance is that of the last.
    private func instantiate(
        _ parts: [Part]
    ) throws(Stop) -> Result<(store: any Store, instance: InstanceNumber), EndedInstantiation> {
        PhaseTrace.enter(.instantiate, engine: engine.name)
        let store: any Store
        do {
            store = try engine.makeStore(within: budget)
        } catch {
            throw stop(error, in: .instantiate)
        }
        var instances: [InstanceNumber] = []
        for part in parts {
            let imports = part.imports.map { item in
                if case .item(let index, let number) = item {
                    ImportedItem.item(index, of: instances[number.position])
                } else {
                    item
                }
            }
            do {
                instances.append(try store.instantiate(part.prepared, imports: imports))
            } catch {
                switch error {
                case .incompatibleImport(let position): throw Self.unlinkable(part.module.module.imports[position])
                case .ended(let outcome): return .failure(EndedInstantiation(outcome: outcome))
                case .engine(let failure): throw stop(failure, in: .instantiate)
                }
            }
        }
        return .success((store, instances[instances.count - 1]))
    }

    private func stop(_ failure: EngineFailure, in phase: Phase) -> Stop {
        switch failure {
        case .refused(let what): Stop(outcome: .refused(reason: what))
        case .crashed(let text): Stop(outcome: .crashed(Crash(phase: phase, message: text)))
        }
    }

    private func state(of instance: InstanceNumber, in store: any Store) throws(Stop) -> InstanceState {
        var state = InstanceState(hostCalls: store.hostCalls)
        do throws(EngineFailure) {
            for export in module.exportsOfState {
                let name = export.name
                switch export.item {
                case .global(let index):
                    state.globals.append(NamedValue(name: name, value: try store.value(of: index, in: instance)))
                case .memory(let index):
                    state.memories.append(NamedBytes(name: name, bytes: try store.bytes(of: index, in: instance)))
                case .table(let index):
                    state.tables.append(NamedElements(name: name, try store.elements(of: index, in: instance)))
                case .function, .tag: break
                }
            }
        } catch {
            throw stop(error, in: .execute)
        }
        return state
    }
}

extension InvocationOutcome {
    /// Whether nothing more can be compared on the instance: a limit was reached, or the program ended itself.
    fileprivate var endsInstance: Bool {
        switch self {
        case .exhausted, .exited: true
        case .returned, .trapped, .threw, .mismatched, .unseen: false
        }
    }
}

extension ValidatedModule {
    /// Whether calls leave nothing behind in an instance: it has and sees nothing that can be written, and its host hears nothing.
    public var isStateless: Bool {
        module.imports.isEmpty && module.memories.isEmpty && module.tables.isEmpty && module.elements.isEmpty
            && module.data.isEmpty && !module.globals.contains { $0.type.isMutable }
    }

    /// The exports that show state, sorted by name.
    public var exportsOfState: [Export] {
        module.exports.filter { export in
            switch export.item {
            case .global, .memory, .table: true
            case .function, .tag: false
            }
        }.sorted { $0.name < $1.name }
    }
}

extension Invocation {
    /// What is wrong with the arguments for a function of a type; nil where they fit.
    public func mismatch(with type: FunctionType) -> String? {
        guard arguments.count == type.parameters.count else {
            return "'\(export)' takes \(type.parameters.count.counted("argument")), \(arguments.count) were given"
        }
        for (position, (argument, parameter)) in zip(arguments, type.parameters).enumerated()
        where !argument.fits(parameter) {
            return
                "argument \(position) of '\(export)' is \(argument), the parameter is \(TypeList.name(of: parameter))"
        }
        return nil
    }
}

extension WasmValue {
    /// Whether a value may be given for a parameter, as far as that can be told from outside: references by their being such, and null
    /// only where the type has it.
    public func fits(_ type: ValueType) -> Bool {
        switch (self, type) {
        case (.i32, .i32), (.i64, .i64), (.f32, .f32), (.f64, .f64), (.v128, .v128): true
        case (.reference(.null), .reference(let type)): type.isNullable
        case (.reference, .reference): true
        case (.i32, _), (.i64, _), (.f32, _), (.f64, _), (.v128, _), (.reference, _): false
        }
    }
}

extension StoreEngine {
    /// The module that bytes are, as the engine's reader has it.
    fileprivate func module(_ wasm: [UInt8]) -> Result<ValidatedModule, ModuleReader.Failure> {
        Result { () throws(ModuleReader.Failure) in
            try reader.module(
                wasm,
                willDecode: { PhaseTrace.enter(.decode, engine: name) },
                willValidate: { PhaseTrace.enter(.validate, engine: name) }
            )
        }
    }
}

extension ModuleReader.Failure {
    /// Of the run of a case with such a module.
    fileprivate var outcome: Outcome {
        switch self {
        case .rejected(let reason): .rejected(reason: reason)
        case .refused(let reason): .refused(reason: reason)
        }
    }
}
