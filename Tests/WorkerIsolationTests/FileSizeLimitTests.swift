import Foundation
import Testing

@testable import WorkerIsolation

struct FileSizeLimitTests {
    /// What the probe says of a finding that it keeps, under a limit of the shell in blocks.
    private func said(limit: String, store: String) throws -> [String] {
        let script = "ulimit -f \(limit); exec '\(ProbeProgram.path)' keep '\(store)'"
        let process = try WorkerProcess(WorkerInvocation(executable: "/bin/sh", arguments: ["-c", script]))
        var lines: [String] = []
        while !process.isClosed { lines += process.lines(waitingMilliseconds: 100).output }
        #expect(process.wait() == .exited(status: 0))
        return lines
    }

    @Test func `beyond the limit of file sizes a finding is an error of one line, and no half of it stays`() throws {
        let store = NSTemporaryDirectory() + "store-tests-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: store) }
        let lines = try said(limit: "100", store: store)
        #expect(lines.count == 1)
        #expect(lines.first?.hasSuffix("cannot write the file: File too large") == true)
        #expect(try FileManager.default.contentsOfDirectory(atPath: store + "/.pending") == [])
        #expect(try said(limit: "unlimited", store: store) == ["kept"])
        #expect(try FileManager.default.contentsOfDirectory(atPath: store + "/.pending").count == 1)
    }
}
