import Campaign
import Triage

/// The tables that name all failures: crashes of the store, and what a campaign found beside them.
enum CrashOverview {
    /// The crashes in the order of the page: open ones first, and of these the most severe.
    static func sorted(_ folders: [CrashFolder]) -> [CrashFolder] {
        folders.enumerated().sorted { left, right in
            let (one, other) = (left.element.report, right.element.report)
            if one.status.rank != other.status.rank { return one.status.rank < other.status.rank }
            if one.severity != other.severity { return one.severity > other.severity }
            return left.offset < right.offset
        }.map(\.element)
    }

    /// - Parameter folders: in the order of the page.
    static func table(_ folders: [CrashFolder]) -> PageTable? {
        guard !folders.isEmpty else { return nil }
        return PageTable(
            caption: "The crashes of the store, open ones first",
            columns: ["Crash", "Status", "What fails", "Boundary", "Severity", "Engine", "Bytes"],
            rows: folders.enumerated().map { position, folder in
                let report = folder.report
                return PageTable.Row(
                    head: folder.name,
                    target: CrashArticle.anchor(position + 1),
                    cells: [
                        PageTable.Cell(text: report.status.rawValue, kind: report.status.kind),
                        PageTable.Cell(text: CrashArticle.shortened(report.signature.description), kind: "wide"),
                        PageTable.Cell(text: report.boundary?.description ?? "-"),
                        PageTable.Cell(text: report.severityText, kind: report.isPrivate ? "private" : ""),
                        PageTable.Cell(text: report.engine.description),
                        .number(report.reducedSize),
                    ]
                )
            },
            kind: "overview"
        )
    }

    /// What a campaign found, and is in no folder of the store that the page is of.
    static func table(_ summary: CampaignSummary, without folders: [CrashFolder]) -> PageTable? {
        let names = Set(folders.map(\.name))
        let findings = summary.findings.filter { !names.contains($0.folderName) }
        guard !findings.isEmpty else { return nil }
        let others = folders.isEmpty ? "" : ", and that the store does not have"
        return PageTable(
            caption: "What the campaign found\(others)",
            columns: ["Folder", "Status", "What fails", "Boundary", "Severity", "Engine", "Met", "Bytes"],
            rows: findings.map { finding in
                PageTable.Row(
                    head: finding.folder,
                    cells: [
                        PageTable.Cell(
                            text: finding.status.rawValue,
                            note: finding.isKnown ? "known before" : "new",
                            kind: finding.status.kind
                        ),
                        PageTable.Cell(text: CrashArticle.shortened(finding.title), kind: "wide"),
                        PageTable.Cell(text: finding.boundary?.description ?? "-"),
                        PageTable.Cell(
                            text: finding.severity?.advice ?? "-",
                            kind: finding.severity?.disclosure == nil ? "" : "private"
                        ),
                        PageTable.Cell(text: finding.engine.description),
                        summary.met[finding.signature.description].map { .number($0) } ?? PageTable.Cell(text: "-"),
                        .number(finding.reducedSize),
                    ]
                )
            },
            kind: "overview"
        )
    }
}

extension CampaignSummary.StoredFinding {
    /// The last part of the path.
    var folderName: String { String(folder.split(separator: "/").last ?? "") }
}
