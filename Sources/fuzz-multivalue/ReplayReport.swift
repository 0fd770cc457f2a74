import Differential
import Engines
import Triage

/// What `replay` found out about one case.
struct ReplayReport {
    let item: ReplayCase
    let run: RunReport
    /// What breaks the rule of a stored crash; nil where the case is none.
    let violations: [Regression.Violation]?

    /// Runs the case.
    init(_ item: ReplayCase, _ selection: EngineSelection) throws(CommandFailure) {
        self.item = item
        let run = RunReport(item.test, file: item.name, oracle: selection.oracle, others: selection.engines)
        self.run = run
        guard let folder = item.folder else {
            violations = nil
            return
        }
        // The engines have run; the rule looks at what came of it.
        let recorded = run.entries.map { RecordedEngine(name: $0.engine, outcome: $0.outcome) }
        do {
            violations = try Regression.violations(
                of: folder,
                engines: Array(recorded.dropFirst()),
                oracle: recorded[0],
                specimen: selection.specimen
            )
        } catch {
            throw CommandFailure("\(error)")
        }
    }

    /// Whether a stored crash breaks its rule, or any other case differs.
    var isFailure: Bool { violations.map { !$0.isEmpty } ?? run.differs }

    /// The name, a line an engine, and for a stored crash what came of its rule.
    var text: String {
        var lines = [item.name + (item.folder.map { " (\($0.report.status.rawValue): \($0.report.title))" } ?? "")]
        lines += run.tableLines.map { "  \($0)" }
        if let violations {
            lines += violations.map { "  RULE BROKEN: \($0.engine.map { "\($0): " } ?? "")\($0.reason)" }
            if violations.isEmpty { lines.append("  rule kept: \(rule)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// In words.
    private var rule: String {
        guard let report = item.folder?.report else { return "none" }
        switch report.status {
        case .accepted: return "an accepted crash is not checked"
        case .fixed: return "a fixed crash must agree"
        case .open:
            // Who looks for a crash under a deliberate bug without the bug, must find nothing.
            guard run.entries.contains(where: { $0.engine == report.engine }) else {
                return "\(report.engine) was not run"
            }
            let diverges = run.entries.contains {
                if $0.engine == report.engine, case .divergence = $0.verdict { true } else { false }
            }
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

/// An engine that has run the only case that it is asked for.
private struct RecordedEngine: Engine {
    let name: String
    let outcome: Outcome

    func run(_ test: TestCase, within budget: Budget) -> Outcome { outcome }
}
