import Execution
import Foundation

/// The protocol of hosts: one line of JSON for a request on standard input, one for the answer on standard output.
///
/// A host answers requests one after the other until standard input ends. On standard error it may say which phase begins, in lines as
/// ``PhaseMarker`` makes them; whatever else it writes there is taken for its last output if it dies.
public enum HostProtocol {
    /// The version of requests and answers; a host that is asked in another one says that it does not know it.
    public static let version = 1
}

/// A request: run a case in an engine.
public struct HostRequest: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case version = "version"
        case test = "case"
        case engine = "engine"
        case specimen = "specimen"
        case budget = "budget"
    }

    public var version = HostProtocol.version
    public var test: TestCase
    /// The engine's full name.
    public var engine: EngineName
    /// The deliberate bug to inject, where there is one.
    public var specimen: String?
    public var budget: Budget

    /// Makes a request.
    public init(test: TestCase, engine: EngineName, specimen: String?, budget: Budget) {
        self.test = test
        self.engine = engine
        self.specimen = specimen
        self.budget = budget
    }
}

/// An answer.
public enum HostResponse: Hashable, Sendable {
    case outcome(Outcome)
    /// The request makes no sense to the host.
    case failed(reason: String)
}

extension HostResponse: Codable {
    private enum Key: String, CodingKey {
        case version = "version"
        case result = "result"
        case failure = "failure"
    }

    /// Writes either `result` or `failure`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(HostProtocol.version, forKey: .version)
        switch self {
        case .outcome(let outcome): try container.encode(outcome, forKey: .result)
        case .failed(let reason): try container.encode(reason, forKey: .failure)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        let version = try container.decode(Int.self, forKey: .version)
        guard version == HostProtocol.version else {
            throw DecodingError.dataCorruptedError(
                forKey: .version,
                in: container,
                debugDescription: "version \(version) of the protocol, not \(HostProtocol.version)"
            )
        }
        if let failure = try container.decodeIfPresent(String.self, forKey: .failure) {
            self = .failed(reason: failure)
        } else {
            self = .outcome(try container.decode(Outcome.self, forKey: .result))
        }
    }
}

/// Values as one line of JSON.
public enum JSONLine {
    /// The value with a line feed at its end.
    public static func encode(_ value: some Encodable) throws -> [UInt8] {
        [UInt8](try JSONEncoder().encode(value)) + [UInt8(ascii: "\n")]
    }

    /// Reads a line.
    public static func decode<Value: Decodable>(_ type: Value.Type, _ line: some StringProtocol) throws -> Value {
        try JSONDecoder().decode(type, from: Data(line.utf8))
    }
}

/// A line on the standard error of a host: which phase of the engine begins.
public enum PhaseMarker {
    /// `phase compile x86_64:none:loads`.
    public static func line(_ phase: Phase, engine: EngineName) -> String { "phase \(phase.rawValue) \(engine)" }

    /// The phase of a line; nil where it is none.
    public static func phase(of line: String) -> Phase? {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[0] == "phase" else { return nil }
        return Phase(rawValue: String(parts[1]))
    }
}
