import WasmModel

extension Outcome {
    /// In a few words.
    public var summary: String {
        switch self {
        case .completed(let observation): observation.summary
        case .refused(let reason): "refused: \(reason)"
        case .rejected(let reason): "rejected: \(reason)"
        case .crashed(let crash): "crashed (\(crash.phase.rawValue)): \(crash.message)"
        case .timedOut(let phase): "no end (\(phase.rawValue))"
        case .memoryExhausted(let phase): "memory exhausted (\(phase.rawValue))"
        case .notRun(let reason): "not run: \(reason)"
        }
    }
}

extension Observation {
    /// How the calls ended, in a few words: one call with what it did, several by their number.
    public var summary: String {
        if let instantiation { return "no instance: \(instantiation.summary)" }
        guard invocations.count > 1 else { return invocations.first?.summary ?? "instantiated" }
        var counts: [(name: String, count: Int)] = []
        for invocation in invocations {
            if let position = counts.firstIndex(where: { $0.name == invocation.kind }) {
                counts[position].count += 1
            } else {
                counts.append((invocation.kind, 1))
            }
        }
        return counts.map { "\($0.count) \($0.name)" }.joined(separator: ", ")
    }
}

extension InvocationOutcome {
    /// The reason of an exhaustion by fuel, the same in all engines.
    public static let fuelExhaustion = "fuel exhausted"

    /// The reason where calls are nested too deeply.
    public static let stackExhaustion = "call stack exhausted"

    /// Whether the call used up its fuel.
    public var isOutOfFuel: Bool { self == .exhausted(reason: Self.fuelExhaustion) }

    /// How the call ended, without its values.
    public var ending: String {
        switch self {
        case .returned: "returned"
        case .trapped(let trap): "trapped: \(trap.rawValue)"
        case .threw(let tag, let payload):
            "threw: tag \(tag.map(String.init) ?? "of another module") with \(payload.count.counted("value"))"
        case .exhausted(let reason): "exhausted: \(reason)"
        case .exited(let status): "exited: status \(status)"
        case .mismatched(let difference): "not as expected: \(difference)"
        case .unseen: "not seen"
        }
    }

    /// How the call ended, with the number of its values.
    public var summary: String {
        if case .returned(let values) = self { return "returned \(values.count.counted("value"))" }
        return ending
    }

    /// One word.
    fileprivate var kind: String {
        switch self {
        case .returned: "returned"
        case .trapped: "trapped"
        case .threw: "threw"
        case .exhausted: "exhausted"
        case .exited: "exited"
        case .mismatched: "not as expected"
        case .unseen: "not seen"
        }
    }
}
