/// How far a campaign is, as one line.
struct CampaignProgress: Hashable, Sendable {
    var isSweeping = false
    /// Since its beginning, and how long it is to take, in seconds; nil for no limit.
    var seconds = 0.0
    var ofSeconds: Double?
    var cases = 0
    /// How many there are to be; nil for any number.
    var ofCases: Int?
    /// Pairs of an edge and an arity that were met.
    var edgesByArities = 0
    var coverage: Int?
    /// Findings that are stored, but for those that are accepted.
    var found = 0
    var accepted = 0
    /// Findings that are yet to be stored.
    var inWork = 0
    /// The share of refusals, where there are any.
    var refusedRate: Double?

    /// Whether there is something to say: that nothing has happened is, after a while.
    var isWorthTelling: Bool {
        cases > 0 || found + accepted + inWork > 0 || seconds >= Self.longestSilence
    }

    /// In seconds.
    private static let longestSilence = 5.0

    var text: String {
        let rate = seconds > 0 ? Int(Double(cases) / seconds) : 0
        var text =
            "\(isSweeping ? "sweep" : "fuzz") \(Int(seconds))\(ofSeconds.map { "/\(Int($0))" } ?? "") s"
            + "  \(cases)\(ofCases.map { "/\($0)" } ?? "") cases"
            + "  \(rate)/s  \(edgesByArities) edges x arities"
        if let coverage { text += "  cov \(coverage)" }
        text += "  \(found) found"
        if accepted > 0 { text += ", \(accepted) accepted" }
        if inWork > 0 { text += " (\(inWork) in work)" }
        if let refusedRate { text += "  \(CampaignSummary.rounded(refusedRate * 100)) % refused" }
        return text
    }

    /// What is said after the end, while findings are stored.
    static func storing(_ count: Int, secondsLeft: Double?) -> String {
        "storing findings, \(count) to go" + (secondsLeft.map { ", at most \(Int(max(0, $0).rounded(.up))) s" } ?? "")
    }
}
