import Campaign
import Triage
import WasmModel

/// The page as its templates read it: they find what is here by the names of properties.
struct PageModel {
    let title: String
    /// The one sentence that matters most.
    let verdict: String
    let facts: [PageFact]
    /// Who is to see the page; nil where it does not matter.
    let warning: String?
    /// A line each: what of the store cannot be read.
    let unreadable: [String]?
    let failures: Failures
    let campaign: CampaignPart?

    /// The failures; tables first.
    struct Failures {
        let tables: [PageTable]
        let crashes: [CrashArticle]
        /// In place of tables where there are none.
        let nothing: String?
    }

    init(
        store: ReportPage.Store?,
        campaign: ReportPage.Run?,
        machines: [String],
        code: (CodeRequest) -> CompiledCode
    ) {
        let folders = CrashOverview.sorted(store?.content.folders ?? [])
        let found = campaign.flatMap { CrashOverview.table($0.summary, without: folders) }
        title = Self.title(store, campaign)
        verdict = Self.verdict(store, campaign)
        facts = Self.facts(store, campaign, machines)
        warning = Self.warning(folders, campaign?.summary)
        let problems = (store?.content.problems ?? []).map(\.description)
        unreadable = problems.isEmpty ? nil : problems
        // What is new is in no folder that anybody has looked at.
        let tables = [found, CrashOverview.table(folders)].compactMap { $0 }
        failures = Failures(
            tables: tables,
            crashes: folders.enumerated().map { position, folder in
                let finding = campaign?.summary.findings.first { $0.folderName == folder.name }
                return CrashArticle(
                    folder,
                    number: position + 1,
                    finding: finding,
                    met: finding.flatMap { campaign?.summary.met[$0.signature.description] },
                    machines: machines,
                    code: code
                )
            },
            nothing: tables.isEmpty ? "There are none." : nil
        )
        self.campaign = campaign.map { CampaignPart($0.summary, machines: machines) }
    }

    private static func title(_ store: ReportPage.Store?, _ campaign: ReportPage.Run?) -> String {
        let parts = [store.map { "crash store \($0.path)" }, campaign.map { "campaign \($0.path)" }].compactMap { $0 }
        let text = parts.joined(separator: " and ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func verdict(_ store: ReportPage.Store?, _ campaign: ReportPage.Run?) -> String {
        var parts: [String] = []
        if let folders = store?.content.folders {
            let open = folders.count { $0.report.status == .open }
            parts.append(open == 0 ? "No open crash" : open.counted("open crash", plural: "open crashes"))
        }
        if let summary = campaign?.summary {
            let new = summary.notAccepted.count { !$0.isKnown }
            let known = summary.notAccepted.count(where: \.isKnown)
            if new + known == 0 {
                parts.append("the campaign found nothing that is not accepted")
            } else {
                let counts = [(new, "new"), (known, "known before")].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
                parts.append("the campaign found \(counts.joined(separator: " and "))")
            }
        }
        let text = parts.joined(separator: "; ") + "."
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    private static func facts(
        _ store: ReportPage.Store?,
        _ campaign: ReportPage.Run?,
        _ machines: [String]
    ) -> [PageFact] {
        var facts: [PageFact] = []
        if let folders = store?.content.folders {
            let counts = [CrashReport.Status.open, .accepted, .fixed].map { status in
                "\(folders.count { $0.report.status == status }) \(status.rawValue)"
            }
            facts.append(PageFact(term: "Crashes", text: counts.joined(separator: ", ")))
        }
        guard let summary = campaign?.summary else { return facts }
        let rate = "\(PageNumber.decimal(summary.casesPerSecond)) per second"
        facts.append(PageFact(term: "Cases", text: "\(PageNumber.grouped(summary.cases)) (\(rate))"))
        facts.append(PageFact(term: "Seconds", text: PageNumber.decimal(summary.seconds)))
        let engines = Set(summary.engines.keys.map { EngineGroup.name(of: $0, machines: machines) }).sorted()
        if !engines.isEmpty { facts.append(PageFact(term: "Engines", text: engines.joined(separator: ", "))) }
        if let coverage = summary.coverage {
            facts.append(PageFact(term: "Coverage", text: "\(PageNumber.grouped(coverage)) edges of the control flow"))
        }
        facts.append(PageFact(term: "Campaign", text: CampaignPart.words(summary.conclusion)))
        return facts
    }

    /// What is a matter of memory safety in an engine of others is for its vendor first.
    private static func warning(_ folders: [CrashFolder], _ summary: CampaignSummary?) -> String? {
        let names = Set(folders.map(\.name))
        let others = (summary?.findings ?? []).filter {
            !names.contains($0.folderName) && $0.severity?.disclosure != nil
        }
        let count = folders.count { $0.report.isPrivate } + others.count
        guard count > 0 else { return nil }
        return
            "\(count.counted("failure")) on this page \(count == 1 ? "is" : "are") a matter of memory safety, which goes to the "
            + "vendor of the engine first, in private: do not publish the page."
    }
}

extension Int {
    /// As ``counted(_:)``, of a noun with a plural of its own.
    fileprivate func counted(_ noun: String, plural: String) -> String { "\(self) \(self == 1 ? noun : plural)" }
}
