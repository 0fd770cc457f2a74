import BugZoo
import Campaign
import Execution
import Triage
import WasmFormats

/// How the searches fared with the specimens and with the healthy pipeline.
public struct Scoreboard: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case schemaVersion = "schemaVersion"
        case wasInterrupted = "wasInterrupted"
        case rows = "rows"
    }

    /// The version of this shape.
    public private(set) var schemaVersion = 4
    /// Whether the user ended it, so that rows are missing.
    public var wasInterrupted = false
    /// For each search of each specimen and of the control, in the order of the zoo, the control last.
    public var rows: [ScoreboardRow]

    /// Makes a scoreboard.
    public init(rows: [ScoreboardRow]) { self.rows = rows }

    /// Whether the project's own search found every specimen, and nothing in the healthy pipeline although it compared a lot.
    public var isPassed: Bool {
        !wasInterrupted
            && rows.allSatisfy { row in
                guard row.search == .everything else { return true }
                return row.specimen == nil ? row.discovery == nil && row.agreements > 0 : row.discovery != nil
            }
    }
}

/// How one search fared with one specimen.
public struct ScoreboardRow: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case specimen = "specimen"
        case search = "search"
        case smallestSize = "smallestSize"
        case boundary = "boundary"
        case discoveries = "discoveries"
        case cases = "cases"
        case agreements = "agreements"
        case inconclusive = "inconclusive"
        case seconds = "seconds"
    }

    /// Nil for the control, the healthy pipeline.
    public var specimen: String?
    public var search: Search
    /// Of the smallest module known that shows the specimen, in bytes; nil where there is none.
    public var smallestSize: Int?
    /// Whether the boundary of what was found first is one that the specimen has; nil where nothing was found, and where it does not say.
    public var boundary: BoundaryVerdict?
    /// What was found, one a folder, the first first.
    public var discoveries: [Discovery]
    /// Cases that were run until the finding was made, or in all.
    public var cases: Int
    /// Runs of engines that did what the oracle did.
    public var agreements: Int
    /// Runs of engines of which nothing can be said: refused, or at the end of a budget.
    public var inconclusive: Int
    /// Wall-clock time until the finding was made, or of the whole search, in seconds.
    public var seconds: Double

    /// What was found first; nil where nothing was.
    public var discovery: Discovery? { discoveries.first }

    /// Makes a row.
    public init(
        specimen: String?,
        search: Search,
        smallestSize: Int? = nil,
        boundary: BoundaryVerdict? = nil,
        discoveries: [Discovery] = [],
        cases: Int,
        agreements: Int,
        inconclusive: Int,
        seconds: Double
    ) {
        self.specimen = specimen
        self.search = search
        self.smallestSize = smallestSize
        self.boundary = boundary
        self.discoveries = discoveries
        self.cases = cases
        self.agreements = agreements
        self.inconclusive = inconclusive
        self.seconds = seconds
    }

    /// The row of a campaign.
    init(specimen: Specimen?, search: Search, _ summary: CampaignSummary) {
        let discoveries = summary.findings
            .sorted { ($0.discovery?.seconds ?? .infinity) < ($1.discovery?.seconds ?? .infinity) }
            .map(Discovery.init)
        self.init(
            specimen: specimen?.identifier,
            search: search,
            smallestSize: specimen?.smallest.flatMap { try? BinaryEncoder.encode(TextParser.module($0.text)).count },
            boundary: specimen.flatMap { specimen in
                specimen.limits.flatMap { limits in
                    discoveries.first.map { BoundaryVerdict($0.boundary, limits: limits) }
                }
            },
            discoveries: discoveries,
            cases: summary.firstDiscovery?.cases ?? summary.cases,
            agreements: summary.verdicts.agreements,
            inconclusive: summary.verdicts.runs - summary.verdicts.comparisons,
            seconds: summary.firstDiscovery?.seconds ?? summary.seconds
        )
    }
}

/// What a search found, and what became of it.
public struct Discovery: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case engine = "engine"
        case signature = "signature"
        case oracle = "oracle"
        case originalSize = "originalSize"
        case reducedSize = "reducedSize"
        case boundary = "boundary"
        case cost = "cost"
    }

    /// The engine that differs from the oracle.
    public var engine: EngineName
    public var signature: CrashSignature
    /// What told of it.
    public var oracle: CrashSignature.Oracle
    /// Of the module as found, in bytes.
    public var originalSize: Int
    /// Of the module as reduced, in bytes.
    public var reducedSize: Int
    /// The exact arity at which the reduced case begins to fail.
    public var boundary: Boundary?
    /// What the reduction took; nil where there was none.
    public var cost: ReductionCost?

    /// Makes a discovery.
    public init(
        engine: EngineName,
        signature: CrashSignature,
        originalSize: Int,
        reducedSize: Int,
        boundary: Boundary?,
        cost: ReductionCost? = nil
    ) {
        self.engine = engine
        self.signature = signature
        oracle = signature.oracle
        self.originalSize = originalSize
        self.reducedSize = reducedSize
        self.boundary = boundary
        self.cost = cost
    }

    init(_ finding: CampaignSummary.StoredFinding) {
        self.init(
            engine: finding.engine,
            signature: finding.signature,
            originalSize: finding.originalSize,
            reducedSize: finding.reducedSize,
            boundary: finding.boundary,
            cost: finding.cost
        )
    }
}
