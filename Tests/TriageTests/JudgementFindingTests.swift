import Differential
import Execution
import TestedEngines
import Testing
import WasmGenerator
import WasmModel

@testable import Triage

struct JudgementFindingTests {
    /// Says the same of every case.
    struct FixedEngine: Oracle {
        let name: EngineName
        let outcome: Outcome

        func run(_ test: TestCase, within budget: Budget) -> Outcome { outcome }

        func choosing(_ relaxed: RelaxedParameters) -> any Engine { self }
    }

    private let subject = Case(CaseRecipe(edges: [.block], parameters: [.i32], results: [.i32, .i64]))

    @Test func `healthy engines give no finding`() {
        let judgement = Judge(oracle: TestedEngines.oracle).judge(subject, in: TestedEngines.compilers)
        #expect(judgement.findings() == [])
        #expect(judgement.others.count == TestedEngines.compilers.count)
        #expect(judgement.entries.allSatisfy { $0.verdict == .agreement })
    }

    @Test func `engines of one family with one cause give one finding`() {
        let crash = Outcome.crashed(Crash(phase: .compile, message: "SIGSEGV"))
        let judgement = Judge(oracle: TestedEngines.oracle).judge(
            subject,
            in: [
                FixedEngine(name: "a:loads", outcome: crash), FixedEngine(name: "a:definitions", outcome: crash),
                FixedEngine(name: "b", outcome: crash), FixedEngine(name: "c", outcome: .refused(reason: "no")),
                FixedEngine(name: "d", outcome: .completed(Observation(invocations: [.exhausted(reason: "stack")]))),
            ]
        )
        let findings = judgement.findings(specimen: "bug")
        #expect(findings.map(\.engine) == ["a:loads", "b"])
        #expect(findings.allSatisfy { $0.specimen == "bug" })
        #expect(judgement.others.count { $0.verdict.isDivergence } == 3)
    }

    @Test func `an oracle that disagrees with the closed form is a finding`() {
        let wrong = Outcome.completed(Observation(invocations: [.returned([.i32(1), .i64(2)])]))
        let judgement = Judge(oracle: FixedEngine(name: "interpreter", outcome: wrong)).judge(subject, in: [])
        #expect(judgement.findings().map(\.engine) == ["interpreter"])
    }
}
