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
    /// What fails.
    let failure: PageFacts
    /// The limits that the boundary fits; nil for none.
    let hypotheses: [String]?
    /// `wrong since common subexpressions in function 3`; nil where it is not known.
    let stage: String?
    let module: Excerpt?
    let moduleProblem: String?
    let commands: String
    /// What each engine does.
    let outcomes: PageTable?
    let code: Code?
    /// What the engine is, and where the crash comes from.
    let rest: PageFacts

    /// A list as its template reads it.
    struct PageFacts {
        let facts: [PageFact]
    }

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
        let statements = CrashStatements(report)
        failure = PageFacts(facts: statements.failure.map(Self.fact))
        hypotheses = statements.hypotheses.isEmpty ? nil : statements.hypotheses.map(Self.shortened)
        stage = statements.stage.map(Self.shortened)
        commands = statements.commands.map(Self.shortened).joined(separator: "\n")
        outcomes = Self.table("What each engine does", statements.outcomes)
        rest = PageFacts(facts: Self.facts(statements, report, finding, met))
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

    private static func fact(_ statement: CrashStatements.Statement) -> PageFact {
        PageFact(term: statement.term, text: shortened(statement.text), isCode: statement.isCode)
    }

    private static func facts(
        _ statements: CrashStatements,
        _ report: CrashReport,
        _ finding: CampaignSummary.StoredFinding?,
        _ met: Int?
    ) -> [PageFact] {
        statements.rest.map(fact)
            + (finding.map { [PageFact(term: "In the campaign", text: words($0, met))] } ?? [])
            + (report.upstream.map { [PageFact.link("Upstream", shortened($0))] } ?? [])
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
            let request = CodeRequest(folder, family: family)
            return ListingExcerpt(of: request, code(request), scope: .room(ListingExcerpt.mostLines))
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
