import Invariants
import WasmFormats
import WasmInterpreter
import WasmModel

/// The interpreter: the oracle.
public struct InterpreterEngine: Engine {
    public let name = "interpreter"

    /// Makes the engine.
    public init() {}

    /// A module whose relaxed instructions leave more ways open than these is run in the first of them only.
    public static let maximumWays = 64

    /// Decodes, validates, instantiates and interprets: once, and once more for every choice that the specification leaves open and that
    /// the module's instructions can make visible.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        switch PreparedModule.prepare(test.wasm, engine: name) {
        case .failure(let outcome): return outcome
        case .success(let module):
            let choices = Self.isRelaxed(module.module) ? RelaxedParameters.choices(for: module.module) : [.init()]
            let first = run(module, test.invocations, choices[0], within: budget)
            guard choices.count > 1, case .completed(var observation) = first else { return first }
            guard choices.count <= Self.maximumWays else {
                observation.freedom.isCutShort = true
                return .completed(observation)
            }
            for choice in choices.dropFirst() {
                guard case .completed(let other) = run(module, test.invocations, choice, within: budget) else {
                    continue
                }
                if other != first.observation, !observation.freedom.alternatives.contains(other) {
                    observation.freedom.alternatives.append(other)
                }
            }
            return .completed(observation)
        }
    }

    /// By ``Opcode/position``.
    private static let areRelaxed: [Bool] = OpcodeTable.rows.map { $0.feature == .relaxedSIMD }

    private static func isRelaxed(_ module: Module) -> Bool {
        module.functions.contains { $0.body.contains { areRelaxed[$0.opcode.position] } }
    }

    /// Runs with one choice of what relaxed instructions do, and with other NaNs where the module makes some.
    private func run(
        _ module: ValidatedModule,
        _ invocations: [Invocation],
        _ relaxed: RelaxedParameters,
        within budget: Budget
    ) -> Outcome {
        let first = interpret(module, invocations, relaxed, within: budget)
        guard case .completed(var observation) = first, !observation.isExhausted,
            NaNVariation.makesNaNs(module.module, relaxed)
        else { return first }
        var larger = budget
        // The instructions that choose a NaN are steps, too.
        larger.fuel = budget.fuel.multipliedReportingOverflow(by: 100).partialValue
        func observe(_ choice: NaNChoice) -> Observation? {
            guard let varied = NaNVariation.varied(module, choice, relaxed),
                case .completed(let other) = interpret(varied, invocations, relaxed, within: larger)
            else { return nil }
            return other
        }
        var others: [Observation] = []
        for choice in NaNChoice.alternatives {
            guard let other = observe(choice) else {
                observation.freedom.isCutShort = true
                return .completed(observation)
            }
            others.append(other)
        }
        if others.contains(where: { $0 != observation }) {
            // What differs must do so because of NaNs, and not because the oracle takes rewritten code for something else: a mistake of
            // its own would be allowed to everybody otherwise.
            if let control = observe(.positive), !control.isExhausted {
                invariant(control == observation, "the oracle makes positive canonical NaNs, and nothing else of them")
            }
            observation.freedom.otherNaNs = others
        }
        return .completed(observation)
    }

    private func interpret(
        _ module: ValidatedModule,
        _ invocations: [Invocation],
        _ relaxed: RelaxedParameters,
        within budget: Budget
    ) -> Outcome {
        PhaseTrace.enter(.instantiate, engine: name)
        let store = Store(
            limits: ExecutionLimits(
                fuel: Int64(clamping: budget.fuel),
                callDepth: budget.callDepth,
                memoryPages: budget.memoryPages
            )
        )
        store.relaxed = relaxed
        let instance: ModuleInstance
        do {
            instance = try store.instantiate(module, imports: store.allocateImports(of: module))
        } catch {
            switch error {
            case .trapped(let trap): return .completed(Observation(invocations: [.trapped(trap)]))
            case .threw(let tag, let payload):
                // The tag's index is unknown without an instance; one module's tags have the indices of its addresses.
                return .completed(Observation(invocations: [.threw(tag: tag.rawValue, payload: payload)]))
            case .exhausted(let limit):
                return .completed(Observation(invocations: [.exhausted(reason: limit.rawValue)]))
            case .unknownImport, .incompatibleImport, .unavailableImport, .exited:
                return .refused(reason: error.description)
            }
        }
        PhaseTrace.enter(.execute, engine: name)
        return run(invocations, on: instance, in: store)
    }

    private func run(_ invocations: [Invocation], on instance: ModuleInstance, in store: Store) -> Outcome {
        var observation = Observation()
        for invocation in invocations {
            guard let function = instance.exportedFunction(invocation.export) else {
                return .refused(reason: "no exported function '\(invocation.export)'")
            }
            if let mismatch = invocation.mismatch(with: store.type(of: function)) { return .refused(reason: mismatch) }
            switch store.invoke(function, invocation.arguments) {
            case .returned(let values): observation.invocations.append(.returned(values))
            case .trapped(let trap): observation.invocations.append(.trapped(trap))
            case .threw(let tag, let payload):
                let index = instance.tags.firstIndex(of: tag).map(UInt32.init)
                observation.invocations.append(.threw(tag: index, payload: payload))
            case .exhausted(let limit):
                observation.invocations.append(.exhausted(reason: limit.rawValue))
                return .completed(observation)
            case .exited(let code): return .refused(reason: "exit code \(code)")
            }
        }
        observation.hostCalls = store.hostCallLog.first
        for export in instance.module.module.exports.sorted(by: { $0.name < $1.name }) {
            switch export.item {
            case .global(let global):
                let value = store.value(of: instance.globals[global.position], in: instance)
                observation.globals.append(NamedValue(name: export.name, value: value))
            case .memory(let memory):
                let bytes = store.withBytes(of: instance.memories[memory.position]) { [UInt8]($0) }
                observation.memories.append(NamedBytes(name: export.name, bytes: bytes))
            case .table(let table):
                let references = store.elements(of: instance.tables[table.position], in: instance)
                observation.tables.append(NamedElements(name: export.name, references))
            case .function, .tag: break
            }
        }
        return .completed(observation)
    }
}

extension Outcome {
    fileprivate var observation: Observation? {
        if case .completed(let observation) = self { observation } else { nil }
    }
}
