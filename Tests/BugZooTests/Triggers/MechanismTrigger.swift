import Differential
import Execution
import InTreeEngines
import Testing
import WasmFormats
import WasmModel

@testable import BugZoo

/// A module with calls of its export `f` in which a mechanism shows.
struct MechanismTrigger: Sendable, CustomTestStringConvertible {
    var identifier: String
    /// The engines that have the mechanism, as options name them.
    var engines: String
    /// Whether only audited code shows it.
    var isAudited = false
    /// The size of a stack that is too small for healthy code, of which nothing can be said then; nil for one of the usual size.
    var stackBytes: Int?
    var text: String
    /// The arguments of each call of `f`.
    var calls: [[WasmValue]]

    var testDescription: String { identifier }

    static let all =
        encodings + frames + moves + calls + unwinding + optimisations + forwarding + bounds + contexts + allocation

    init(
        _ identifier: String,
        on engines: String,
        audited isAudited: Bool = false,
        stackBytes: Int? = nil,
        calls: [[WasmValue]] = [[]],
        _ text: String
    ) {
        self.identifier = identifier
        self.engines = engines
        self.isAudited = isAudited
        self.stackBytes = stackBytes
        self.calls = calls
        self.text = "(module \(text))"
    }

    /// Whether the code of the engines runs on this machine.
    var canRun: Bool {
        CompilationTarget.allCases.contains { $0.canRun && engines.hasPrefix($0.rawValue) }
    }

    /// The verdicts on the engines with a specimen in them, run in this process.
    func verdicts(_ specimen: Specimen?) throws -> [Verdict] {
        let registry = InTreeEngines.registry(
            change: specimen?.breakPipeline,
            instrumentation: Instrumentation(isAudited: isAudited, countsFuel: true)
        )
        let test = TestCase(
            wasm: Self.bytes(text),
            invocations: calls.map { Invocation(export: "f", arguments: $0) }
        )
        var budget = Budget()
        if let stackBytes { budget.stackBytes = stackBytes }
        var trial = Judge(oracle: registry.oracle, budget: budget).trial(of: Case(test))
        return try registry.engines(named: engines).map { trial.verdict(of: $0) }
    }

    /// A module in text as bytes.
    static func bytes(_ text: String) -> [UInt8] {
        do {
            return BinaryEncoder.encode(try TextParser.module(text))
        } catch {
            Issue.record(error)
            return []
        }
    }

    /// So many pieces of text, numbered from 0.
    static func each(_ count: Int, _ piece: (Int) -> String) -> String {
        (0..<count).map(piece).joined(separator: " ")
    }
}
