import Differential
import Execution
import Foundation
import WasmFormats
import WasmModel

/// What `run` found out: the outcome, the verdict and the time of every engine.
struct RunReport {
    let file: String
    var judgement: Judgement
    /// The exported functions that were not called, and why.
    var uncalled: [(name: String, reason: String)] = []
    /// The imported functions behind which stands a stub, as module and name.
    var stubs: [(module: String, name: String)] = []

    /// Runs the case in the oracle and in the other engines.
    init(_ subject: Case, file: String, _ selection: EngineSelection, _ progress: ProgressLine) {
        self.file = file
        judgement = selection.judge.judge(subject, in: selection.engines) { engine in
            progress.show("\(file): \(engine)")
        }
    }

    /// The oracle first.
    var entries: [Judgement.Entry] { judgement.entries }
    var invocations: [Invocation] { judgement.subject.test.invocations }
    /// Whether any engine differs from what is allowed.
    var differs: Bool { judgement.differs }
    /// Whether anything was compared.
    var hasComparison: Bool { judgement.hasComparison }
    var status: ExitStatus { ExitStatus(differs: differs, hasComparison: hasComparison) }

    // MARK: Text

    private static let shownInvocations = 16
    private static let shownValues = 8
    private static let widestCell = 60

    /// The calls with the oracle's results, then a line an engine.
    var text: String {
        var lines: [String] = []
        let endings: [InvocationOutcome] =
            if case .completed(let observation) = entries[0].outcome { observation.invocations } else { [] }
        for (number, invocation) in invocations.prefix(Self.shownInvocations).enumerated() {
            var line = "\(invocation.export.displayed)(\(Self.list(invocation.arguments)))"
            if number < endings.count { line += " = \(Self.text(of: endings[number]))" }
            lines.append(line)
        }
        if invocations.count > Self.shownInvocations {
            lines.append("and \(invocations.count - Self.shownInvocations) calls more")
        }
        lines += writtenLines
        if !stubs.isEmpty { lines.append("stubs: \(Self.names(stubs))") }
        for (name, reason) in uncalled.prefix(Self.shownInvocations) {
            lines.append("\(name.displayed): not called: \(reason)")
        }
        if uncalled.count > Self.shownInvocations {
            lines.append("and \(uncalled.count - Self.shownInvocations) functions more are not called")
        }
        if !lines.isEmpty { lines.append("") }
        return (lines + tableLines).joined(separator: "\n") + "\n"
    }

    /// A heading, and a line an engine.
    var tableLines: [String] {
        var lines: [String] = []
        var rows = [["engine", "outcome", "verdict", "time"]]
        for entry in entries {
            let isOracle = entry.engine == judgement.oracle.engine
            // The outcome beside it has the reason.
            let isNotRun = if case .notRun = entry.outcome { true } else { false }
            let verdict = isNotRun ? "none" : Self.text(of: entry.verdict).displayed
            rows.append([
                entry.engine.description, entry.outcome?.summary.displayed ?? "not run",
                isOracle && !entry.verdict.isDivergence ? "oracle" : verdict,
                "\(String(format: "%.1f", entry.duration / .milliseconds(1))) ms",
            ])
        }
        // A long reason widens its own line alone.
        let widths = (0..<4).map { column in rows.map { $0[column].count }.filter { $0 <= Self.widestCell }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: max($1 - $0.count, 0)) }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        return lines
    }

    private static func names(_ items: [(module: String, name: String)]) -> String {
        let shown = items.prefix(shownValues).map { "\($0.module.displayed).\($0.name.displayed)" }
            .joined(separator: ", ")
        return items.count > shownValues ? "\(shown), and \(items.count - shownValues) more" : shown
    }

    /// What the program wrote to its standard output and error, as the oracle logged it.
    var written: [UInt8] {
        guard case .completed(let observation) = judgement.oracle.outcome else { return [] }
        return observation.instances.flatMap(\.hostCalls.first)
            .filter { writers.contains($0.importOrdinal) }
            .flatMap { WrittenText($0.arguments)?.bytes ?? [] }
    }

    /// The positions of the functions by which the program writes, among its imported functions.
    var writers: Set<Int> = []

    private var writtenLines: [String] {
        let lines = written.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.allSatisfy(\.isEmpty) { return [] }
        let shown = lines.last?.isEmpty == true ? lines.dropLast() : lines[...]
        return shown.prefix(Self.shownLines).map { line in
            let text = "> \(String(validOrEscaped: line.prefix(Self.shownBytes)).displayed)"
            return line.count > Self.shownBytes ? "\(text) and \(line.count - Self.shownBytes) bytes more" : text
        }
            + (shown.count > Self.shownLines ? ["and \(shown.count - Self.shownLines) lines more"] : [])
    }

    private static let shownLines = 200
    /// Of a line.
    private static let shownBytes = 2_000

    private static func list(_ values: [WasmValue]) -> String {
        let shown = values.prefix(shownValues).map(ValueText.text(of:)).joined(separator: ", ")
        return values.count > shownValues ? "\(shown), and \(values.count - shownValues) more" : shown
    }

    private static func text(of ending: InvocationOutcome) -> String {
        switch ending {
        case .returned(let values): "(\(list(values)))"
        case .trapped(let trap): "trapped: \(trap.rawValue)"
        case .threw(let tag, let payload):
            "threw: tag \(tag.map(String.init) ?? "of another module") with (\(list(payload)))"
        case .exhausted(let reason): "exhausted: \(reason)"
        case .exited(let status): "exited: status \(status)"
        case .mismatched, .unseen: ending.ending
        }
    }

    private static func text(of verdict: Verdict) -> String {
        switch verdict {
        case .agreement: return "agrees"
        case .inconclusive(let reason): return reason.kind == .refused ? "none" : "none: \(reason)"
        case .divergence(let divergence):
            switch divergence.observable {
            // The outcome beside it says all.
            case .crash, .hang, .memoryExhaustion: return "DIFFERS"
            case .compileTime, .codeSize, .rejection, .instantiation, .ending, .resultCount, .result, .payload, .global,
                .memory,
                .element,
                .hostCallCount,
                .hostCallArgument:
                break
            }
            let pattern = divergence.pattern.map { " (\($0))" } ?? ""
            let values = "expected \(divergence.expected), observed \(divergence.observed)"
            return "DIFFERS: \(text(of: divergence.observable)): \(ValueText.displayed(values))\(pattern)"
        }
    }

    private static func text(of observable: Observable) -> String {
        switch observable {
        case .crash(let phase): "crash in \(phase.rawValue)"
        case .hang(let phase): "no end of \(phase.rawValue)"
        case .compileTime: "compile time"
        case .codeSize: "size of the code"
        case .memoryExhaustion(let phase): "memory exhausted in \(phase.rawValue)"
        case .instantiation: "instantiation"
        case .rejection: "validity"
        case .ending(let invocation): "end of call \(invocation)"
        case .resultCount(let invocation): "number of results of call \(invocation)"
        case .result(let invocation, let index): "result \(index) of call \(invocation)"
        case .payload(let invocation, let index): "value \(index) of the exception that ends call \(invocation)"
        case .global(let name): "global '\(name)'"
        case .memory(let name, let byteOffset): "memory '\(name)' at byte \(byteOffset)"
        case .element(let table, let position): "element \(position) of table '\(table)'"
        case .hostCallCount: "number of host calls"
        case .hostCallArgument(let call, let index): "argument \(index) of host call \(call)"
        }
    }

    // MARK: JSON

    private struct Document: Encodable {
        struct Uncalled: Encodable {
            var name: String
            var reason: String
        }

        var schemaVersion = 2
        var file: String
        var invocations: [Invocation]
        var notCalled: [Uncalled]
        /// Imported functions behind which stands a stub, as `module.name`.
        var stubs: [String]
        /// What the program wrote to its standard output and error; a byte that is no UTF-8 is written `\xFF`.
        var written: String
        /// The same in Base64, where it is no UTF-8.
        var writtenBytes: Data?
        var differs: Bool
        /// Whether anything was compared.
        var compared: Bool
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
        /// Why nothing can be said.
        var reason: String?
        var milliseconds: Double
    }

    /// All values and verdicts; memories only where they differ.
    func json() throws -> String {
        try JSONText.text(
            Document(
                file: file,
                invocations: invocations,
                notCalled: uncalled.map { Document.Uncalled(name: $0.name, reason: $0.reason) },
                stubs: stubs.map { "\($0.module).\($0.name)" },
                written: String(validOrEscaped: written[...]),
                writtenBytes: String(validating: written, as: UTF8.self) == nil ? Data(written) : nil,
                differs: differs,
                compared: hasComparison,
                engines: engineDocuments
            )
        )
    }

    /// The engines' parts of the document.
    var engineDocuments: [EngineDocument] {
        entries.map { entry in
            var document = EngineDocument(
                name: entry.engine.description,
                summary: entry.outcome?.summary ?? "not run",
                invocations: [],
                verdict: "",
                milliseconds: entry.duration / .milliseconds(1)
            )
            if case .completed(let observation) = entry.outcome { document.invocations = observation.invocations }
            switch entry.verdict {
            case .divergence(let divergence):
                document.verdict = "divergence"
                document.divergence = divergence
            case .agreement: document.verdict = entry.engine == judgement.oracle.engine ? "oracle" : "agreement"
            case .inconclusive(let reason):
                document.verdict = entry.engine == judgement.oracle.engine ? "oracle" : "inconclusive"
                document.reason = reason.description
            }
            return document
        }
    }
}

extension String {
    /// Text of which a byte that is no UTF-8 is written `\xFF`.
    fileprivate init(validOrEscaped bytes: ArraySlice<UInt8>) {
        self = ""
        var rest = bytes.makeIterator()
        var position = bytes.startIndex
        var parser = UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                unicodeScalars.append(UTF8.decode(encoded))
                position += encoded.count
            case .error(let length):
                for byte in bytes[position..<position + length] {
                    self += "\\x" + String(byte, radix: 16, uppercase: true)
                }
                position += length
            case .emptyInput: return
            }
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
