import Differential
import Execution
import TestedEngines
import Testing
import WasmFormats
import WasmGenerator
import WasmModel

@testable import Triage

/// Findings of an oracle that does not do the same with a module and with what it was transformed to.
struct OriginReductionTests {
    /// Goes wrong where a body has an `i32.eqz` just before an `if`, which is what inverting a branch makes.
    private struct ForgetfulOracle: Oracle {
        let name: EngineName = "interpreter"

        func run(_ test: TestCase, within budget: Budget) -> Outcome {
            let outcome = TestedEngines.oracle.run(test, within: budget)
            guard let module = try? BinaryDecoder.decode(test.wasm), case .completed(var observation) = outcome,
                module.functions.contains(where: { function in
                    zip(function.body, function.body.dropFirst()).contains {
                        $0.opcode == .i32Eqz && $1.opcode == .if
                    }
                })
            else { return outcome }
            observation.invocations = observation.invocations.map { _ in .trapped(.unreachable) }
            return .completed(observation)
        }

        func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
    }

    private static let original = """
        (module
          (func $unused (param i64) (result i64) (local.get 0))
          (func $g (param i32 i32) (result i32) (i32.add (local.get 0) (local.get 1)))
          (func (export "f") (param i32) (result i32)
            (if (result i32) (local.get 0)
              (then (call $g (local.get 0) (i32.const 1))) (else (i32.mul (local.get 0) (i32.const 3))))))
        """

    @Test
    func
        `a contradiction is reduced to the transformation that shows it, of a smaller module, and is restored from its folder`()
        throws
    {
        let test = TestCase(
            wasm: BinaryEncoder.encode(try TextParser.module(Self.original)),
            invocations: [Invocation(export: "f", arguments: [.i32(5)])]
        )
        let oracle = ForgetfulOracle()
        let judge = Judge(oracle: oracle, confirmationFactor: nil)
        func contradicts(_ subject: Case) -> Bool { judge.trial(of: subject).verdictOnOracle.isDivergence }
        var found: Case?
        for seed in UInt64(0)..<400 where found == nil {
            var decisions = SplitMix64(seed: seed)
            let subject = Case(test).transformed(by: &decisions)
            if let subject, contradicts(subject), (subject.origin?.steps.count ?? 0) > 1 { found = subject }
        }
        let subject = try #require(found)
        let divergence = try #require(judge.trial(of: subject).verdictOnOracle.divergence)
        let finding = Finding(subject, engine: oracle.name, divergence: divergence)
        let record = try CrashAnalysis(engine: oracle, judge: judge).record(for: finding)
        let origin = try #require(record.report.origin)
        #expect(origin.steps.count == 1)
        #expect(origin.test.wasm.count < test.wasm.count)
        #expect(record.report.title.hasSuffix("after \(origin.account)"))
        let repeated = try #require(Case(origin.test, repeating: origin.steps))
        #expect(repeated.test.wasm == record.wasm)
        #expect(contradicts(repeated))
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            guard case .added(let folder, _) = try store.add(record) else {
                Issue.record("not added")
                return
            }
            #expect(contradicts(try folder.subject()))
        }
    }
}
