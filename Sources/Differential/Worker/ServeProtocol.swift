import Engines
import Foundation
import WasmModel

/// One line to a serving worker: run a case in an engine.
public struct ServeRequest: Hashable, Sendable {
    public var test: TestCase
    /// The engine's full name.
    public var engine: String
    /// The deliberate bug to inject, where there is one.
    public var specimen: String?
    public var budget: Budget

    /// Makes a request.
    public init(test: TestCase, engine: String, specimen: String?, budget: Budget) {
        self.test = test
        self.engine = engine
        self.specimen = specimen
        self.budget = budget
    }
}

extension ServeRequest: Codable {
    private enum CodingKeys: String, CodingKey {
        case wasm, invocations, engine, specimen, budget
    }

    /// Writes the module in Base64.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Data(test.wasm), forKey: .wasm)
        try container.encode(test.invocations, forKey: .invocations)
        try container.encode(engine, forKey: .engine)
        try container.encodeIfPresent(specimen, forKey: .specimen)
        try container.encode(budget, forKey: .budget)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        test = TestCase(
            wasm: [UInt8](try container.decode(Data.self, forKey: .wasm)),
            invocations: try container.decode([Invocation].self, forKey: .invocations)
        )
        engine = try container.decode(String.self, forKey: .engine)
        specimen = try container.decodeIfPresent(String.self, forKey: .specimen)
        budget = try container.decode(Budget.self, forKey: .budget)
    }
}

/// One line from a serving worker.
public enum ServeResponse: Hashable, Sendable, Codable {
    case outcome(Outcome)
    /// The request makes no sense to the worker.
    case failed(reason: String)
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

/// A line on the standard error of a serving worker: which phase of the engine begins.
public enum PhaseMarker {
    /// `phase compile x86_64:none:loads`.
    public static func line(_ phase: Phase, engine: String) -> String { "phase \(phase.rawValue) \(engine)" }

    /// The phase of a line; nil where it is none.
    public static func phase(of line: String) -> Phase? {
        let parts = line.split(separator: " ", maxSplits: 2)
        guard parts.count == 3, parts[0] == "phase" else { return nil }
        return Phase(rawValue: String(parts[1]))
    }
}
