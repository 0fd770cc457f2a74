import Execution
import WasmFormats
import WasmModel

/// How the observation of a rewritten case becomes that of the case.
struct CarriedReading: Sendable {
    let storage: StoragePlan
    let plan: InstancePlan
    /// Whether one instance stands for all, however many were asked for.
    let isStateless: Bool
    /// By call.
    let resultTypes: [[ValueType]]
    /// By tag.
    let payloadTypes: [[ValueType]]
    /// The exported globals, sorted by name.
    let globals: [SeenGlobal]
    /// The names of exported memories, sorted.
    let memories: [String]

    init(
        _ storage: StoragePlan,
        _ test: TestCase,
        _ source: ValidatedModule,
        _ calls: [CarriedCall],
        _ exports: VisibleExports
    ) {
        self.storage = storage
        plan = InstancePlan(test, isStateCalled: exports.needState)
        isStateless = source.isStateless
        resultTypes = calls.map(\.type.results)
        payloadTypes = source.tagTypeIndices.indices.map { source.functionType(of: TagIndex($0)).parameters }
        globals = exports.globals.map {
            SeenGlobal(name: $0.name, type: source.globalTypes[$0.global.position].valueType)
        }
        memories = exports.memories.map(\.name)
    }

    /// The observation of the case.
    func observation(of observed: [Observation]) throws(CarriageFailure) -> Observation {
        var result = Observation()
        switch plan {
        case .one: result = try observation(of: observed[0], calls: resultTypes.indices)
        case .fresh:
            let observed = observed[0]
            result.instantiation = observed.instantiation
            guard observed.instantiation == nil else { break }
            guard observed.invocations.count == resultTypes.count, observed.instances.count == resultTypes.count else {
                throw .unseen("an instance for each call")
            }
            for (call, instance) in observed.instances.enumerated() {
                let stored = try storage.open(instance)
                result.invocations.append(try outcome(of: observed.invocations[call], call, stored))
                result.instances.append(try state(instance, stored, isStored: false))
            }
        case .split:
            for (call, observed) in observed.enumerated() {
                let part = try observation(of: observed, calls: call..<call + 1)
                result.instantiation = part.instantiation
                result.invocations += part.invocations
                result.instances += part.instances
            }
        }
        if isStateless, plan != .one, let last = result.instances.last { result.instances = [last] }
        return result
    }

    /// Of calls on one instance.
    private func observation(of observed: Observation, calls: Range<Int>) throws(CarriageFailure) -> Observation {
        var result = Observation(instantiation: observed.instantiation)
        guard observed.instantiation == nil else { return result }
        guard let instance = observed.instances.first else { throw .unseen("an instance") }
        let stored = try storage.open(instance)
        for (call, ending) in zip(calls, observed.invocations) {
            result.invocations.append(try outcome(of: ending, call, stored))
        }
        let endsEarly = observed.invocations.last?.endsInstance ?? false
        guard endsEarly || observed.invocations.count == calls.count + (needsState ? 1 : 0) else {
            throw .unseen("how all calls ended")
        }
        var isStored = false
        if !endsEarly, needsState, let last = observed.invocations.last {
            guard case .returned = last else { throw .nonsense("state that cannot be stored") }
            isStored = true
        }
        result.instances = [try state(instance, stored, isStored: isStored)]
        return result
    }

    private var needsState: Bool { !globals.isEmpty || storage.hasTables }

    private func outcome(
        of ending: InvocationOutcome,
        _ call: Int,
        _ stored: CarriedStorage
    ) throws(CarriageFailure) -> InvocationOutcome {
        let status = try stored.status(ofCall: call)
        switch ending {
        case .returned:
            switch status {
            case CarriageStatus.none, CarriageStatus.noHostValue:
                throw .nonsense("call \(call) returned without having stored anything")
            case CarriageStatus.returned: return .returned(try stored.values(resultTypes[call], ofCall: call))
            default:
                let tag = Int(status - CarriageStatus.threw)
                guard tag < payloadTypes.count else { throw .nonsense("call \(call) has the status \(status)") }
                return .threw(tag: UInt32(tag), payload: try stored.values(payloadTypes[tag], ofCall: call))
            }
        case .trapped: return status == CarriageStatus.noHostValue ? .trapped(.noHostValue) : ending
        case .threw, .exhausted, .exited, .mismatched, .unseen: return ending
        }
    }

    private func state(
        _ instance: InstanceState,
        _ stored: CarriedStorage,
        isStored: Bool
    ) throws(CarriageFailure) -> InstanceState {
        var state = InstanceState()
        let contents = Dictionary(instance.memories.map { ($0.name, $0.bytes) }) { first, _ in first }
        for (position, name) in memories.enumerated() {
            guard let content = contents[VisibleExports.memoryName(position)] else { throw .unseen("a memory") }
            state.memories.append(NamedBytes(name: name, bytes: content))
        }
        state.hostCalls = try stored.hostCalls(isStateStored: isStored)
        guard isStored else { return state }
        for (global, value) in zip(globals, try stored.stateValues(globals.map(\.type))) {
            state.globals.append(NamedValue(name: global.name, value: value))
        }
        state.tables = try stored.tables()
        return state
    }
}

extension InvocationOutcome {
    /// Whether no call follows on the same instance.
    fileprivate var endsInstance: Bool {
        switch self {
        case .exhausted, .exited: true
        case .returned, .trapped, .threw, .mismatched, .unseen: false
        }
    }
}
