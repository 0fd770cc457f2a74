import Execution
import Triage

/// What a campaign came to; also the shape of its JSON.
public struct CampaignSummary: Hashable, Sendable, Codable {
    public var schemaVersion = 1
    /// Cases that were run, crashing ones included.
    public var cases = 0
    /// How many of these were arbitrary programs and not recipes.
    public var programs = 0
    /// How often engines other than the oracle were asked, and what came of it.
    public var verdicts = VerdictCounts()
    /// Wall-clock time, in seconds.
    public var seconds = 0.0
    public var casesPerSecond = 0.0
    /// Pairs of an edge and an arity that were met.
    public var edgesByArities = 0
    /// libFuzzer's count of covered edges of the control flow, the greatest of all workers; nil without coverage.
    public var coverage: Int?
    public var features: Int?
    /// How often a worker died and was started again.
    public var restarts = 0
    /// Whether the workers were guided by coverage.
    public var isInstrumented = false
    public var findings: [StoredFinding] = []
    /// What could not be stored, reproduced or read, in words.
    public var problems: [String] = []
    /// Whether the user ended it.
    public var wasInterrupted = false
    /// How long after the start the first finding was made, in seconds, and after how many cases, as far as these were reported.
    public var secondsToFirstFinding: Double?
    public var casesToFirstFinding: Int?

    /// A finding of this campaign.
    public struct StoredFinding: Hashable, Sendable, Codable {
        /// The crash's folder.
        public var folder: String
        public var title: String
        /// The engine that is at fault.
        public var engine: EngineName
        public var signature: CrashSignature
        public var boundary: Boundary?
        /// Of the module as found, in bytes.
        public var originalSize: Int
        /// Of the reduced module, in bytes.
        public var reducedSize: Int
        /// Whether the store held it before.
        public var isKnown: Bool

        /// One line.
        var text: String {
            let boundary = boundary.map { " (\($0))" } ?? ""
            return "\(folder): \(signature)\(boundary), \(reducedSize) bytes"
        }

        /// Makes a finding.
        public init(
            folder: String,
            title: String,
            engine: EngineName,
            signature: CrashSignature,
            boundary: Boundary?,
            originalSize: Int,
            reducedSize: Int,
            isKnown: Bool
        ) {
            self.folder = folder
            self.title = title
            self.engine = engine
            self.signature = signature
            self.boundary = boundary
            self.originalSize = originalSize
            self.reducedSize = reducedSize
            self.isKnown = isKnown
        }
    }

    /// Makes an empty summary.
    public init() {}

    /// Whether nothing failed.
    public var isClean: Bool { findings.isEmpty && problems.isEmpty }

    /// 0 where nothing failed, 1 where something did.
    public var exitStatus: Int32 { isClean ? 0 : 1 }

    /// The share of asked engines that refused.
    public var refusedRate: Double { share(verdicts.refusals) }

    /// The share of asked engines whose outcome nobody could judge.
    public var undecidedRate: Double { share(verdicts.undecided.values.reduce(0, +)) }

    private func share(_ count: Int) -> Double { verdicts.runs == 0 ? 0 : Double(count) / Double(verdicts.runs) }

    /// For people, several lines.
    public var text: String {
        var lines = [
            "\(cases) cases in \(Self.rounded(seconds)) s (\(Self.rounded(casesPerSecond)) per second), "
                + "\(edgesByArities) pairs of edge and arity, \(Self.rounded(refusedRate * 100)) % refused, "
                + "\(Self.rounded(undecidedRate * 100)) % undecided"
                + (coverage.map { ", coverage \($0)" } ?? "")
                + (restarts > 0 ? ", \(restarts) restarts" : "")
        ]
        for finding in findings {
            lines.append("  \(finding.text)\(finding.isKnown ? ", known before" : "")")
        }
        for problem in problems { lines.append("  problem: \(problem)") }
        lines.append(findings.isEmpty ? "nothing found" : "\(findings.count) found")
        return lines.joined(separator: "\n")
    }

    /// With one decimal place.
    static func rounded(_ number: Double) -> String {
        let tenths = Int((number * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}
