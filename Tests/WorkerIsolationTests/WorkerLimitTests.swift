import Execution
import Foundation
import Testing

@testable import WorkerIsolation

struct WorkerLimitTests {
    private func engine(_ script: String) -> IsolatedEngine {
        let invocation = WorkerInvocation(executable: "/bin/sh", arguments: ["-c", script])
        return IsolatedEngine(name: "any", worker: ServingWorker(invocation))
    }

    private let test = TestCase(wasm: [], invocations: [])

    @Test func `a worker that waits longer than the budget's processor time still answers`() {
        let engine = engine(
            #"read line; sleep 0.5; echo '{"version":1,"result":{"outcome":"refused","reason":"late"}}'"#
        )
        #expect(engine.run(test, within: Budget(seconds: 0.2)) == .refused(reason: "late"))
    }

    @Test func `a worker that only waits is stopped nevertheless`() {
        let engine = engine("read line; echo 'phase execute x' >&2; sleep 1000")
        #expect(engine.run(test, within: Budget(seconds: 0.05)) == .timedOut(.execute))
    }

    @Test func `processor time ends an engine without end in its phase`() {
        #expect(ProbeProgram.outcome(of: "spin", within: Budget(seconds: 0.5)) == .timedOut(.execute))
    }

    @Test func `endless allocation is memory exhaustion`() {
        #expect(
            ProbeProgram.outcome(of: "allocate", within: Budget(processBytes: 512 << 20)) == .memoryExhausted(.execute)
        )
    }

    @Test func `each request has the memory of its budget, whatever the one before had`() {
        let engine = IsolatedEngine(name: "misbehaving:map-3-gib", worker: ProbeProgram.worker())
        let small = Budget(processBytes: 2 << 30)
        let large = Budget(processBytes: 20 << 30)
        #expect(engine.run(test, within: small) == .refused(reason: "Cannot allocate memory"))
        #expect(engine.run(test, within: large) == .refused(reason: "done"))
        #expect(engine.run(test, within: small) == .refused(reason: "Cannot allocate memory"))
    }

    @Test func `more memory is given to the same process, less to a new one`() {
        let worker = ProbeProgram.worker()
        let engine = IsolatedEngine(name: "misbehaving:thread", worker: worker)
        func process(_ bytes: UInt64) -> pid_t? {
            #expect(engine.run(test, within: Budget(processBytes: bytes)) == .refused(reason: "done"))
            return worker.processIdentifier
        }
        let first = process(2 << 30)
        #expect(process(3 << 30) == first)
        #expect(process(3 << 30) == first)
        #expect(process(2 << 30) != first)
    }

    @Test func `no program is no refusal, and says why`() {
        let worker = ServingWorker(WorkerInvocation(executable: "/nowhere/worker", arguments: []))
        let outcome = IsolatedEngine(name: "interpreter", worker: worker).run(test, within: Budget())
        #expect(outcome == .notRun(reason: "cannot start /nowhere/worker: No such file or directory"))
    }

    @Test func `an engine that the worker does not know is no refusal`() {
        let outcome = IsolatedEngine(name: "unheard-of", worker: ProbeProgram.worker()).run(test, within: Budget())
        guard case .notRun(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.hasPrefix("engine 'unheard-of': no such engine"))
    }
}
