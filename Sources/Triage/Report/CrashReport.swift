import Differential
import Execution
import Foundation
import WasmGenerator
import WasmModel

/// What `report.json` of a crash folder says.
public struct CrashReport: Hashable, Sendable, Codable {
    private var version = SchemaVersion()
    /// The version of this shape that the report was read in; it is always written in the newest.
    public var schemaVersion: Int { version.read }
    public var status: Status
    /// One line for people.
    public var title: String
    public var signature: CrashSignature
    /// The engine that is at fault, by its name.
    public var engine: EngineName
    /// What ran: the oracle, and the engine at fault.
    public var engines: [EngineName]
    /// The calls to make.
    public var invocations: [Invocation]
    /// The modules that are instantiated first, in Base64; nil where there are none.
    public var companions: [Data]?
    /// Whether each call is made on an instance of its own; nil, as in older reports, where all are made on one.
    public var freshInstances: Bool?
    public var divergence: Divergence
    /// The exact arity at which the failure begins, where it was searched for.
    public var boundary: Boundary?
    /// What the generator made the case from, where it did.
    public var recipe: CaseRecipe?
    /// What the module was transformed from, where the oracle does not do the same with both.
    public var origin: Case.Origin?
    /// The deliberate bug that was injected, where one was.
    public var specimen: String?
    /// Of the reduced module, in bytes.
    public var reducedSize: Int
    /// Of the module as found, in bytes.
    public var originalSize: Int
    /// Where the mistake is tracked upstream.
    public var upstream: String?
    /// Of an engine outside of this program: what it is, and what the others do.
    public var account: EngineAccount?
    /// What it means for those who use the engine, as the report says it to who reads the file; see ``severity``.
    public private(set) var statedSeverity: Severity?
    /// The limits that the boundary fits.
    public var hypotheses: [String]?
    /// Of a compiler in this program: which stage the failure needs.
    public var culprit: CulpritStage?
    /// What each engine does with the reduced case; nil where the account has it.
    public var outcomes: [EngineAccount.Answer]?
    /// What shows the failure, in the folder of the crash; nil where the account has it.
    public var commands: [String]?
    /// What it was found by.
    public var provenance: Provenance?

    /// The newest version of this shape; older ones are read, too.
    public static let newestSchemaVersion = 2

    private enum CodingKeys: String, CodingKey {
        case version = "schemaVersion"
        case status = "status"
        case title = "title"
        case signature = "signature"
        case engine = "engine"
        case engines = "engines"
        case invocations = "invocations"
        case companions = "companions"
        case freshInstances = "freshInstances"
        case divergence = "divergence"
        case boundary = "boundary"
        case recipe = "recipe"
        case origin = "origin"
        case specimen = "specimen"
        case reducedSize = "reducedSize"
        case originalSize = "originalSize"
        case upstream = "upstream"
        case account = "account"
        case statedSeverity = "severity"
        case hypotheses = "hypotheses"
        case culprit = "culprit"
        case outcomes = "outcomes"
        case commands = "commands"
        case provenance = "provenance"
    }

    /// Reads any version, and writes the newest.
    private struct SchemaVersion: Hashable, Sendable, Codable {
        var read = CrashReport.newestSchemaVersion

        init() {}

        init(from decoder: any Decoder) throws { read = try decoder.singleValueContainer().decode(Int.self) }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(CrashReport.newestSchemaVersion)
        }
    }

    /// Where a crash stands.
    public enum Status: String, Hashable, Sendable, Codable {
        /// Must still diverge, so that a silent fix surfaces.
        case open = "open"
        /// Must agree.
        case fixed = "fixed"
        /// Known and left; not checked.
        case accepted = "accepted"
    }

    /// Makes an open report.
    /// - Parameter test: the reduced module with its calls.
    public init(
        title: String,
        signature: CrashSignature,
        engine: EngineName,
        engines: [EngineName],
        test: TestCase,
        divergence: Divergence,
        boundary: Boundary? = nil,
        recipe: CaseRecipe? = nil,
        specimen: String? = nil,
        originalSize: Int
    ) {
        self.status = .open
        self.title = title
        self.signature = signature
        self.engine = engine
        self.engines = engines
        self.invocations = test.invocations
        companions = test.companions.isEmpty ? nil : test.companions.map { Data($0) }
        freshInstances = test.usesFreshInstances && test.invocations.count > 1 ? true : nil
        self.divergence = divergence
        statedSeverity = Severity(divergence)
        self.boundary = boundary
        self.recipe = recipe
        self.specimen = specimen
        reducedSize = test.wasm.count
        self.originalSize = originalSize
    }
}
