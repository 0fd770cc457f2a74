import Execution
import Foundation
import Testing

@testable import WorkerIsolation

/// What engines cannot do in a worker. Where the kernel lacks a part, what it would forbid is not tested.
struct SandboxTests {
    private static let hasFilter = !Sandbox.lacking.contains("seccomp")
    private static let hasFileRestriction = !Sandbox.lacking.contains("Landlock")
    private static let denied = Outcome.refused(reason: "Operation not permitted")

    @Test(
        .enabled(if: hasFilter, "this kernel has no seccomp"),
        arguments: ["socket", "execute", "fork", "signal-parent"]
    )
    func `the network, programs and processes are out of reach`(_ deed: String) {
        #expect(ProbeProgram.outcome(of: deed) == Self.denied)
    }

    @Test(.enabled(if: hasFilter || hasFileRestriction, "this kernel has neither seccomp nor Landlock"))
    func `no file is made, and none is removed`() throws {
        let path = NSTemporaryDirectory() + "sandbox-tests-" + UUID().uuidString
        #expect(ProbeProgram.outcome(of: "write", path: path) != .refused(reason: "done"))
        #expect(!FileManager.default.fileExists(atPath: path))
        try Data([1]).write(to: URL(fileURLWithPath: path))
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(ProbeProgram.outcome(of: "write", path: path) != .refused(reason: "done"))
        #expect(ProbeProgram.outcome(of: "remove", path: path) != .refused(reason: "done"))
        #expect(FileManager.default.fileExists(atPath: path))
    }

    @Test(.enabled(if: hasFileRestriction, "this kernel has no Landlock"))
    func `no file is read but those that the worker was started with`() throws {
        let folder = NSTemporaryDirectory() + "sandbox-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/file"
        try Data([1]).write(to: URL(fileURLWithPath: path))
        #expect(ProbeProgram.outcome(of: "read", path: path) == .refused(reason: "Permission denied"))
        var invocation = WorkerInvocation(executable: ProbeProgram.path, arguments: ["serve"])
        invocation.readablePaths = [folder]
        let engine = IsolatedEngine(name: "misbehaving:read", worker: ServingWorker(invocation))
        let test = TestCase(wasm: [UInt8](path.utf8), invocations: [])
        #expect(engine.run(test, within: Budget()) == .refused(reason: "done"))
    }

    @Test func `threads are started as ever`() {
        #expect(ProbeProgram.outcome(of: "thread") == .refused(reason: "done"))
    }

    @Test func `the environment has nothing that a worker does not need`() {
        setenv("SANDBOX_TESTS_SECRET", "1", 1)
        guard case .refused(let names) = ProbeProgram.outcome(of: "environment") else {
            Issue.record("no answer")
            return
        }
        let needed: Set<Substring> = [
            "SWIFT_BACKTRACE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TMPDIR", "FUZZ_MULTIVALUE_MARK",
        ]
        #expect(Set(names.split(separator: " ")).subtracting(needed) == [])
    }

    @Test func `what a kernel lacks is said in one line`() {
        #expect(Sandbox.notice(ofLacking: []) == nil)
        let line = Sandbox.notice(ofLacking: ["seccomp", "Landlock"])
        #expect(line?.contains("no seccomp and no Landlock") == true)
        #expect(line?.contains("\n") == false)
    }
}
