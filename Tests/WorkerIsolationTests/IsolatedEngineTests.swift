import Execution
import Foundation
import TestedEngines
import Testing
import WasmFormats
import WasmModel

@testable import WorkerIsolation

/// Workers that are shell scripts: each shows one way of ending.
struct IsolatedEngineTests {
    private let test = TestCase(wasm: [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0], invocations: [])

    private func outcome(of script: String, seconds: Double = 10) -> Outcome {
        engine(script).run(test, within: Budget(seconds: seconds))
    }

    private func engine(_ script: String) -> IsolatedEngine {
        let invocation = WorkerInvocation(executable: "/bin/sh", arguments: ["-c", script])
        return IsolatedEngine(name: "x86_64:none:loads", worker: ServingWorker(invocation))
    }

    @Test func `an answer is the outcome`() {
        let script = #"read line; echo '{"version":1,"result":{"outcome":"refused","reason":"no"}}'; read line"#
        #expect(outcome(of: script) == .refused(reason: "no"))
    }

    @Test func `the cost of compiling is that of the worker, and of one that dies or refuses none`() {
        func cost(_ script: String) -> CompilationCost? {
            engine(script).cost(ofCompiling: [0], within: Budget(seconds: 5))
        }
        let answer = #"{"version":1,"compilation":{"bytes":9,"frameBytes":16,"seconds":0.25}}"#
        #expect(
            cost("read line; echo '\(answer)'; read line") == CompilationCost(bytes: 9, frameBytes: 16, seconds: 0.25)
        )
        #expect(cost(#"read line; echo '{"version":1,"failure":"no"}'; read line"#) == nil)
        #expect(cost("kill -KILL $$") == nil)
    }

    @Test func `a failed assertion is a crash in the phase that was announced last`() {
        let script = """
            read line; echo 'phase validate x' >&2; echo 'phase compile x86_64:none:loads' >&2
            echo 'assertion failed: register is real, MachineCode/Emission.swift:120' >&2
            kill -ILL $$
            """
        let crash = Crash(
            phase: .compile,
            message: "assertion failed: register is real, MachineCode/Emission.swift:120",
            signal: SIGILL
        )
        #expect(outcome(of: script) == .crashed(crash))
    }

    @Test func `a killed worker is a crash by its signal`() {
        let outcome = outcome(of: "read line; echo 'phase execute x' >&2; kill -KILL $$")
        #expect(outcome == .crashed(Crash(phase: .execute, message: "SIGKILL", signal: SIGKILL)))
    }

    @Test func `a worker that says nothing has timed out in its phase`() {
        let outcome = outcome(of: "read line; echo 'phase compile x' >&2; while :; do :; done", seconds: 0.5)
        #expect(outcome == .timedOut(.compile))
    }

    @Test func `failed allocation is memory exhaustion`() {
        let script = "read line; echo 'phase compile x' >&2; echo 'Fatal error: failed to allocate 8 bytes' >&2; exit 3"
        #expect(outcome(of: script) == .memoryExhausted(.compile))
    }

    @Test func `a large request to a worker that answers first and reads later does not block`() {
        let script = """
            i=0; while [ $i -lt 3000 ]; do echo 'some words to fill the pipe of the standard error with' >&2; i=$((i+1)); done
            read line; echo '{"version":1,"result":{"outcome":"refused","reason":"read it"}}'
            """
        let large = TestCase(wasm: [UInt8](repeating: 7, count: 1 << 20), invocations: [])
        #expect(engine(script).run(large, within: Budget(seconds: 60)) == .refused(reason: "read it"))
    }

    @Test func `signals that are blocked here reach a worker`() async {
        // On a thread of concurrency, which blocks them.
        let engine = engine("read line; kill -ALRM $$; sleep 30")
        let outcome = await Task.detached { engine.run(test, within: Budget(seconds: 20)) }.value
        #expect(outcome == .crashed(Crash(phase: .decode, message: "SIGALRM", signal: SIGALRM)))
    }

    @Test func `after a death the next request gets a new worker`() {
        let engine = engine("read line; kill -KILL $$")
        for _ in 0..<2 {
            let crash = Crash(phase: .decode, message: "SIGKILL", signal: SIGKILL)
            #expect(engine.run(test, within: Budget()) == .crashed(crash))
        }
    }
}

struct EngineServerTests {
    @Test func `a served case ends as it does here`() throws {
        let module = try TextParser.module(
            """
            (module
              (func $f (param i32 f64) (result f64 i32 i64) (local.get 1) (local.get 0) (i64.const 9))
              (func (export "g") (param i32 f64) (result f64 i32 i64) (call $f (local.get 0) (local.get 1))))
            """
        )
        let call = Invocation(export: "g", arguments: [.i32(1), .f64((2.5).bitPattern)])
        let test = TestCase(wasm: BinaryEncoder.encode(module), invocations: [call])
        let request = HostRequest(.test(HostedCase(test)), engine: "interpreter", specimen: nil, budget: Budget())
        let line = String(decoding: try JSONLine.encode(request), as: UTF8.self)
        let response = EngineServer.response(to: line) { _ in TestedEngines.registry }
        let outcome = TestedEngines.oracle.run(test, within: Budget())
        #expect(try JSONLine.decode(HostResponse.self, response) == .outcome(outcome))
    }

    @Test(arguments: ["nonsense", "{}"])
    func `what is no request is answered with a reason`(_ line: String) throws {
        let response = try JSONLine.decode(
            HostResponse.self,
            EngineServer.response(to: line) { _ in TestedEngines.registry }
        )
        guard case .failed(let reason) = response else {
            Issue.record("\(response)")
            return
        }
        #expect(!reason.isEmpty)
    }
}

struct LineBufferTests {
    @Test func `lines are put together from pieces`() {
        var buffer = LineBuffer()
        func append(_ text: String) { Array(text.utf8).withUnsafeBytes { buffer.append($0) } }
        append("on")
        #expect(buffer.take() == [])
        append("e\ntwo\n\nthr")
        append("")
        #expect(buffer.take() == ["one", "two", ""])
        buffer.finish()
        #expect(buffer.take() == ["thr"])
    }
}
