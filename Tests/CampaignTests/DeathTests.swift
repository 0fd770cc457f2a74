import Differential
import Foundation
import Testing
import Triage
import WasmGenerator
import WorkerIsolation

@testable import Campaign

struct DeathTests {
    private func isWorthwhile(
        _ limits: inout DeathLimits,
        _ termination: Termination,
        _ lastOutput: [String] = []
    ) -> Bool {
        limits.isWorthwhile(DeathCause(termination, lastOutput: lastOutput))
    }

    @Test func `an assertion is looked at twice, whatever its numbers`() {
        var limits = DeathLimits()
        let seen = (0..<5).map {
            isWorthwhile(&limits, .signalled(4), ["", "worker 3: assertion failed: \($0) is real, F:1"])
        }
        #expect(seen == [true, true, false, false, false])
        let isOtherSeen = isWorthwhile(&limits, .signalled(4), ["assertion failed: other, F:1"])
        #expect(isOtherSeen)
    }

    @Test func `cases without end are looked at twice, other deaths more often`() {
        var limits = DeathLimits()
        let hangs: [Termination] = [.signalled(SIGPROF), .signalled(SIGALRM), .signalled(SIGPROF)]
        let seen = hangs.map { isWorthwhile(&limits, $0) }
        #expect(seen == [true, true, false])
        let others = (0..<9).filter { _ in isWorthwhile(&limits, .signalled(SIGSEGV)) }
        #expect(others.count == 8)
    }

    @Test func `a cause is the same for all deaths of its kind`() {
        #expect(DeathCause(.signalled(SIGPROF), lastOutput: []).description == "no end")
        #expect(DeathCause(.signalled(11), lastOutput: ["x"]).description == "signal 11")
        #expect(DeathCause(.exited(status: 3), lastOutput: []).description == "exit status 3")
        let assertion = DeathCause(.signalled(4), lastOutput: ["F:7: assertion failed: 5 < 4, F:7"])
        #expect(assertion.description == "assertion failed: N < N, F:N")
    }

    @Test func `a death is read as it was written`() throws {
        let folder = try ScratchFolder()
        let deaths = DeathFolder(CrashStore(path: folder.path))
        let recipe = CaseRecipe(edges: [.loop], parameters: [.f32], results: [.i32, .f64], seed: 9)
        let death = Death(Case(recipe), specimen: "bug", cause: "signal 11")
        let path = try deaths.put(death)
        #expect(deaths.files == [path])
        #expect(try deaths.read(path) == death)
    }

    @Test func `the clock of a case counts processor time and ends the process by its signal`() async {
        await #expect(processExitsWith: .signal(SIGPROF)) {
            CaseClock.start(seconds: 1)
            while true {}
        }
    }

    @Test func `a clock that was stopped ends nothing`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            CaseClock.start(seconds: 1)
            CaseClock.stop()
            let start = clock()
            while clock() - start < 3 * CLOCKS_PER_SEC / 2 {}
            exit(7)
        }
    }

    @Test func `a clock of no seconds leaves the timer of others alone`() async {
        await #expect(processExitsWith: .exitCode(7)) {
            alarm(100)
            CaseClock.start(seconds: 0)
            CaseClock.stop()
            exit(alarm(0) > 0 ? 7 : 1)
        }
    }
}
