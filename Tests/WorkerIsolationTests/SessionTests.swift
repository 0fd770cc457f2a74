import Foundation
import Testing

@testable import WorkerIsolation

/// Build systems put each compiler in a group of its own; it ends with its build nevertheless.
struct SessionTests {
    /// A worker that starts a child in another group, says its number, and never ends.
    private static let family = ["/usr/bin/env", "bash", "-c", "set -m; sleep 100000 & echo $!; wait"]

    private func waitForEnd(of process: pid_t) {
        while kill(process, 0) == 0 {
            let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
            if status?.split(separator: ")").last?.split(separator: " ").first == "Z" { return }
            usleep(10_000)
        }
    }

    private func numbers(of process: WorkerProcess, count: Int) -> [pid_t] {
        var numbers: [pid_t] = []
        while numbers.count < count, !process.isClosed {
            numbers += process.lines(waitingMilliseconds: 100).output.compactMap { pid_t($0) }
        }
        return numbers
    }

    @Test(.timeLimit(.minutes(10)))
    func `a child in another group ends with a worker that nobody holds any more`() throws {
        var process: WorkerProcess? = try WorkerProcess(
            WorkerInvocation(executable: Self.family[0], arguments: Array(Self.family.dropFirst()))
        )
        let worker = try #require(process?.identifier)
        let child = try #require(process.map { numbers(of: $0, count: 1) }?.first)
        #expect(getpgid(child) == child && getsid(child) == worker)
        process = nil
        waitForEnd(of: child)
    }

    /// A worker that starts a child in another session, says its number, and never ends.
    private static let daemon = ["/usr/bin/env", "bash", "-c", "setsid sh -c 'echo $$; exec sleep 100000' & wait"]

    @Test(.timeLimit(.minutes(10)))
    func `a child in another session ends with its worker`() throws {
        var process: WorkerProcess? = try WorkerProcess(
            WorkerInvocation(executable: Self.daemon[0], arguments: Array(Self.daemon.dropFirst()))
        )
        let worker = try #require(process?.identifier)
        let child = try #require(process.map { numbers(of: $0, count: 1) }?.first)
        #expect(getsid(child) != worker)
        process = nil
        waitForEnd(of: child)
    }

    @Test(.timeLimit(.minutes(10)))
    func `a child in another session ends with a supervisor that is killed`() throws {
        let supervisor = try WorkerProcess(
            WorkerInvocation(executable: ProbeProgram.path, arguments: ["supervise"] + Self.daemon)
        )
        let numbers = numbers(of: supervisor, count: 2)
        try #require(numbers.count == 2)
        kill(supervisor.identifier, SIGKILL)
        for number in numbers { waitForEnd(of: number) }
    }

    @Test(.timeLimit(.minutes(10)))
    func `a child in another group ends with a supervisor that is killed`() throws {
        let supervisor = try WorkerProcess(
            WorkerInvocation(executable: ProbeProgram.path, arguments: ["supervise"] + Self.family)
        )
        let numbers = numbers(of: supervisor, count: 2)
        try #require(numbers.count == 2)
        kill(supervisor.identifier, SIGKILL)
        for number in numbers { waitForEnd(of: number) }
    }
}
