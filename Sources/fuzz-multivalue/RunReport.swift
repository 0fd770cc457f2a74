import Differential
import Engines
import Foundation
import WasmModel

/// What `run` found out: the outcome, the verdict and the time of every engine.
struct RunReport {
    /// One engine's part.
    struct Entry {
        var engine: String
        var outcome: Outcome
        /// Nil for the oracle.
        var verdict: Verdict?
        var milliseconds: Double
    }

    let file: String
    let invocations: [Invocation]
    /// The oracle first.
    let entries: [Entry]

    /// Runs the case in the oracle and in the other engines.
    init(_ test: TestCase, file: String, oracle: any Engine, others: [any Engine]) {
        self.file = file
        invocations = test.invocations
        var start = ContinuousClock.now
        func milliseconds() -> Double { (ContinuousClock.now - start) / .milliseconds(1) }
        let judged = JudgedCase(test, oracle: oracle)
        var entries = [Entry(engine: oracle.name, outcome: judged.expected, milliseconds: milliseconds())]
        for engine in others {
            start = ContinuousClock.now
            var entry = Entry(engine: engine.name, outcome: engine.run(test, within: Budget()), milliseconds: 0)
            entry.milliseconds = milliseconds()
            entry.verdict = judged.verdict(on: entry.outcome, of: engine)
            entries.append(entry)
        }
        self.entries = entries
    }

    /// Whether any engine differs from the oracle, or the oracle crashed or did not end.
    var differs: Bool {
        entries.contains { entry in
            if case .divergence = entry.verdict { return true }
            switch entry.outcome {
            case .crashed, .timedOut: return true
            case .completed, .refused, .rejected: return false
            }
        }
    }

    // MARK: Text

    private static let shownInvocations = 16
    private static let shownValues = 8

    /// The calls with the oracle's results, then a line an engine.
    var text: String {
        var lines: [String] = []
        let endings: [InvocationOutcome] =
            if case .completed(let observation) = entries[0].outcome { observation.invocations } else { [] }
        for (number, invocation) in invocations.prefix(Self.shownInvocations).enumerated() {
            var line = "\(invocation.export)(\(Self.list(invocation.arguments)))"
            if number < endings.count { line += " = \(Self.text(of: endings[number]))" }
            lines.append(line)
        }
        if invocations.count > Self.shownInvocations {
            lines.append("and \(invocations.count - Self.shownInvocations) calls more")
        }
        lines.append("")
        return (lines + tableLines).joined(separator: "\n") + "\n"
    }

    /// A heading, and a line an engine.
    var tableLines: [String] {
        var lines: [String] = []
        var rows = [["engine", "outcome", "verdict", "time"]]
        for entry in entries {
            rows.append([
                entry.engine, Self.summary(of: entry.outcome), Self.text(of: entry.verdict),
                "\(String(format: "%.1f", entry.milliseconds)) ms",
            ])
        }
        let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines
    }

    private static func list(_ values: [WasmValue]) -> String {
        let shown = values.prefix(shownValues).map(\.description).joined(separator: ", ")
        return values.count > shownValues ? "\(shown), and \(values.count - shownValues) more" : shown
    }

    private static func text(of ending: InvocationOutcome) -> String {
        switch ending {
        case .returned(let values): "(\(list(values)))"
        case .trapped(let trap): "trapped: \(trap.rawValue)"
        case .threw(let tag, let payload):
            "threw: tag \(tag.map(String.init) ?? "of another module") with (\(list(payload)))"
        case .exhausted(let reason): "exhausted: \(reason)"
        }
    }

    private static func summary(of outcome: Outcome) -> String {
        guard case .completed(let observation) = outcome, observation.invocations.count > 1 else {
            let summary = OutcomeComparison.summary(of: outcome)
            return summary.isEmpty ? "completed without calls" : summary
        }
        var counts = [0, 0, 0, 0]
        for ending in observation.invocations {
            switch ending {
            case .returned: counts[0] += 1
            case .trapped: counts[1] += 1
            case .threw: counts[2] += 1
            case .exhausted: counts[3] += 1
            }
        }
        return zip(counts, ["returned", "trapped", "threw", "exhausted"])
            .compactMap { $0 > 0 ? "\($0) \($1)" : nil }.joined(separator: ", ")
    }

    private static func text(of verdict: Verdict?) -> String {
        switch verdict {
        case nil: return "oracle"
        case .agreement: return "agrees"
        case .inconclusive(let reason): return reason.hasPrefix("refused") ? "none" : "none: \(reason)"
        case .divergence(let divergence):
            switch divergence.observable {
            // The outcome beside it says all.
            case .crash, .hang: return "DIFFERS"
            case .rejection, .ending, .resultCount, .result, .global, .memory, .element, .hostCallCount,
                .hostCallArgument:
                break
            }
            let pattern = divergence.pattern.map { " (\($0))" } ?? ""
            return "DIFFERS: \(text(of: divergence.observable)): expected \(divergence.expected), "
                + "observed \(divergence.observed)\(pattern)"
        }
    }

    private static func text(of observable: Observable) -> String {
        switch observable {
        case .crash(let phase): "crash in \(phase.rawValue)"
        case .hang(let phase): "no end of \(phase.rawValue)"
        case .rejection: "validity"
        case .ending(let invocation): "end of call \(invocation + 1)"
        case .resultCount(let invocation): "number of results of call \(invocation + 1)"
        case .result(let invocation, let index): "result \(index) of call \(invocation + 1)"
        case .global(let name): "global '\(name)'"
        case .memory(let name, let byteOffset): "memory '\(name)' at byte \(byteOffset)"
        case .element(let table, let position): "element \(position) of table '\(table)'"
        case .hostCallCount: "number of host calls"
        case .hostCallArgument(let call, let index): "argument \(index) of host call \(call + 1)"
        }
    }

    // MARK: JSON

    private struct Document: Encodable {
        var schemaVersion = 1
        var file: String
        var invocations: [Invocation]
        var differs: Bool
        var engines: [EngineDocument]
    }

    struct EngineDocument: Encodable {
        var name: String
        /// In words.
        var summary: String
        /// How the calls ended; empty where the engine did not complete.
        var invocations: [InvocationOutcome]
        /// `oracle`, `agreement`, `divergence` or `inconclusive`.
        var verdict: String
        var divergence: Divergence?
        var milliseconds: Double
    }

    /// All values and verdicts; memories only where they differ.
    func json() throws -> String {
        try JSONText.text(
            Document(file: file, invocations: invocations, differs: differs, engines: engineDocuments)
        )
    }

    /// The engines' parts of the document.
    var engineDocuments: [EngineDocument] {
        entries.map { entry in
            var document = EngineDocument(
                name: entry.engine,
                summary: Self.summary(of: entry.outcome),
                invocations: [],
                verdict: "oracle",
                milliseconds: entry.milliseconds
            )
            if case .completed(let observation) = entry.outcome { document.invocations = observation.invocations }
            switch entry.verdict {
            case nil: break
            case .agreement: document.verdict = "agreement"
            case .inconclusive: document.verdict = "inconclusive"
            case .divergence(let divergence):
                document.verdict = "divergence"
                document.divergence = divergence
            }
            return document
        }
    }
}

/// The JSON that commands print.
enum JSONText {
    /// Pretty-printed, keys sorted, with a line end.
    static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
}
