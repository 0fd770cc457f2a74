import Execution
import Foundation
import Testing
import WasmScripts

@testable import WorkerIsolation

struct IsolatedScriptTests {
    /// Writes a script, and runs it in a worker.
    private func answer(
        to text: String,
        on engine: EngineName,
        within budget: Budget = ScriptRunner.standardBudget,
        progress: (Int, Int) -> Void = { _, _ in }
    ) throws -> ScriptAnswer {
        let folder = NSTemporaryDirectory() + "script-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/script.wast"
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        let invocation = WorkerInvocation(executable: ProbeProgram.path, arguments: ["serve"])
        return try IsolatedScriptRunner(invocation, readable: [path])
            .run(path, on: engine, within: budget, progress: progress)
    }

    private static let addition = #"(module (func (export "f") (result i32) (i32.const 7)))"#

    @Test(arguments: ["interpreter", "x86_64:speed:definitions", "arm64:none:loads"] as [EngineName])
    func `a script gives the report that it gives here`(_ engine: EngineName) throws {
        let text = """
            \(Self.addition)
            (assert_return (invoke "f") (i32.const 7))
            (assert_return (invoke "f") (i32.const 8))
            (assert_malformed (module quote "(func i32.add)") "no such reason")
            """
        var begun: [Int] = []
        let answer = try answer(to: text, on: engine) { number, count in
            begun.append(number)
            #expect(count == 4)
        }
        #expect(begun == [1, 2, 3, 4])
        #expect(answer.report.passed == 2)
        #expect(answer.report.failures.map(\.line) == [3, 4])
        #expect(answer.remainingLines == [])
    }

    @Test(arguments: [("crash", "crash: SIGSEGV"), ("spin", "no end")])
    func `a command that takes the worker with it has failed, and so has the rest`(_ export: String, _ got: String)
        throws
    {
        let text = """
            \(Self.addition)
            (assert_return (invoke "f") (i32.const 8))
            (module (func (export "\(export)")))
            (assert_return (invoke "f") (i32.const 7))
            """
        let answer = try answer(to: text, on: "fragile", within: Budget(seconds: 0.5))
        #expect(answer.report.passed == 1)
        #expect(
            answer.report.failures == [
                ScriptReport.Failure(line: 2, expected: "(i32.const 8)", got: "(i32.const 7)"),
                ScriptReport.Failure(line: 3, expected: "an end", got: got),
                ScriptReport.Failure(line: 4, expected: "to be run", got: "not run: the worker ended"),
            ]
        )
    }

    @Test func `time is that of each command, not of the script`() throws {
        // A host that waits: the clock on the wall allows two seconds.
        let host = """
            read line; for i in 1 2 3; do echo "command $i of 3" >&2; sleep 0.9; done
            echo '{"version":1,"script":{"report":{"passed":3,"failures":[],"skipped":0,"refused":[],"differences":{}},\
            "absentCount":0,"remainingLines":[]}}'
            """
        let runner = IsolatedScriptRunner(
            WorkerInvocation(executable: "/bin/sh", arguments: ["-c", host]),
            readable: []
        )
        #expect(try runner.run("any.wast", on: "any", within: Budget(seconds: 0.2)).report.passed == 3)
    }

    @Test func `what takes long once and not with more time is no failure`() throws {
        let marker = NSTemporaryDirectory() + "script-tests-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: marker) }
        let host = """
            read line; echo "command 1 of 1" >&2
            if [ ! -e \(marker) ]; then touch \(marker); while :; do :; done; fi
            echo '{"version":1,"script":{"report":{"passed":1,"failures":[],"skipped":0,"refused":[],"differences":{}},\
            "absentCount":0,"remainingLines":[]}}'
            """
        let runner = IsolatedScriptRunner(
            WorkerInvocation(executable: "/bin/sh", arguments: ["-c", host]),
            readable: []
        )
        let report = try runner.run("any.wast", on: "any", within: Budget(seconds: 0.2)).report
        #expect(report.passed == 1 && report.failures.isEmpty)
    }

    @Test func `a file that cannot be read is told as such, with its path`() {
        let invocation = WorkerInvocation(executable: ProbeProgram.path, arguments: ["serve"])
        let runner = IsolatedScriptRunner(invocation, readable: [])
        let failure = #expect(throws: IsolatedScriptRunner.Failure.self) {
            try runner.run("/nowhere/script.wast", on: "interpreter")
        }
        #expect(failure == .unreadable(reason: "/nowhere/script.wast: cannot read the file"))
    }

    @Test func `an engine that is not there is told as such`() throws {
        #expect(throws: IsolatedScriptRunner.Failure.self) { try answer(to: Self.addition, on: "unheard-of") }
    }

    @Test func `requests and reports have keys of their own`() throws {
        var report = ScriptReport()
        report.passed = 3
        report.skipped = 2
        report.refused = ["gc"]
        report.differences = [0: 4]
        report.failures = [ScriptReport.Failure(line: 9, expected: "a", got: "b")]
        let response = HostResponse.script(ScriptAnswer(report: report, absentCount: 1, remainingLines: [12]))
        let text = String(decoding: try JSONLine.encode(response), as: UTF8.self)
        for key in [
            "version", "script", "report", "passed", "skipped", "refused", "differences", "failures", "line",
            "expected",
            "got", "absentCount", "remainingLines",
        ] { #expect(text.contains("\"\(key)\""), "\(key) in \(text)") }
        #expect(try JSONLine.decode(HostResponse.self, text) == response)
        let task = ScriptTask(path: "a.wast", features: .wasm2, commandLimit: 5)
        let request = HostRequest(.script(task), engine: "x86_64:none:loads", specimen: nil, budget: Budget())
        #expect(
            try JSONLine.decode(HostRequest.self, String(decoding: try JSONLine.encode(request), as: UTF8.self))
                == request
        )
    }
}
