import Differential
import Engines
import WasmFormats
import WasmGenerator

/// A failure as it was found, before anything else is done with it.
public struct Finding: Hashable, Sendable {
    /// What failed.
    public var subject: Subject
    /// The engine that is at fault, by its name.
    public var engine: String
    /// The deliberate bug that was injected, where one was.
    public var specimen: String?
    public var divergence: Divergence

    /// What an engine was given.
    public enum Subject: Hashable, Sendable {
        case recipe(CaseRecipe)
        case test(TestCase)
    }

    /// Makes a finding.
    public init(_ subject: Subject, engine: String, specimen: String? = nil, divergence: Divergence) {
        self.subject = subject
        self.engine = engine
        self.specimen = specimen
        self.divergence = divergence
    }

    /// The key of deduplication.
    public var signature: CrashSignature { CrashSignature(engine: engine, divergence: divergence) }

    /// The recipe, where there is one.
    public var recipe: CaseRecipe? {
        switch subject {
        case .recipe(let recipe): recipe
        case .test: nil
        }
    }

    /// The module and the calls; generated where the subject is a recipe.
    public var testCase: TestCase {
        switch subject {
        case .recipe(let recipe): recipe.testCase
        case .test(let test): test
        }
    }
}

extension CaseRecipe {
    /// The generated module, encoded, and its invocations.
    public var testCase: TestCase {
        let generated = generate()
        return TestCase(wasm: BinaryEncoder.encode(generated.module), invocations: generated.invocations)
    }
}

extension Finding: Codable {
    private enum CodingKeys: String, CodingKey {
        case engine, specimen, divergence
    }

    /// Writes the subject's keys and the others beside each other.
    public func encode(to encoder: any Encoder) throws {
        try subject.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(engine, forKey: .engine)
        try container.encodeIfPresent(specimen, forKey: .specimen)
        try container.encode(divergence, forKey: .divergence)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        subject = try Subject(from: decoder)
        let container = try decoder.container(keyedBy: CodingKeys.self)
        engine = try container.decode(forKey: .engine)
        specimen = try container.decodeIfPresent(String.self, forKey: .specimen)
        divergence = try container.decode(forKey: .divergence)
    }
}

extension KeyedDecodingContainer {
    fileprivate func decode<Value: Decodable>(forKey key: Key) throws -> Value { try decode(Value.self, forKey: key) }
}
