import Execution
import Foundation

/// The protocol of hosts: one line of JSON for a request on standard input, one for the answer on standard output.
///
/// A host describes itself where it is asked to, and answers requests one after the other until standard input ends. On standard error it may say which phase begins, in lines as
/// ``PhaseMarker`` makes them, and which command of a script, as ``CommandMarker`` does; whatever else it writes there is taken for its last
/// output if it dies.
public enum HostProtocol {
    /// The version of requests and answers; a host that is asked in another one says that it does not know it.
    public static let version = 1
}

/// A request: something to run in an engine.
public struct HostRequest: Hashable, Sendable {
    /// What is to be run.
    public enum Task: Hashable, Sendable {
        /// What the host says of itself.
        case description
        case test(HostedCase)
        case script(ScriptTask)
        /// What it costs to compile the bytes of a module.
        case compilation([UInt8])
    }

    public var version = HostProtocol.version
    public var task: Task
    /// The engine's full name.
    public var engine: EngineName
    /// The deliberate bug to inject, where there is one.
    public var specimen: String?
    /// Of a test case; of a script, for each of its commands.
    public var budget: Budget

    /// Makes a request.
    public init(_ task: Task, engine: EngineName, specimen: String?, budget: Budget) {
        self.task = task
        self.engine = engine
        self.specimen = specimen
        self.budget = budget
    }
}

extension HostRequest: Codable {
    private enum Key: String, CodingKey {
        case version = "version"
        case test = "case"
        case script = "script"
        case describe = "describe"
        case compile = "compile"
        case engine = "engine"
        case specimen = "specimen"
        case budget = "budget"
    }

    /// Writes one of `case`, `script`, `compile` and `describe`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(version, forKey: .version)
        switch task {
        case .test(let test): try container.encode(test, forKey: .test)
        case .script(let script): try container.encode(script, forKey: .script)
        case .description: try container.encode(true, forKey: .describe)
        case .compilation(let wasm): try container.encode(Data(wasm), forKey: .compile)
        }
        try container.encode(engine, forKey: .engine)
        try container.encodeIfPresent(specimen, forKey: .specimen)
        try container.encode(budget, forKey: .budget)
    }

    /// Reads what ``encode(to:)`` wrote, of this version.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        version = try HostProtocol.version(of: container, forKey: .version)
        if let script = try container.decodeIfPresent(ScriptTask.self, forKey: .script) {
            task = .script(script)
        } else if try container.decodeIfPresent(Bool.self, forKey: .describe) == true {
            task = .description
        } else if let wasm = try container.decodeIfPresent(Data.self, forKey: .compile) {
            task = .compilation([UInt8](wasm))
        } else {
            // The engines in the tree decode the module, and with it the types.
            task = .test(HostedCase(try container.decode(TestCase.self, forKey: .test)))
        }
        engine = try container.decode(EngineName.self, forKey: .engine)
        specimen = try container.decodeIfPresent(String.self, forKey: .specimen)
        budget = try container.decode(Budget.self, forKey: .budget)
    }
}

/// An answer.
public enum HostResponse: Hashable, Sendable {
    case outcome(Outcome)
    case script(ScriptAnswer)
    case description(HostDescription)
    case compilation(CompilationCost)
    /// The script cannot be read, and why.
    case unreadable(reason: String)
    /// The request makes no sense to the host, or it cannot do what is asked for.
    case failed(reason: String)
}

extension HostResponse: Codable {
    private enum Key: String, CodingKey {
        case version = "version"
        case result = "result"
        case script = "script"
        case description = "description"
        case compilation = "compilation"
        case unreadable = "unreadable"
        case failure = "failure"
    }

    /// Writes the version, and one key besides.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(HostProtocol.version, forKey: .version)
        switch self {
        case .outcome(let outcome): try container.encode(outcome, forKey: .result)
        case .script(let answer): try container.encode(answer, forKey: .script)
        case .description(let description): try container.encode(description, forKey: .description)
        case .compilation(let cost): try container.encode(cost, forKey: .compilation)
        case .unreadable(let reason): try container.encode(reason, forKey: .unreadable)
        case .failed(let reason): try container.encode(reason, forKey: .failure)
        }
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        _ = try HostProtocol.version(of: container, forKey: .version)
        if let failure = try container.decodeIfPresent(String.self, forKey: .failure) {
            self = .failed(reason: failure)
        } else if let reason = try container.decodeIfPresent(String.self, forKey: .unreadable) {
            self = .unreadable(reason: reason)
        } else if let answer = try container.decodeIfPresent(ScriptAnswer.self, forKey: .script) {
            self = .script(answer)
        } else if let description = try container.decodeIfPresent(HostDescription.self, forKey: .description) {
            self = .description(description)
        } else if let cost = try container.decodeIfPresent(CompilationCost.self, forKey: .compilation) {
            self = .compilation(cost)
        } else {
            self = .outcome(try container.decode(Outcome.self, forKey: .result))
        }
    }
}

extension HostResponse {
    /// The answer as a line, without its line feed.
    var line: String {
        do {
            return String(decoding: try JSONLine.encode(self).dropLast(), as: UTF8.self)
        } catch {
            // Nothing of a response has a value that JSON cannot hold.
            return "{\"version\":\(HostProtocol.version),\"failure\":\"no JSON\"}"
        }
    }
}

extension HostProtocol {
    /// The version that a message says, which has to be this one.
    fileprivate static func version<Key: CodingKey>(
        of container: KeyedDecodingContainer<Key>,
        forKey key: Key
    ) throws -> Int {
        let version = try container.decode(Int.self, forKey: key)
        guard version == Self.version else {
            throw DecodingError.dataCorruptedError(
                forKey: key,
                in: container,
                debugDescription: "version \(version) of the protocol, not \(Self.version)"
            )
        }
        return version
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
