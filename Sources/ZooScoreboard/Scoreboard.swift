import Triage

/// How the searches fared with the specimens and with the healthy pipeline.
public struct Scoreboard: Hashable, Sendable, Codable {
    /// The version of this shape.
    public var schemaVersion = 1
    /// For each search of each specimen and of the control, in the order of the zoo, the control last.
    public var rows: [ScoreboardRow]

    /// Makes a scoreboard.
    public init(rows: [ScoreboardRow]) { self.rows = rows }

    /// Whether the project's own search found every specimen, and nothing in the healthy pipeline although it compared a lot.
    public var isPassed: Bool {
        rows.allSatisfy { row in
            guard row.search == .everything else { return true }
            return row.specimen == nil ? row.discovery == nil && row.agreements > 0 : row.discovery != nil
        }
    }
}

/// How one search fared with one specimen.
public struct ScoreboardRow: Hashable, Sendable, Codable {
    /// Nil for the control, the healthy pipeline.
    public var specimen: String?
    public var search: Search
    /// What was found; nil where nothing was.
    public var discovery: Discovery?
    /// Cases that were run, that of the finding included.
    public var cases: Int
    /// Runs of engines that did what the oracle did.
    public var agreements: Int
    /// Runs of engines of which nothing can be said: refused, or at the end of a budget.
    public var inconclusive: Int
    /// Wall-clock time until the finding, or of the whole search, in seconds.
    public var seconds: Double

    /// Makes a row.
    public init(
        specimen: String?,
        search: Search,
        discovery: Discovery? = nil,
        cases: Int,
        agreements: Int,
        inconclusive: Int,
        seconds: Double
    ) {
        self.specimen = specimen
        self.search = search
        self.discovery = discovery
        self.cases = cases
        self.agreements = agreements
        self.inconclusive = inconclusive
        self.seconds = seconds
    }
}

/// What a search found, and what became of it.
public struct Discovery: Hashable, Sendable, Codable {
    /// The engine that differs from the oracle.
    public var engine: String
    public var signature: CrashSignature
    /// The difference in words.
    public var observed: String
    /// The recipe as found, and as reduced, where the case has one.
    public var recipe: String?
    public var reducedRecipe: String?
    /// Of the module as found, in bytes.
    public var originalSize: Int
    /// Of the module as reduced, in bytes.
    public var reducedSize: Int
    /// How often the engine ran for the reduction.
    public var reductionRuns: Int
    /// Whether the reduction ended by itself, and not with its time.
    public var isMinimal: Bool
    /// The exact arities at which the reduced case begins to fail, that of its longer list first; empty where it fails with none.
    public var boundaries: [Boundary]

    /// Makes a discovery.
    public init(
        engine: String,
        signature: CrashSignature,
        observed: String,
        recipe: String?,
        reducedRecipe: String?,
        originalSize: Int,
        reducedSize: Int,
        reductionRuns: Int,
        isMinimal: Bool,
        boundaries: [Boundary]
    ) {
        self.engine = engine
        self.signature = signature
        self.observed = observed
        self.recipe = recipe
        self.reducedRecipe = reducedRecipe
        self.originalSize = originalSize
        self.reducedSize = reducedSize
        self.reductionRuns = reductionRuns
        self.isMinimal = isMinimal
        self.boundaries = boundaries
    }
}
