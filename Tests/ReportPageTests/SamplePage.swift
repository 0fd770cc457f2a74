import Differential
import Execution
import Foundation
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Campaign
@testable import ReportPage
@testable import Triage

/// Pages to look at.
enum SamplePage {
    static let machines = ["x86_64", "arm64"]
    /// Text that would be markup, another attribute, or no XML.
    static let hostile = "<script>alert(1)</script> \"\u{301} onload='x' & \u{0}\u{202E}\u{FFFF} {{title}}"

    /// A crash in a folder of a store.
    static func record(
        _ title: String = "three results",
        engine: EngineName = "x86_64:none:definitions",
        boundary: Boundary? = Boundary(variable: .results, lastGood: 2, firstBad: 3, exceptions: [7]),
        account: EngineAccount? = nil,
        upstream: String? = nil
    ) -> CrashRecord {
        let recipe = CaseRecipe(edges: [.hostImport], parameters: [.i32, .f64], results: [.i32, .f64, .f32])
        let test = Case(recipe).test
        let divergence = Divergence(
            observable: .result(invocation: 0, index: 1),
            expected: "i32:1 \(title)",
            observed: "i32:2"
        )
        var report = CrashReport(
            title: title,
            signature: CrashSignature(engine: engine, divergence: divergence),
            engine: engine,
            engines: ["interpreter", engine],
            test: test,
            divergence: divergence,
            boundary: boundary,
            recipe: recipe,
            originalSize: test.wasm.count
        )
        report.account = account
        if account == nil {
            report.hypotheses = ["an index of 1 bit \(title)"]
            report.culprit = CulpritStage(stages: ["folding \(title)"], functions: [1], failsOnOtherMachine: false)
            report.outcomes = [EngineAccount.Answer(engine: engine, verdict: "differs: i32:2 instead of \(title)")]
            report.commands = ["fuzz-multivalue run module.wasm \(title)"]
            report.provenance = Provenance(
                program: "fuzz-multivalue 1",
                revision: nil,
                host: "a host \(title)",
                arguments: ["reduce", title]
            )
        }
        report.upstream = upstream
        return CrashRecord(report: report, wasm: test.wasm, regressions: [])
    }

    /// What is known of an engine outside of the program.
    static func account(_ text: String = "mine", severity: Severity = .memorySafety) throws -> EngineAccount {
        let answer = ["engine": text, "verdict": "differs: \(text)"]
        let object: [String: Any] = [
            "engine": text, "version": "1", "definition": "mine=host:\(text)", "severity": severity.rawValue,
            "carriages": [answer], "answers": [answer], "commands": ["sh show.sh \(text)"],
        ]
        return try JSONDecoder().decode(EngineAccount.self, from: try JSONSerialization.data(withJSONObject: object))
    }

    /// A store in a new folder, which is removed when the body is over.
    static func withStore(_ records: [CrashRecord], _ body: (ReportPage.Store) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "report-page-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = CrashStore(path: path)
        for record in records { _ = try store.add(record) }
        try body(ReportPage.Store(path: path, content: try store.content()))
    }

    /// A campaign with all that one can have.
    static func summary(_ text: String = "a problem") throws -> CampaignSummary {
        let names: [EngineName] = [
            "x86_64:none:loads", "x86_64:none:definitions", "arm64:none:loads", "arm64:speed:loads",
        ]
        var summary = CampaignSummary(engines: names)
        var series = CampaignSeries()
        for step in 0...40 {
            summary.cases = step * 30
            summary.coverage = 20_000 + step * 10
            for (position, name) in names.enumerated() {
                summary.engines[name.description]?.verdicts.agreements = step * (20 + position)
            }
            series.sample(summary, at: Double(step) / 2)
        }
        summary.findings = [
            CampaignSummary.StoredFinding(
                folder: "elsewhere/0007-\(text)",
                title: text,
                engine: "arm64:none:loads",
                signature: CrashSignature(text: text),
                boundary: Boundary(variable: .results, lastGood: 9, firstBad: 10),
                originalSize: 90,
                reducedSize: 50,
                isKnown: false,
                discovery: CampaignSummary.Discovery(seconds: 1.5, cases: 7)
            )
        ]
        series.end(summary, at: 20.5)
        summary.series = series
        summary.seconds = 20.5
        for name in names {
            for arity in [125, 250, 500, 1000, 2000] {
                summary.compileTimes = summary.compileTimes ?? []
                summary.compileTimes?.add(
                    CompileTimeSample(engine: name, arity: arity, milliseconds: Double(arity) / 100)
                )
            }
        }
        summary.problems = [text]
        summary.domain = try domain()
        return summary
    }

    static func domain() throws -> DomainSummary {
        let places = [
            "loop 9-32 mixed routing none", "loop 9-32 floats routing none", "export 0 no-values program none",
        ]
        .flatMap { cell in ["returned", "trapped"].compactMap { DomainPlace(text: "\(cell) \($0)") } }
        let refused = DomainPlace(text: "block 1 integers routing none refused")
        let map = DomainMap(["a"], counts: [places[0].number: [2], (refused ?? places[0]).number: [1_234]])
        return DomainSummary(map, possible: Set(places))
    }

    /// Two small regions, and one that has no room.
    static func code(_ request: CodeRequest) -> CompiledCode {
        let stub = ["entry stub for 0 -> 9 values, 0x0..<0x9"] + (0..<500).map { "  \($0)  nop" }
        return .listing(
            ["; \(request.engine)", "", "function 0 <f>, 0x0..<0x9", "  00  ret", "", "function 1 g, 0x9..<0xa"] + [""]
                + stub
        )
    }

    static func request(culprits: [FunctionIndex] = []) -> CodeRequest {
        let record = record()
        var focus = CodeFocus(record.report, wasm: [])
        focus.culprits = culprits
        focus.functions = culprits
        return CodeRequest(module: "module.wasm", engine: "arm64:none:loads", specimen: nil, focus: focus)
    }

    static func html(_ store: ReportPage.Store?, _ summary: CampaignSummary?) -> String {
        let run = summary.map { ReportPage.Run(path: "night.json", summary: $0) }
        return ReportPage(store: store, campaign: run, machines: machines, code: code).html()
    }

    /// A page that has every part.
    static func withWholePage(_ text: String = "three results", _ body: (String) throws -> Void) throws {
        let records = [
            record(text), record("no boundary", engine: "interpreter", boundary: nil),
            record(engine: "mine", account: try account(text), upstream: "https://example.org/1"),
        ]
        try withStore(records) { store in
            var store = store
            store.content.problems = [CrashStoreError(path: "x/0009-\(text)", reason: text)]
            try body(html(store, try summary(text)))
        }
    }
}

extension CompiledCode {
    /// Of a listing.
    var lines: [String] {
        switch self {
        case .listing(let lines, _): lines
        case .unavailable: []
        }
    }
}
