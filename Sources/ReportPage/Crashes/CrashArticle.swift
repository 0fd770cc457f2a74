import Campaign
import Execution
import Triage
import WasmModel

/// What the page says of one crash.
struct CrashArticle {
    /// Its anchor on the page.
    let anchor: String
    let title: String
    let folder: String
    let status: String
    let statusKind: String
    let severity: String
    let severityKind: String
    /// `253 results pass, 254 fail`, or that nothing is known.
    let boundary: String
    let boundaryKind: String
    let facts: [PageFact]
    let commands: String
    /// What the other engines do.
    let answers: PageTable?
    let carriages: PageTable?
    let module: Excerpt?
    let moduleProblem: String?
    let code: Code?

    /// The code of both machines.
    struct Code {
        let summary: String
        let listings: [ListingExcerpt]
    }

    private static let longestText = 2_000

    init(
        _ folder: CrashFolder,
        number: Int,
        finding: CampaignSummary.StoredFinding?,
        met: Int?,
        machines: [String],
        code: (CodeRequest) -> CompiledCode
    ) {
        let report = folder.report
        anchor = Self.anchor(number)
        title = Self.shortened(report.title)
        self.folder = folder.path
        status = report.status.rawValue
        statusKind = report.status.kind
        severity = report.severityText
        severityKind = report.isPrivate ? "private" : "plain"
        boundary =
            report.boundary?.description
            ?? "No boundary: it does not depend on the arity alone, or was not searched for"
        boundaryKind = report.boundary == nil ? "unknown" : "known"
        facts = Self.facts(report, finding, met)
        commands = Self.commands(folder).joined(separator: "\n")
        answers = report.account.flatMap { Self.table("What the other engines do", $0.answers) }
        carriages = report.account.flatMap { Self.table("By which ways into the engine it fails", $0.carriages) }
        do throws(CrashStoreError) {
            (module, moduleProblem) = (Excerpt(try folder.moduleText(), name: CrashFolder.File.text), nil)
        } catch {
            (module, moduleProblem) = (nil, error.description)
        }
        self.code = Self.code(folder, machines, code)
    }

    static func anchor(_ number: Int) -> String { "crash-\(number)" }

    static func shortened(_ text: String) -> String {
        text.unicodeScalars.count > longestText ? "\(text.prefix(longestText))..." : text
    }

    private static func facts(
        _ report: CrashReport,
        _ finding: CampaignSummary.StoredFinding?,
        _ met: Int?
    ) -> [PageFact] {
        func code(_ term: String, _ text: String?) -> PageFact? {
            text.map { PageFact(term: term, text: shortened($0), isCode: true) }
        }
        func words(_ term: String, _ text: String?) -> PageFact? {
            text.map { PageFact(term: term, text: shortened($0)) }
        }
        let sizes =
            "\(PageNumber.grouped(report.originalSize)) bytes as found, \(PageNumber.grouped(report.reducedSize)) reduced"
        let facts = [
            code("Expected", report.divergence.expected),
            code("Observed", report.divergence.observed),
            words("Looks like", report.divergence.pattern),
            code("Engine", report.engine.description),
            code("Signature", report.signature.description),
            words("Size", sizes),
            code("Recipe", report.recipe?.summary),
            code("Deliberate bug", report.specimen),
            words("Engine outside", report.account.map { "\($0.engine), \($0.version)" }),
            code("Started by", report.account?.definition),
            words("In the campaign", finding.map { self.words($0, met) }),
        ].compactMap { $0 }
        return facts + (report.upstream.map { [PageFact.link("Upstream", shortened($0))] } ?? [])
    }

    private static func words(_ finding: CampaignSummary.StoredFinding, _ met: Int?) -> String {
        var parts = [finding.isKnown ? "known before" : "new"]
        if let met { parts.append("met \(met.counted("time"))") }
        if let discovery = finding.discovery {
            let cases = "\(PageNumber.grouped(discovery.cases)) cases"
            parts.append("first after \(PageNumber.decimal(discovery.seconds)) s and \(cases)")
        }
        return parts.joined(separator: ", ")
    }

    /// What shows it without this program, and then with it.
    private static func commands(_ folder: CrashFolder) -> [String] {
        let report = folder.report
        var options: [String] = []
        if let specimen = report.specimen { options += ["--inject", specimen] }
        if let account = report.account { options += ["--engine", account.definition] }
        var commands = report.account?.commands.map(shortened) ?? []
        for command in ["replay", "boundary"] where command == "replay" || report.boundary != nil {
            commands.append(ShellWord.command(["fuzz-multivalue", command, folder.path] + options))
        }
        return commands
    }

    private static func table(_ caption: String, _ answers: [EngineAccount.Answer]) -> PageTable? {
        guard !answers.isEmpty else { return nil }
        return PageTable(
            caption: caption,
            columns: ["Engine", "Verdict"],
            rows: answers.map {
                PageTable.Row(head: $0.engine.description, cells: [PageTable.Cell(text: shortened($0.verdict))])
            }
        )
    }

    /// The engine at fault first, and then what is the same on the other machine; nil for an engine that makes no code here.
    private static func code(
        _ folder: CrashFolder,
        _ machines: [String],
        _ code: (CodeRequest) -> CompiledCode
    ) -> Code? {
        let engine = folder.report.engine
        guard machines.contains(engine.family) else { return nil }
        let families = [engine.family] + machines.filter { $0 != engine.family }
        let listings = families.map { family in
            let name = EngineName(family: family, options: engine.options)
            let request = CodeRequest(
                module: "\(folder.path)/\(CrashFolder.File.module)",
                engine: name,
                specimen: folder.report.specimen
            )
            return ListingExcerpt(name, code(request))
        }
        return Code(summary: "The code of \(families.joined(separator: " and of "))", listings: listings)
    }
}

extension CrashReport.Status {
    /// Of the style sheet.
    var kind: String {
        switch self {
        case .open: "open"
        case .fixed: "fixed"
        case .accepted: "accepted"
        }
    }

    /// What a maintainer looks at first.
    var rank: Int {
        switch self {
        case .open: 0
        case .accepted: 1
        case .fixed: 2
        }
    }
}

extension CrashReport {
    /// Whether the vendor of the engine is to hear of it before anybody else; the engines in this program have none.
    var isPrivate: Bool { account?.severity.disclosure != nil }

    /// What it means, and who is to hear of it first.
    var severityText: String { account?.severity.advice ?? severity.rawValue }
}
