import BugZoo
import Differential
import Execution
import InTreeEngines
import Testing
import WasmFormats
import WasmModel

extension TriggerModule: CustomTestStringConvertible {
    public var testDescription: String { identifier }

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
}
