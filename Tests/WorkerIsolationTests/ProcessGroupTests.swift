import Execution
import Foundation
import Testing

@testable import WorkerIsolation

struct ProcessGroupTests {
    /// A worker that starts a child, says its number, and never ends.
    private static let family = ["/bin/sh", "-c", "sleep 100000 & echo $!; wait"]

    /// Whether a process is gone, or waits for somebody to take note of its end.
    private func isGone(_ process: pid_t) -> Bool {
        guard kill(process, 0) == 0 else { return true }
        guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return true }
        return status.split(separator: ")").last?.split(separator: " ").first == "Z"
    }

    /// Waits until a process is gone, which a test that hangs would show.
    private func waitForEnd(of process: pid_t) { while !isGone(process) { usleep(10_000) } }

    private func numbers(of process: WorkerProcess, count: Int) -> [pid_t] {
        var numbers: [pid_t] = []
        while numbers.count < count, !process.isClosed {
            numbers += process.lines(waitingMilliseconds: 100).output.compactMap { pid_t($0) }
        }
        return numbers
    }

    private func startFamily() throws -> WorkerProcess {
        try WorkerProcess(
            WorkerInvocation(executable: Self.family[0], arguments: Array(Self.family.dropFirst()))
        )
    }

    @Test(.timeLimit(.minutes(10)))
    func `a supervisor that is killed takes its workers and their children with it`() throws {
        let supervisor = try WorkerProcess(
            WorkerInvocation(executable: ProbeProgram.path, arguments: ["supervise"] + Self.family)
        )
        let numbers = numbers(of: supervisor, count: 2)
        try #require(numbers.count == 2)
        #expect(numbers.allSatisfy { !isGone($0) })
        // Only the supervisor: its workers are in groups of their own.
        kill(supervisor.identifier, SIGKILL)
        for number in numbers { waitForEnd(of: number) }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a worker that nobody holds any more is ended with its children`() throws {
        var process: WorkerProcess? = try startFamily()
        let worker = try #require(process?.identifier)
        let child = try #require(process.map { numbers(of: $0, count: 1) }?.first)
        #expect(!isGone(child))
        process = nil
        // Its own end was waited for.
        #expect(kill(worker, 0) != 0)
        waitForEnd(of: child)
    }

    @Test(.timeLimit(.minutes(10)))
    func `children of a worker that has ended by itself are ended`() throws {
        let process = try WorkerProcess(
            WorkerInvocation(executable: "/bin/sh", arguments: ["-c", "sleep 100000 & echo $!; exit 3"])
        )
        let child = try #require(numbers(of: process, count: 1).first)
        #expect(process.wait() == .exited(status: 3))
        waitForEnd(of: child)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a signal reaches the children of a worker`() throws {
        let process = try startFamily()
        let child = try #require(numbers(of: process, count: 1).first)
        process.send(SIGKILL)
        waitForEnd(of: child)
        #expect(process.wait() == .signalled(SIGKILL))
    }

    @Test(.timeLimit(.minutes(10)))
    func `an answer is not waited for when the worker has ended and its child holds the pipe`() throws {
        let invocation = WorkerInvocation(executable: "/bin/sh", arguments: ["-c", "read line; sleep 100000 & exit 4"])
        let engine = IsolatedEngine(name: "any", worker: ServingWorker(invocation))
        let outcome = engine.run(TestCase(wasm: [], invocations: []), within: Budget(seconds: 1_000_000))
        #expect(outcome == .crashed(Crash(phase: .decode, message: "exit status 4")))
    }
}
