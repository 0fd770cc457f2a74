import Campaign
import WasmModel

/// What the page says of a campaign beside what it found.
struct CampaignPart {
    /// A line each: what went wrong, was left out or is held back.
    let remarks: [String]?
    let engines: PageTable?
    let charts: [ChartGroup]
    let heatMap: HeatMap?

    private static let mostRemarks = 50

    init(_ summary: CampaignSummary, machines: [String]) {
        var lines = summary.problems.map { "Problem: \($0)" }
        lines += summary.leftOut.map { "Left out: \($0.engine) cannot be used: \($0.reason)" }
        lines += summary.heldBack.sorted { $0.key < $1.key }.map { engine, count in
            "Held back: \(count.counted("finding")) of \(engine), as its open folders are as severe, and may be the same mistake"
        }
        if summary.notStored > 0 { lines.append("Not stored: \(summary.notStored.counted("finding"))") }
        if lines.count > Self.mostRemarks {
            lines =
                lines.prefix(Self.mostRemarks) + ["And \(lines.count - Self.mostRemarks) more, in the campaign's JSON"]
        }
        remarks = lines.isEmpty ? nil : lines.map(CrashArticle.shortened)
        engines = Self.table(summary)
        charts = [
            ChartGroup.progress(summary.series),
            ChartGroup.speed(summary.series, machines: machines),
            ChartGroup.compileTimes(summary.compileTimes, machines: machines),
        ].compactMap { $0 }
        heatMap = summary.domain.flatMap { HeatMap($0) }
    }

    private static func table(_ summary: CampaignSummary) -> PageTable? {
        guard !summary.engines.isEmpty else { return nil }
        return PageTable(
            caption: "What became of the cases in each engine",
            columns: ["Engine", "Agree", "Differ", "Refused", "Undecided", "Not run"],
            rows: summary.engines.sorted { $0.key < $1.key }.map { name, tally in
                let verdicts = tally.verdicts
                let undecided = verdicts.undecided.values.reduce(0) { $0.addingReportingOverflow($1).partialValue }
                return PageTable.Row(
                    head: name,
                    cells: [
                        .number(verdicts.agreements),
                        PageTable.Cell(
                            text: PageNumber.grouped(verdicts.divergences),
                            kind: verdicts.divergences > 0 ? "open" : "number"
                        ),
                        .number(verdicts.refusals), .number(undecided), .number(verdicts.notRun),
                    ]
                )
            }
        )
    }

    /// What it came to, in plain words.
    static func words(_ conclusion: CampaignSummary.Conclusion) -> String {
        switch conclusion {
        case .agreement: "something was compared, and nothing differs but what a person has accepted"
        case .difference: "something differs"
        case .nothingCompared: "nothing was compared, or a problem may hide a difference"
        case .interrupted: "the user ended it"
        }
    }
}
