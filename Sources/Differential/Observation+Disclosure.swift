import Execution
import WasmModel

extension Observation {
    /// The observation with what the engine does not disclose taken from what is expected: which trap it was, and which function or object
    /// of the host a reference is, where the engine says that there is one of the kind; and calls and instances of which the engine shows
    /// nothing at all.
    ///
    /// The boundaries of real engines show less than those of the engines in the tree; what they do show is compared.
    func disclosed(by expected: Observation) -> Observation {
        guard hidesSomething else { return self }
        var disclosed = self
        if let ending = instantiation, let other = expected.instantiation {
            disclosed.instantiation = ending.disclosed(by: other)
        }
        for number in 0..<min(invocations.count, expected.invocations.count) {
            disclosed.invocations[number] = invocations[number].disclosed(by: expected.invocations[number])
        }
        if showsNoInstance { disclosed.instances = expected.instances }
        for position in 0..<min(instances.count, expected.instances.count) {
            disclosed.instances[position] = instances[position].disclosed(by: expected.instances[position])
        }
        return disclosed
    }

    /// Whether the engine says of something that it is not as it has to be.
    var isMismatched: Bool { ([instantiation].compactMap { $0 } + invocations).contains(where: \.isMismatched) }

    private var showsNoInstance: Bool { instantiation == nil && instances.isEmpty }

    private var hidesSomething: Bool {
        invocations.contains(where: \.hidesSomething) || (instantiation?.hidesSomething ?? false)
            || instances.contains(where: \.hidesSomething) || showsNoInstance
    }
}

extension InvocationOutcome {
    fileprivate var isMismatched: Bool { if case .mismatched = self { true } else { false } }

    fileprivate var hidesSomething: Bool {
        switch self {
        case .trapped(let trap): trap == .unnamed
        case .returned(let values), .threw(_, payload: let values): values.contains(where: \.hidesSomething)
        case .unseen: true
        case .exhausted, .exited, .mismatched: false
        }
    }

    fileprivate func disclosed(by expected: InvocationOutcome) -> InvocationOutcome {
        switch (self, expected) {
        case (.trapped(.unnamed), .trapped), (.unseen, _): expected
        case (.returned(let values), .returned(let others)): .returned(values.disclosed(by: others))
        case (.threw(let tag, let values), .threw(_, payload: let others)):
            .threw(tag: tag, payload: values.disclosed(by: others))
        default: self
        }
    }
}

extension InstanceState {
    fileprivate var hidesSomething: Bool {
        globals.contains { $0.value.hidesSomething }
            || tables.contains { $0.elements.contains { $0.value.hidesSomething } }
            || hostCalls.first.contains { $0.arguments.contains(where: \.hidesSomething) }
    }

    fileprivate func disclosed(by expected: InstanceState) -> InstanceState {
        var disclosed = self
        for position in 0..<min(globals.count, expected.globals.count) {
            disclosed.globals[position].value = globals[position].value.disclosed(by: expected.globals[position].value)
        }
        for position in 0..<min(tables.count, expected.tables.count) {
            var others: [Int: WasmValue] = [:]
            for element in expected.tables[position].elements { others[element.position] = element.value }
            for (index, element) in tables[position].elements.enumerated() {
                guard let other = others[element.position] else { continue }
                disclosed.tables[position].elements[index].value = element.value.disclosed(by: other)
            }
        }
        if hostCalls.isWhole, expected.hostCalls.isWhole {
            disclosed.hostCalls = HostCallLog(
                zip(hostCalls.first, expected.hostCalls.first).map { call, other in
                    HostCall(
                        importOrdinal: call.importOrdinal,
                        arguments: call.arguments.disclosed(by: other.arguments)
                    )
                } + hostCalls.first.dropFirst(expected.hostCalls.first.count)
            )
        }
        return disclosed
    }
}

extension [WasmValue] {
    fileprivate func disclosed(by expected: [WasmValue]) -> [WasmValue] {
        guard contains(where: \.hidesSomething) else { return self }
        return enumerated().map { position, value in
            position < expected.count ? value.disclosed(by: expected[position]) : value
        }
    }
}

extension WasmValue {
    fileprivate var hidesSomething: Bool {
        if case .reference(.opaque) = self { true } else { false }
    }

    fileprivate func disclosed(by expected: WasmValue) -> WasmValue {
        switch (self, expected) {
        case (.reference(.opaque("func")), .reference(.function)),
            (.reference(.opaque("extern")), .reference(.external)):
            expected
        default: self
        }
    }
}
