import Differential

/// How often engines other than the oracle were asked, by what came of it.
public struct VerdictCounts: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case agreements = "agreements"
        case divergences = "divergences"
        case refusals = "refusals"
        case undecided = "undecided"
        case notRun = "notRun"
        case firstReasonNotRun = "firstReasonNotRun"
    }

    public var agreements = 0
    public var divergences = 0
    public var refusals = 0
    /// What ended in a way that nobody can judge, by the reason; of many reasons the first.
    public var undecided: [String: Int] = [:]
    /// How often the engine, or the oracle, could not be run, for a reason that lies here or in its host and says nothing of the engine.
    public var notRun = 0
    /// Why it could not be run the first time; nil where it always was.
    public var firstReasonNotRun: String?

    /// Makes counts of nothing.
    public init() {}

    /// Counts a verdict.
    public mutating func add(_ verdict: Verdict) {
        switch verdict {
        case .agreement: agreements += 1
        case .divergence: divergences += 1
        case .inconclusive(let reason):
            switch reason.kind {
            case .refused: refusals += 1
            case .oracle, .exhausted, .open, .nothing, .unconfirmed: addUndecided(reason.description, 1)
            case .worker:
                notRun += 1
                firstReasonNotRun = firstReasonNotRun ?? String(reason.description.prefix(Self.longestReason))
            }
        }
    }

    private mutating func addUndecided(_ reason: String, _ count: Int) {
        let isKept = undecided[reason] != nil || undecided.count < Self.mostReasons
        undecided[isKept ? reason : Self.otherReasons, default: 0] += count
    }

    private static let mostReasons = 50
    private static let otherReasons = "other reasons"

    /// A host may answer anything.
    private static let longestReason = 500

    /// Adds what others counted.
    public mutating func add(_ other: VerdictCounts) {
        agreements += other.agreements
        divergences += other.divergences
        refusals += other.refusals
        for (reason, count) in other.undecided.sorted(by: { $0.key < $1.key }) { addUndecided(reason, count) }
        notRun += other.notRun
        firstReasonNotRun = firstReasonNotRun ?? other.firstReasonNotRun
    }

    /// How often an engine was asked.
    public var runs: Int { agreements + divergences + refusals + undecided.values.reduce(0, +) + notRun }

    /// How much some of these are of all; 0 where there are none.
    func share(_ count: Int) -> Double { runs == 0 ? 0 : Double(count) / Double(runs) }

    /// How often an engine was compared with the oracle. What is read from a file can be any numbers, and no sum of them is a trap.
    public var comparisons: Int { agreements &+ divergences }
}
