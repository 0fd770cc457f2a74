import Differential

/// How much one engine has seen, and what came of it.
public struct EngineTally: Hashable, Sendable, Codable {
    private enum CodingKeys: String, CodingKey {
        case verdicts = "verdicts"
        case refusals = "refusals"
        case carriages = "carriages"
    }

    public var verdicts = VerdictCounts()
    /// How often it refused, by its reason; of many reasons the first.
    public var refusals: [String: Int] = [:]
    /// How often a case was carried into the engine and out of it, by the way; empty for an engine in this program.
    public var carriages: [String: Int] = [:]

    private static let mostReasons = 20

    /// Makes a tally of nothing.
    public init() {}

    mutating func add(_ verdict: Verdict) {
        verdicts.add(verdict)
        if case .inconclusive(let reason) = verdict, reason.kind == .refused { addRefusals(reason.description, 1) }
    }

    private mutating func addRefusals(_ reason: String, _ count: Int) {
        let isKept = refusals[reason] != nil || refusals.count < Self.mostReasons
        refusals[isKept ? reason : "other reasons", default: 0] += count
    }

    mutating func add(_ other: EngineTally) {
        verdicts.add(other.verdicts)
        for (reason, count) in other.refusals { addRefusals(reason, count) }
        carriages.merge(other.carriages, uniquingKeysWith: +)
    }

    /// One line: what was compared, by which way, and what was not.
    func text(seconds: Double) -> String {
        let rate = seconds > 0 ? CampaignSummary.rounded(Double(verdicts.comparisons) / seconds) : "0"
        var parts = [
            verdicts.comparisons > 0 ? "\(verdicts.comparisons) compared (\(rate) per second)" : "nothing compared"
        ]
        parts += carriages.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
        if verdicts.refusals > 0 { parts.append("\(verdicts.refusals) refused") }
        let undecided = verdicts.undecided.values.reduce(0, +)
        if undecided > 0 { parts.append("\(undecided) undecided") }
        if verdicts.notRun > 0 { parts.append("\(verdicts.notRun) not run") }
        if verdicts.divergences > 0 { parts.append("\(verdicts.divergences) differ") }
        return parts.joined(separator: ", ")
    }
}
