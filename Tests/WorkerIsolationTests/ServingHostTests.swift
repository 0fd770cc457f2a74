import Execution
import Foundation
import Testing

@testable import WorkerIsolation

/// Hosts of real engines that are shell scripts, each with one bad habit: whatever they do, each request ends, and no process stays.
struct ServingHostTests {
    private static let describe = #"{"version":1,"description":{"name":"shell","release":"1"}}"#
    private static let refusal = #"{"version":1,"result":{"outcome":"refused","reason":"no"}}"#

    private func worker(_ script: String) -> ServingWorker {
        var invocation = WorkerInvocation(executable: "/bin/sh", arguments: ["-c", script])
        invocation.memory = .resident
        return ServingWorker(invocation)
    }

    private func request(_ budget: Budget = Budget()) -> HostRequest {
        let test = HostedCase(TestCase(wasm: [0, 0x61, 0x73, 0x6D, 1, 0, 0, 0], invocations: []))
        return HostRequest(.test(test), engine: "shell", specimen: nil, budget: budget)
    }

    private func outcome(_ script: String, _ budget: Budget = Budget()) -> Outcome {
        worker(script).outcome(of: request(budget))
    }

    /// What `description` throws, in words.
    private func complaint(_ script: String, _ budget: Budget = Budget(seconds: 1)) -> String? {
        do throws(WorkerError) {
            _ = try worker(script).description(engine: "shell", within: budget)
            return nil
        } catch {
            return error.description
        }
    }

    /// Whether any process still has a text in its command line or runs in a group.
    private func isAlive(group: pid_t) -> Bool { kill(-group, 0) == 0 }

    // MARK: Descriptions

    @Test func `a host describes itself, and then runs cases in the same process`() throws {
        let worker = self.worker("read line; echo '\(Self.describe)'; while read line; do echo '\(Self.refusal)'; done")
        let described = try worker.description(engine: "shell", within: Budget())
        #expect(described == HostDescription(name: "shell", release: "1"))
        let process = worker.processIdentifier
        for _ in 0..<3 { #expect(worker.outcome(of: request()) == .refused(reason: "no")) }
        #expect(worker.processIdentifier == process)
    }

    @Test func `why a host does not describe itself is said with its last line`() {
        #expect(complaint("exit 4") == "it ended with status 4")
        #expect(complaint("echo 'no such option' >&2; exit 4") == "it ended with status 4: no such option")
        #expect(complaint("kill -ABRT $$") == "SIGABRT ended it")
        #expect(complaint("read line; echo '\(Self.refusal)'") == "it answered another request than to describe itself")
        #expect(
            complaint(#"read line; echo '{"version":1,"failure":"version 1 of the protocol, not 9"}'"#)
                == "it cannot describe itself: version 1 of the protocol, not 9"
        )
        #expect(
            complaint("read line; echo nonsense")
                == "a worker answered what is no answer (the answer is no JSON): nonsense"
        )
    }

    @Test func `a host that is silent does not describe itself in time`() {
        #expect(complaint("sleep 1000", Budget(seconds: 0.05)) == "it did not describe itself in time")
        #expect(complaint("while :; do :; done", Budget(seconds: 0.3)) == "it did not describe itself in time")
    }

    // MARK: Deaths and silence

    @Test func `a host that ends without an answer has crashed, and the next case finds a new one`() {
        let worker = self.worker("read line; echo 'phase compile shell' >&2; echo 'panic: odd' >&2; exit 2")
        for _ in 0..<2 {
            #expect(worker.outcome(of: request()) == .crashed(Crash(phase: .compile, message: "panic: odd")))
        }
    }

    @Test func `a host that closes its pipes and stays is ended`() {
        for pipes in [">&- 2>&- <&-", ">&-"] {
            let outcome = self.outcome("read line; echo 'phase compile shell' >&2; exec \(pipes); exec sleep 1000")
            let message = "closed its standard output and did not end"
            #expect(outcome == .crashed(Crash(phase: .compile, message: message)))
        }
    }

    @Test func `a line that nobody asked for is not taken for the answer to the next request`() {
        let late = self.worker(
            "while read line; do echo '\(Self.refusal)'; sleep 0.05; echo '\(Self.refusal)'; touch /dev/null; done"
        )
        #expect(late.outcome(of: request()) == .refused(reason: "no"))
        usleep(500_000)
        let complaint = "a worker wrote a line that nobody asked for: \(Self.refusal)"
        #expect(late.outcome(of: request()) == .notRun(reason: complaint))
        #expect(late.outcome(of: request()) == .refused(reason: "no"), "by a new process")
        let twice = self.worker("while read line; do printf '%s\\n%s\\n' '\(Self.refusal)' '\(Self.refusal)'; done")
        #expect(
            twice.outcome(of: request()) == .notRun(reason: "a worker answered one request with several lines")
        )
    }

    @Test(arguments: [
        (#""release":"1""#, "no 'description.name' in the answer"),
        (#""name":" ","release":"1""#, "'description.name' of the answer: it is empty"),
        (#""name":"n","release":"""#, "'description.release' of the answer: it is empty"),
        (
            #""name":"n","release":"1","values":["i32","i33"]"#,
            "'description.values' of the answer: 'i33' is none of i32, i64, f32, f64, v128, funcref, externref"
        ),
        (
            #""name":"n","release":"1","values":["i32","f32","i32"]"#,
            "'description.values' of the answer: i32 stands there twice"
        ),
    ])
    func `a description that cannot be is refused with what is wrong in it`(_ keys: String, _ reason: String) {
        let complaint = complaint("read line; echo '{\"version\":1,\"description\":{\(keys)}}'")
        #expect(
            complaint?.hasPrefix("a worker answered what is no answer (\(reason)): ") == true,
            "\(complaint ?? "none")"
        )
    }

    @Test func `memory that Rust gets none of is no crash`() {
        let outcome = self.outcome("read line; echo 'memory allocation of 4294967296 bytes failed' >&2; kill -ABRT $$")
        #expect(outcome == .memoryExhausted(.decode))
    }

    @Test func `a silent host is stopped with all that it started`() throws {
        let script = "read line; echo 'phase execute shell' >&2; sleep 1000 & echo $$ >&2; sleep 1000"
        let worker = self.worker(script)
        var group: pid_t?
        let ending = try worker.exchange(request(Budget(seconds: 0.1))) { line in
            group = group ?? pid_t(line)
            return false
        }
        guard case .stopped = ending else {
            Issue.record("\(ending)")
            return
        }
        let identifier = try #require(group)
        for _ in 0..<200 where isAlive(group: identifier) { usleep(10_000) }
        #expect(!isAlive(group: identifier))
    }

    @Test func `a host is ended when nobody has use for it any more`() throws {
        var worker: ServingWorker? = self.worker("while read line; do echo '\(Self.refusal)'; done; sleep 1000")
        #expect(worker?.outcome(of: request()) == .refused(reason: "no"))
        let group = try #require(worker?.processIdentifier)
        #expect(isAlive(group: group))
        worker = nil
        for _ in 0..<200 where isAlive(group: group) { usleep(10_000) }
        #expect(!isAlive(group: group))
    }

    @Test func `an answer that comes late, with nothing computed meanwhile, is an answer`() {
        #expect(
            outcome("read line; sleep 0.5; echo '\(Self.refusal)'", Budget(seconds: 0.2)) == .refused(reason: "no")
        )
    }

    // MARK: Output

    @Test(arguments: [
        "nonsense", "{", "{}", "[1,2]", #"{"version":1}"#, #"{"version":1,"result":{"outcome":"fine"}}"#,
        #"{"version":1,"result":{"outcome":"completed"}}"#,
        #"{"version":7,"result":{"outcome":"refused","reason":"x"}}"#,
        #"{"version":1,"result":{"outcome":"completed","observation":{"invocations":[{"end":"vanished"}],"instances":[]}}}"#,
        #"{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{"memories":[{"name":"m","size":1,"pieces":[{"offset":7,"bytes":"AAE="}]}]}]}}}"#,
        #"{"version":1,"result":{"outcome":"completed","observation":{"invocations":[],"instances":[{"memories":[{"name":"m","size":-1,"pieces":[]}]}]}}}"#,
    ])
    func `an answer that makes no sense says nothing of the engine`(_ answer: String) {
        let outcome = self.outcome("read line; printf '%s\\n' '\(answer)'; read line")
        guard case .notRun(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason.hasPrefix("a worker answered what is no answer ("))
    }

    @Test func `an answer to another request says nothing of the engine`() {
        #expect(
            outcome("read line; echo '\(Self.describe)'; read line")
                == .notRun(reason: "the worker answered another request")
        )
    }

    @Test func `endless output on standard error ends with the time, and the first lines are kept`() {
        let script = """
            read line; echo 'phase compile shell' >&2; echo 'panic: the first word' >&2
            while :; do echo 'and more, and more, and more' >&2; done
            """
        #expect(outcome(script, Budget(seconds: 0.5)) == .timedOut(.compile))
        let dying = """
            read line; echo 'panic: the first word' >&2
            i=0; while [ $i -lt 5000 ]; do echo 'and more' >&2; i=$((i+1)); done; exit 1
            """
        #expect(outcome(dying) == .crashed(Crash(phase: .decode, message: "panic: the first word")))
    }

    @Test func `endless output on standard output is taken by its first line`() {
        let outcome = self.outcome("read line; while :; do echo 'y y y y y y y y'; done", Budget(seconds: 1))
        #expect(
            outcome == .notRun(reason: "a worker answered what is no answer (the answer is no JSON): y y y y y y y y")
        )
    }

    @Test func `endless output without a line end is stopped`() {
        // Of the shell alone, whose processor time counts.
        let outcome = self.outcome("read line; while :; do printf 'yyyyyyyy'; done", Budget(seconds: 0.5))
        #expect(outcome == .timedOut(.decode))
    }

    // MARK: Memory

    /// Doubles a string of the shell until it is stopped.
    private static let growing =
        "read line; echo 'phase execute shell' >&2; x=0123456789abcdef; while :; do x=$x$x; done"

    @Test func `a host that has more in memory than the budget is stopped`() {
        #expect(outcome(Self.growing, Budget(seconds: 60, processBytes: 128 << 20)) == .memoryExhausted(.execute))
    }

    @Test func `the next case after that finds a new host`() {
        let script = """
            read line; case $line in *AGFzbQEAAAA=*) x=0123456789abcdef; while :; do x=$x$x; done;; esac
            echo '\(Self.refusal)'; read line
            """
        let worker = self.worker(script)
        let small = Budget(seconds: 60, processBytes: 128 << 20)
        #expect(worker.outcome(of: request(small)) == .memoryExhausted(.decode))
        let other = HostedCase(TestCase(wasm: [1, 2, 3], invocations: []))
        let next = HostRequest(.test(other), engine: "shell", specimen: nil, budget: small)
        #expect(worker.outcome(of: next) == .refused(reason: "no"))
    }

    @Test func `what is reserved and not used does not count`() {
        // The shell has no addresses to reserve; that its limit is not lowered shows that another measure is taken.
        let script =
            #"read line; printf '{"version":1,"result":{"outcome":"refused","reason":"%s"}}\n' "$(ulimit -v)"; read l"#
        #expect(outcome(script, Budget(processBytes: 128 << 20)) == .refused(reason: "unlimited"))
    }

    @Test func `a host that writes a file without end is ended by the limit of its size`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("host-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var invocation = WorkerInvocation(
            executable: "/bin/sh",
            arguments: ["-c", "read line; while :; do echo 'some words that fill a file'; done >'\(folder)/file'"]
        )
        invocation.memory = .resident
        invocation.fileBytes = 1 << 20
        let outcome = ServingWorker(invocation).outcome(of: request(Budget(seconds: 60)))
        guard case .crashed = outcome else {
            Issue.record("\(outcome)")
            return
        }
        let size = try FileManager.default.attributesOfItem(atPath: "\(folder)/file")[.size] as? Int
        #expect((size ?? 0) <= 1 << 20)
    }
}
