import Differential
import Triage
import WasmModel

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
    private static let otherReasons = "other reasons"

    /// Makes a tally of nothing.
    public init() {}

    mutating func add(_ verdict: Verdict) {
        verdicts.add(verdict)
        if case .inconclusive(let reason) = verdict, reason.kind == .refused { addRefusals(reason.description, 1) }
    }

    private mutating func addRefusals(_ reason: String, _ count: Int) {
        let isKept = refusals[reason] != nil || refusals.count < Self.mostReasons
        refusals[isKept ? reason : Self.otherReasons, default: 0] += count
    }

    mutating func add(_ other: EngineTally) {
        verdicts.add(other.verdicts)
        for (reason, count) in other.refusals.sorted(by: { $0.key < $1.key }) { addRefusals(reason, count) }
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
        if undecided > 0 { parts.append("\(undecided) undecided") }
        if verdicts.notRun > 0 { parts.append("\(verdicts.notRun) not run") }
        if verdicts.divergences > 0 { parts.append("\(verdicts.divergences) differ") }
        return parts.joined(separator: ", ")
    }

    /// A line each for what keeps more than a tenth of the cases from being compared, with the commonest reason.
    var reasonLines: [String] {
        [("refused", refusals, verdicts.refusals), ("undecided", verdicts.undecided, undecided)]
            .compactMap { verb, reasons, count in
                guard count * 10 > verdicts.runs, let (reason, times) = Self.commonest(reasons) else { return nil }
                return "\(verb) most often (\(times.counted("time"))): \(Self.shortened(reason, after: "\(verb): "))"
            }
    }

    private var undecided: Int { verdicts.undecided.values.reduce(0, +) }

    /// The reason that is met most often, where those that differ in numbers alone are one; with how often it is.
    private static func commonest(_ reasons: [String: Int]) -> (reason: String, count: Int)? {
        var kinds: [String: (reason: String, most: Int, count: Int)] = [:]
        for (reason, count) in reasons.sorted(by: { $0.key < $1.key }) where reason != otherReasons {
            var kind = kinds[CrashSignature.normalised(reason)] ?? (reason, count, 0)
            if count > kind.most { (kind.reason, kind.most) = (reason, count) }
            kind.count += count
            kinds[CrashSignature.normalised(reason)] = kind
        }
        let most = kinds.values.max { ($0.count, $1.reason) < ($1.count, $0.reason) }
        return most.map { ($0.reason, $0.count) }
    }

    private static let longestReason = 100

    private static func shortened(_ reason: String, after prefix: String) -> String {
        let text = reason.hasPrefix(prefix) ? reason.dropFirst(prefix.count) : reason[...]
        return text.count > longestReason ? text.prefix(longestReason) + "..." : String(text)
    }
}
