import Differential

/// How often engines other than the oracle were asked, by what came of it.
public struct VerdictCounts: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case agreements = "agreements"
        case divergences = "divergences"
        case refusals = "refusals"
        case undecided = "undecided"
    }

    public var agreements = 0
    public var divergences = 0
    public var refusals = 0
    /// What ended in a way that nobody can judge, by the reason.
    public var undecided: [String: Int] = [:]

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
            case .oracle, .exhausted, .open, .nothing, .unconfirmed, .worker:
                undecided[reason.description, default: 0] += 1
            }
        }
    }

    /// Adds what others counted.
    public mutating func add(_ other: VerdictCounts) {
        agreements += other.agreements
        divergences += other.divergences
        refusals += other.refusals
        undecided.merge(other.undecided, uniquingKeysWith: +)
    }

    /// How often an engine was asked.
    public var runs: Int { agreements + divergences + refusals + undecided.values.reduce(0, +) }

    /// How often an engine was compared with the oracle.
    public var comparisons: Int { agreements + divergences }
}
