import Differential
import Execution
import Triage
import WasmFormats
import WorkerIsolation

/// What `replay` found out about one case.
struct ReplayReport {
    let item: NamedCase
    let run: RunReport
    /// What breaks the rule of a stored crash; nil where the case is none.
    let violations: [Regression.Violation]?

    /// Runs the case.
    init(_ item: NamedCase, _ selection: EngineSelection, _ progress: ProgressLine) {
        self.item = item
        var run = RunReport(item.subject, file: item.name, selection, progress)
        if let folder = item.folder,
            let (engine, verdict) = Regression.measuredVerdict(folder, selection.engines, selection.judge.budget)
        {
            run.judgement = run.judgement.with(verdict, on: engine)
        }
        self.run = run
        guard let folder = item.folder else {
            violations = nil
            return
        }
        violations = run.entries.compactMap { entry in
            if entry.engine == selection.judge.oracle.name { return nil }
            if Interruption.signals.isRequested, !entry.verdict.isDivergence { return nil }
            return Regression.violation(of: folder, by: entry.verdict, on: entry.engine, specimen: selection.specimen)
        }
    }

    /// Whether a stored crash breaks its rule, or any other case differs.
    var isFailure: Bool { violations.map { !$0.isEmpty } ?? run.differs }

    /// Whether the engine of an open crash was run, or that of any crash in an engine outside of this program.
    var isChecked: Bool {
        guard let report = item.folder?.report else { return true }
        let isOfEngine = report.account != nil ? report.status != .accepted : report.status == .open
        return !isOfEngine || run.entries.contains { $0.engine == report.engine }
    }

    /// The name, a line an engine, and for a stored crash what came of its rule.
    var text: String {
        var lines = [
            item.name.displayed + (item.folder.map { " (\($0.report.status.rawValue): \($0.report.title))" } ?? "")
        ]
        lines += run.tableLines.map { "  \($0)" }
        if let violations {
            lines += violations.map {
                "  RULE BROKEN: \($0.engine.map { "\($0): " } ?? "")\(ValueText.displayed($0.reason))"
            }
            if violations.isEmpty {
                lines.append("  \(Interruption.signals.isRequested ? "interrupted" : conclusion)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// In words, where nothing breaks the rule.
    private var conclusion: String {
        guard isChecked else {
            return "not checked: \(item.folder.map { "\($0.report.engine)" } ?? "its engine") was not run"
        }
        return "rule kept: \(rule)"
    }

    private var rule: String {
        guard let report = item.folder?.report else { return "none" }
        switch report.status {
        case .accepted: return "an accepted crash is not checked"
        case .fixed: return "a fixed crash must agree"
        case .open:
            // Who looks for a crash under a deliberate bug without the bug, must find nothing.
            let diverges = run.entries.contains { $0.engine == report.engine && $0.verdict.isDivergence }
            return diverges
                ? "an open crash must still diverge in \(report.engine)"
                : "a crash of \(report.specimen ?? "another specimen") must agree without it"
        }
    }

    // MARK: JSON

    /// The case as it is printed.
    struct Document: Encodable {
        var name: String
        /// Of a stored crash.
        var status: CrashReport.Status?
        /// What breaks the rule of a stored crash; nil where the case is none.
        var violations: [String]?
        var failed: Bool
        var engines: [RunReport.EngineDocument]
    }

    var document: Document {
        Document(
            name: item.name,
            status: item.folder?.report.status,
            violations: violations?.map(\.description),
            failed: isFailure,
            engines: run.engineDocuments
        )
    }
}
