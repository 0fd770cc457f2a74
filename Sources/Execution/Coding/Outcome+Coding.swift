import Foundation
import WasmModel

// The JSON of outcomes, in the host protocol and in what commands print. The names are written here and nowhere else: renaming a case of
// Swift changes none of them.

extension Outcome: Codable {
    private enum Key: String, CodingKey {
        case outcome, observation, reason, crash, phase
    }

    private enum Name: String, Codable {
        case completed, refused, rejected, crashed
        case timedOut = "timed-out"
        case memoryExhausted = "memory-exhausted"
        case notRun = "not-run"
    }

    /// Writes the name of the outcome and its parts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .completed(let observation):
            try container.encode(Name.completed, forKey: .outcome)
            try container.encode(observation, forKey: .observation)
        case .refused(let reason):
            try container.encode(Name.refused, forKey: .outcome)
            try container.encode(reason, forKey: .reason)
        case .rejected(let reason):
            try container.encode(Name.rejected, forKey: .outcome)
            try container.encode(reason, forKey: .reason)
        case .crashed(let crash):
            try container.encode(Name.crashed, forKey: .outcome)
            try container.encode(crash, forKey: .crash)
        case .timedOut(let phase):
            try container.encode(Name.timedOut, forKey: .outcome)
            try container.encode(phase, forKey: .phase)
        case .memoryExhausted(let phase):
            try container.encode(Name.memoryExhausted, forKey: .outcome)
            try container.encode(phase, forKey: .phase)
        case .notRun(let reason):
            try container.encode(Name.notRun, forKey: .outcome)
            try container.encode(reason, forKey: .reason)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Name.self, forKey: .outcome) {
        case .completed: self = .completed(try container.decode(Observation.self, forKey: .observation))
        case .refused: self = .refused(reason: try container.decode(String.self, forKey: .reason))
        case .rejected: self = .rejected(reason: try container.decode(String.self, forKey: .reason))
        case .crashed: self = .crashed(try container.decode(Crash.self, forKey: .crash))
        case .timedOut: self = .timedOut(try container.decode(Phase.self, forKey: .phase))
        case .memoryExhausted: self = .memoryExhausted(try container.decode(Phase.self, forKey: .phase))
        case .notRun: self = .notRun(reason: try container.decode(String.self, forKey: .reason))
        }
    }
}

extension InstanceState: Codable {
    private enum CodingKeys: String, CodingKey {
        case globals, memories, tables, hostCalls, furtherHostCalls
    }

    /// What is kept of the calls that are not written whole.
    private struct FurtherHostCalls: Codable {
        private enum CodingKeys: String, CodingKey {
            case count = "count"
            case digest = "digest"
            case digestWithoutNaNs = "digestWithoutNaNs"
        }

        var count: Int
        var digest: UInt64
        var digestWithoutNaNs: UInt64
    }

    /// Leaves out what is empty.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        if !globals.isEmpty { try container.encode(globals, forKey: .globals) }
        if !memories.isEmpty { try container.encode(memories, forKey: .memories) }
        if !tables.isEmpty { try container.encode(tables, forKey: .tables) }
        if !hostCalls.isEmpty { try container.encode(hostCalls.first, forKey: .hostCalls) }
        if !hostCalls.isWhole {
            let further = FurtherHostCalls(
                count: hostCalls.count - hostCalls.first.count,
                digest: hostCalls.restDigest,
                digestWithoutNaNs: hostCalls.restDigestWithoutNaNs
            )
            try container.encode(further, forKey: .furtherHostCalls)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let calls = try container.decodeIfPresent([HostCall].self, forKey: .hostCalls) ?? []
        let further = try container.decodeIfPresent(FurtherHostCalls.self, forKey: .furtherHostCalls)
        self.init(
            globals: try container.decodeIfPresent([NamedValue].self, forKey: .globals) ?? [],
            memories: try container.decodeIfPresent([NamedBytes].self, forKey: .memories) ?? [],
            tables: try container.decodeIfPresent([NamedElements].self, forKey: .tables) ?? [],
            hostCalls: HostCallLog(
                first: calls,
                count: calls.count + (further?.count ?? 0),
                restDigest: further?.digest ?? 0,
                restDigestWithoutNaNs: further?.digestWithoutNaNs ?? 0
            )
        )
    }
}

extension InvocationOutcome: Codable {
    private enum Key: String, CodingKey {
        case end, values, trap, tag, payload, reason, status, difference
    }

    private enum Name: String, Codable {
        case returned, trapped, threw, exhausted, exited, mismatched, unseen
    }

    /// Writes the name of the end and its parts.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch self {
        case .returned(let values):
            try container.encode(Name.returned, forKey: .end)
            try container.encode(values, forKey: .values)
        case .trapped(let trap):
            try container.encode(Name.trapped, forKey: .end)
            try container.encode(trap, forKey: .trap)
        case .threw(let tag, let payload):
            try container.encode(Name.threw, forKey: .end)
            try container.encodeIfPresent(tag, forKey: .tag)
            try container.encode(payload, forKey: .payload)
        case .exhausted(let reason):
            try container.encode(Name.exhausted, forKey: .end)
            try container.encode(reason, forKey: .reason)
        case .exited(let status):
            try container.encode(Name.exited, forKey: .end)
            try container.encode(status, forKey: .status)
        case .mismatched(let difference):
            try container.encode(Name.mismatched, forKey: .end)
            try container.encode(difference, forKey: .difference)
        case .unseen: try container.encode(Name.unseen, forKey: .end)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        switch try container.decode(Name.self, forKey: .end) {
        case .returned: self = .returned(try container.decode([WasmValue].self, forKey: .values))
        case .trapped: self = .trapped(try container.decode(Trap.self, forKey: .trap))
        case .threw:
            self = .threw(
                tag: try container.decodeIfPresent(UInt32.self, forKey: .tag),
                payload: try container.decode([WasmValue].self, forKey: .payload)
            )
        case .exhausted: self = .exhausted(reason: try container.decode(String.self, forKey: .reason))
        case .exited: self = .exited(status: try container.decode(UInt32.self, forKey: .status))
        case .mismatched: self = .mismatched(try container.decode(String.self, forKey: .difference))
        case .unseen: self = .unseen
        }
    }
}
