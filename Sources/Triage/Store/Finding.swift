import Differential
import Execution
import WasmGenerator

/// A failure as it was found, before anything else is done with it.
public struct Finding: Hashable, Sendable {
    /// What failed.
    public var subject: Case
    /// The engine that is at fault.
    public var engine: EngineName
    /// The deliberate bug that was injected, where one was.
    public var specimen: String?
    public var divergence: Divergence

    /// Makes a finding.
    public init(_ subject: Case, engine: EngineName, specimen: String? = nil, divergence: Divergence) {
        self.subject = subject
        self.engine = engine
        self.specimen = specimen
        self.divergence = divergence
    }

    /// The key of deduplication.
    public var signature: CrashSignature { CrashSignature(engine: engine, divergence: divergence) }

    /// Whether many mistakes look like it until they are reduced; a growth of a compiler in this program does not, which has one cause.
    /// - Parameter isExternal: whether the engine is outside of this program.
    public func isCoarse(isExternal: Bool) -> Bool {
        signature.isCoarse && (isExternal || !divergence.observable.isGrowth)
    }
}

extension Finding: Codable {
    private enum Key: String, CodingKey {
        case engine, specimen, divergence
    }

    /// Writes the subject's keys and the others beside each other.
    public func encode(to encoder: any Encoder) throws {
        try subject.encode(to: encoder)
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(engine, forKey: .engine)
        try container.encodeIfPresent(specimen, forKey: .specimen)
        try container.encode(divergence, forKey: .divergence)
    }

    /// Reads what ``encode(to:)`` wrote.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            try Case(from: decoder),
            engine: try container.decode(EngineName.self, forKey: .engine),
            specimen: try container.decodeIfPresent(String.self, forKey: .specimen),
            divergence: try container.decode(Divergence.self, forKey: .divergence)
        )
    }
}

extension Judgement {
    /// One finding for each signature, in the order of the engines.
    /// - Parameter specimen: the deliberate bug that the engines have.
    public func findings(specimen: String? = nil) -> [Finding] {
        var findings: [Finding] = []
        for entry in entries {
            guard let divergence = entry.verdict.divergence else { continue }
            let finding = Finding(subject, engine: entry.engine, specimen: specimen, divergence: divergence)
            if !findings.contains(where: { $0.signature == finding.signature }) { findings.append(finding) }
        }
        return findings
    }
}
