import Execution
import Foundation
import Testing
import WasmScripts

@testable import WorkerIsolation

struct ScriptTrialTests {
    /// A trial whose host answers requests with what a shell says of them; each answer is the content of a report.
    /// - Parameter cases: patterns of requests with the answers, the first that fits.
    private func trial(_ cases: [(pattern: String, report: String)]) throws -> ScriptTrial {
        let branches = cases.map { pattern, content in
            let report = #"{"skipped":0,"refused":[],"differences":{},\#(content)}"#
            let answer = #"{"version":1,"script":{"report":\#(report),"absentCount":0,"remainingLines":[]}}"#
            return "*'\(pattern)'*) echo '\(answer)';;"
        }
        let host = "while read -r line; do case \"$line\" in \(branches.joined(separator: "\n")) esac; done"
        let invocation = WorkerInvocation(executable: "/bin/sh", arguments: ["-c", host])
        return try ScriptTrial(
            "any.wast",
            IsolatedScriptRunner(invocation, readable: []),
            oracle: "oracle",
            within: Budget(fuel: 700)
        )
    }

    private static func undecided(_ number: Int) -> String {
        #""passed":1,"failures":[],"undecided":[{"number":\#(number),"line":5,"reason":"fuel exhausted"}]"#
    }

    private static let passed = #""passed":2,"failures":[]"#

    @Test func `what has no end in the oracle is left out in the others`() throws {
        let trial = try trial([
            (#""engine":"oracle""#, Self.undecided(3)), (#""undecided":[3]"#, Self.undecided(3)),
        ])
        let report = try trial.report(of: "other")
        #expect(report.undecided.map(\.number) == [3] && report.failures.isEmpty)
        #expect(try trial.report(of: "oracle") == report)
    }

    @Test func `what ends in the oracle and nowhere in the engine has failed`() throws {
        let trial = try trial([(#""engine":"oracle""#, Self.passed), ("version", Self.undecided(4))])
        let report = try trial.report(of: "other")
        #expect(report.failures == [ScriptReport.Failure(line: 5, expected: "an end", got: "fuel exhausted")])
        #expect(report.undecided.isEmpty)
    }

    @Test func `what ends with ten times the fuel has not failed`() throws {
        let trial = try trial([
            (#""engine":"oracle""#, Self.passed), (#""fuel":7000"#, Self.passed), ("version", Self.undecided(4)),
        ])
        let report = try trial.report(of: "other")
        #expect(report.passed == 2 && report.failures.isEmpty && report.undecided.isEmpty)
    }
}
