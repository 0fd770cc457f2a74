import BugZoo
import Differential
import Foundation
import InTreeEngines
import Listing
import MachineCode
import Triage
import WasmFormats
import WasmModel

/// All that is known of one crash, as text: what fails and how, since where, in which stage, and the code of a compiler in this program.
struct CrashStory {
    let folder: CrashFolder
    private let wasm: [UInt8]

    init(_ folder: CrashFolder) throws(CrashStoreError) {
        self.folder = folder
        wasm = try folder.testCase().wasm
    }

    private var report: CrashReport { folder.report }

    var text: String {
        [head, failure, answers, commands, moduleText, code].compactMap { $0 }.joined(separator: "\n")
    }

    // MARK: Parts

    private var head: String {
        var rows = [
            ("crash", folder.path), ("status", report.status.rawValue), ("signature", report.signature.description),
            ("severity", report.severity.advice), ("engine", report.engine.description),
        ]
        if let account = report.account {
            rows.append(("", "\(account.engine) \(account.version), as \(account.definition)"))
        }
        if let specimen = report.specimen { rows.append(("injected", specimen)) }
        rows.append(("size", "\(report.originalSize) B as found, \(report.reducedSize) B reduced"))
        rows.append(("boundary", report.boundary?.description ?? "none found"))
        rows += (report.hypotheses ?? []).map { ("fits", $0) }
        if let culprit = report.culprit { rows.append(("stage", culprit.description)) }
        if let recipe = report.recipe { rows.append(("recipe", recipe.summary)) }
        if let origin = report.origin { rows.append(("origin", origin.account)) }
        if let provenance = report.provenance {
            rows.append(("found by", provenance.text))
            if !provenance.arguments.isEmpty { rows.append(("arguments", provenance.arguments.joined(separator: " "))) }
        }
        if let upstream = report.upstream { rows.append(("upstream", upstream)) }
        return Self.table(rows)
    }

    private var failure: String {
        var rows = report.invocations.enumerated().map { number, invocation in
            (
                "call \(number)",
                "\(invocation.export)(\(invocation.arguments.map(ValueText.text).joined(separator: ", ")))"
            )
        }
        rows.append(("what", report.divergence.observable.place))
        rows.append(("expected", report.divergence.expected))
        rows.append(("observed", report.divergence.observed))
        return Self.table(rows)
    }

    private var answers: String? {
        let answers = (report.outcomes ?? []) + (report.account?.carriages ?? []) + (report.account?.answers ?? [])
        return answers.isEmpty ? nil : Self.table(answers.map { ($0.engine.description, $0.verdict) })
    }

    private var commands: String? {
        let commands = report.commands ?? report.account?.commands ?? []
        return commands.isEmpty ? nil : "in the folder:\n" + commands.map { "    \($0)\n" }.joined()
    }

    private var moduleText: String? {
        (try? BinaryDecoder.decode(wasm)).map { TextPrinter.text(of: $0) + "\n" }
    }

    // MARK: Code

    /// The layout of calls, the frame and the listing of the functions at fault, on the machine that fails; nil for an engine outside of this
    /// program.
    private var code: String? {
        guard let target = CompilationTarget(rawValue: report.engine.family), report.engine.options.count >= 2,
            let level = OptimizationLevel(rawValue: report.engine.options[0]),
            let strategy = ResultStrategy(rawValue: report.engine.options[1]),
            let module = try? Validator.validate(BinaryDecoder.decode(wasm))
        else { return nil }
        if !report.divergence.observable.hasCode { return "no code: the compiler does not come through\n" }
        let change = report.specimen.flatMap(Specimen.init(identifier:))?.breakPipeline
        let compiler = CompilerFactory(target, change: change).compiler(level, strategy)
        let listing = ModuleListing(module, compiler, instructionSet: target.instructionSet)
        var text = ""
        do {
            for function in functions(of: module) {
                try listing.writeLayout(of: function) { text += $0 }
                try listing.writeDisassembly(of: function) { text += $0 }
            }
        } catch {
            text += "no code: \(error)\n"
        }
        return marking(text)
    }

    /// The functions of the report, or else those that are called, of which there are few in a reduced case.
    private func functions(of module: ValidatedModule) -> [FunctionIndex] {
        if let culprit = report.culprit, !culprit.functions.isEmpty {
            return culprit.functions.map { FunctionIndex($0) }
        }
        let called = Set(report.invocations.map(\.export))
        return module.module.exports.compactMap { export in
            if case .function(let index) = export.item, called.contains(export.name) { index } else { nil }
        }
    }

    /// Marks the place of the value that differs in the layout of the call.
    private func marking(_ text: String) -> String {
        guard case .result(_, let index) = report.divergence.observable else { return text }
        return text
            + "the value that differs is result \(index) of the call: its place is number \(index) of `results` above, from 0\n"
    }

    private static func table(_ rows: [(name: String, value: String)]) -> String {
        let width = rows.map(\.name.count).max() ?? 0
        return rows.map { name, value in
            name.displayed + String(repeating: " ", count: width - name.count + 2) + value.displayed + "\n"
        }.joined()
    }
}

extension Observable {
    /// Whether a compiler made code of a case that shows it; one that fails would take this process with it.
    fileprivate var hasCode: Bool {
        switch self {
        case .crash(let phase), .hang(let phase), .memoryExhaustion(let phase):
            phase == .instantiate || phase == .execute
        case .rejection: false
        case .compileTime, .codeSize, .instantiation, .ending, .resultCount, .result, .global, .memory, .element,
            .hostCallCount, .hostCallArgument:
            true
        }
    }

    /// Where the difference is, for people.
    fileprivate var place: String {
        switch self {
        case .crash(let phase): "a crash when it is to \(phase.rawValue)"
        case .hang(let phase): "no end when it is to \(phase.rawValue)"
        case .memoryExhaustion(let phase): "no memory left when it is to \(phase.rawValue)"
        case .compileTime: "the time of compilation"
        case .codeSize: "the size of code or frames"
        case .rejection: "whether the module is valid"
        case .instantiation: "the instantiation"
        case .ending(let invocation): "how call \(invocation) ends"
        case .resultCount(let invocation): "the number of results of call \(invocation)"
        case .result(let invocation, let index): "result \(index) of call \(invocation)"
        case .global(let name): "global \(name)"
        case .memory(let name, let byteOffset): "byte \(byteOffset) of memory \(name)"
        case .element(let table, let position): "element \(position) of table \(table)"
        case .hostCallCount: "the number of calls of the host"
        case .hostCallArgument(let call, let index): "argument \(index) of call \(call) of the host"
        }
    }
}
