import InTreeEngines
import ReportPage
import Triage
import WasmFormats
import WasmModel

/// All that is known of one crash, as text: what fails and how, since where, in which stage, and the code of a compiler in this program.
struct CrashStory {
    let folder: CrashFolder
    private let wasm: [UInt8]
    private let statements: CrashStatements

    init(_ folder: CrashFolder) throws(CrashStoreError) {
        self.folder = folder
        wasm = try folder.testCase().wasm
        statements = CrashStatements(folder.report)
    }

    var text: String {
        [head, failure, cause, rest, outcomes, commands, moduleText, code].compactMap { $0 }.joined(separator: "\n")
    }

    private var head: String {
        let report = folder.report
        return Self.table([
            ("crash", folder.path), ("status", report.status.rawValue), ("severity", report.severity.advice),
        ])
    }

    private var rest: String {
        Self.table(Self.rows(statements.rest) + (folder.report.upstream.map { [("upstream", $0)] } ?? []))
    }

    private var failure: String { Self.table(Self.rows(statements.failure)) }

    private var cause: String {
        var rows = [("boundary", folder.report.boundary?.description ?? "none found")]
        rows += statements.hypotheses.map { ("fits", $0) }
        if let stage = statements.stage { rows.append(("stage", stage)) }
        return Self.table(rows)
    }

    private var outcomes: String? {
        let outcomes = statements.outcomes
        return outcomes.isEmpty
            ? nil : Self.table(outcomes.map { ($0.engine.description, ValueText.displayed($0.verdict)) })
    }

    private var commands: String {
        "in the folder:\n" + statements.commands.map { "    \($0.displayed)\n" }.joined()
    }

    private var moduleText: String? {
        (try? BinaryDecoder.decode(wasm)).map { TextPrinter.text(of: $0) + "\n" }
    }

    /// The functions to look at with the layout of their calls and their frames, on the machine that fails; nil for an engine that makes no
    /// code here.
    private var code: String? {
        guard CompilationTarget(rawValue: folder.report.engine.family) != nil else { return nil }
        let request = CodeRequest(folder)
        let excerpt = ListingExcerpt(of: request, CompiledListing.code(request), scope: .focus)
        guard let text = excerpt.text else { return "no code: \((excerpt.remark ?? "there is none").displayed)\n" }
        return "code of \(excerpt.name)\(excerpt.remark.map { ": \($0.displayed)" } ?? "")\n\n\(text)\n"
    }

    private static func rows(_ statements: [CrashStatements.Statement]) -> [(name: String, value: String)] {
        statements.map { ($0.term.lowercased(), $0.text) }
    }

    private static func table(_ rows: [(name: String, value: String)]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { name, value in
            name.displayed + String(repeating: " ", count: width - name.count + 2) + value.displayed + "\n"
        }.joined()
    }
}
