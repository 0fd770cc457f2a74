import Foundation
import Testing

@testable import Triage

/// What others put into the folder of a store.
struct HostileStoreTests {
    /// A store with one crash, and the path of its report.
    private func store(in path: String) throws -> (store: CrashStore, folder: CrashFolder, report: String) {
        let store = CrashStore(path: path)
        let folder = try store.add(SampleCrash.record()).folder
        return (store, folder, "\(folder.path)/report.json")
    }

    @Test func `a report beyond the limit is a problem that says both sizes, and is not read`() throws {
        try withTemporaryFolder { path in
            let (store, _, report) = try store(in: path)
            // Sparse: three gibibytes that take no place.
            #expect(truncate(report, 3 << 30) == 0)
            let content = try store.content()
            #expect(content.folders == [])
            #expect(
                content.problems.map(\.description) == [
                    "\(report): 3221225472 bytes, more than the 67108864 that a report may have"
                ]
            )
        }
    }

    @Test func `a file that grows while it is read is read to the limit and no further`() throws {
        try withTemporaryFolder { path in
            // Its size is said to be 0.
            let limited = StoredFile(name: "a text", limitInBytes: 100, followsLinks: false)
            #expect(throws: CrashStoreError.self) { try limited.read("/proc/self/smaps") }
            try write(String(repeating: "x", count: 100), to: "\(path)/file")
            #expect(try limited.read("\(path)/file").count == 100)
            try write(String(repeating: "x", count: 101), to: "\(path)/file")
            #expect(throws: CrashStoreError.self) { try limited.read("\(path)/file") }
        }
    }

    @Test func `pipes, devices and links in place of a report are problems, and nobody waits for them`() throws {
        try withTemporaryFolder { path in
            let (store, _, report) = try store(in: path)
            unlink(report)
            #expect(mkfifo(report, 0o600) == 0)
            #expect(try store.content().problems.map(\.description) == ["\(report): is not a regular file"])
            unlink(report)
            #expect(symlink("/dev/zero", report) == 0)
            #expect(try store.content().problems.map(\.description) == ["\(report): is a symbolic link, not a file"])
        }
    }

    @Test func `a finding in the inbox that is a link is a problem`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            try store.inbox.put(SampleCrash.finding())
            #expect(symlink("/dev/zero", "\(store.inbox.path)/1.json") == 0)
            let content = try store.inbox.content()
            #expect(content.items.count == 1)
            #expect(content.problems.map(\.reason) == ["is a symbolic link, not a file"])
        }
    }

    @Test(arguments: [
        "9223372036854775807-a", "9223372036854775808-a", "12345678901234567890-a", "1000000000-a", "0000-a",
    ])
    func `a folder whose number is none is named, and hides no other`(_ name: String) throws {
        try withTemporaryFolder { path in
            let (store, folder, _) = try store(in: path)
            try FileManager.default.createDirectory(atPath: "\(path)/\(name)", withIntermediateDirectories: true)
            let content = try store.content()
            #expect(content.folders == [folder])
            #expect(
                content.problems.map(\.description) == [
                    "\(path)/\(name): the number of a crash is from 1 to 999999999"
                ]
            )
            #expect(try store.add(SampleCrash.record(message: "assertion failed: other")).folder.number == 2)
        }
    }

    @Test func `after the greatest number comes the smallest that is free`() throws {
        try withTemporaryFolder { path in
            let (store, folder, _) = try store(in: path)
            #expect(rename(folder.path, "\(path)/999999999-a") == 0)
            #expect(try store.add(SampleCrash.record(message: "assertion failed: other")).folder.number == 1)
            #expect(try store.add(SampleCrash.record(message: "assertion failed: third")).folder.number == 2)
            #expect(try store.content().folders.map(\.number) == [1, 2, 999_999_999])
        }
    }

    @Test func `beginnings of findings are removed when their writers are no more`() throws {
        try withTemporaryFolder { path in
            let store = CrashStore(path: path)
            try store.inbox.put(SampleCrash.finding())
            // No process has this number: it is beyond the greatest that Linux gives.
            for name in [".tmp-17-2000000000-abc", ".tmp-17-\(getpid())-abc", ".tmp-x"] {
                try write("{", to: "\(store.inbox.path)/\(name)")
            }
            try store.open()
            let names = try DurableFile.names(in: store.inbox.path).filter { $0.hasPrefix(".") }
            #expect(names == [".tmp-17-\(getpid())-abc"])
        }
    }
}

struct StoreLockTests {
    @Test func `who waits for a lock says for whom, and gives up with the holder's name`() throws {
        try withTemporaryFolder { path in
            let file = "\(path)/.lock"
            let holder = open(file, O_RDWR | O_CREAT, 0o644)
            defer { close(holder) }
            #expect(flock(holder, LOCK_EX) == 0)
            try write("4711\n", to: file)
            let said = Said()
            let lock = StoreLock(noticeAfter: .zero, limit: .milliseconds(100)) { said.append($0) }
            let error = #expect(throws: CrashStoreError.self) { try lock.locked(file) {} }
            #expect(error?.description == "\(file): is still locked by process 4711 after 0 seconds")
            #expect(said.lines == ["note: waiting for \(file), which is locked by process 4711"])
            // A lock is given back with its descriptor.
            #expect(flock(holder, LOCK_UN) == 0)
            try lock.locked(file) {
                #expect((try? String(contentsOfFile: file, encoding: .utf8)) == "\(getpid())\n")
            }
        }
    }

    @Test func `a lock file that is a link is not written through`() throws {
        try withTemporaryFolder { path in
            try write("precious", to: "\(path)/precious")
            #expect(symlink("\(path)/precious", "\(path)/.lock") == 0)
            #expect(throws: CrashStoreError.self) { try CrashStore(path: path).open() }
            #expect(try String(contentsOfFile: "\(path)/precious", encoding: .utf8) == "precious")
        }
    }

    /// Lines that were said; of one thread.
    private final class Said: @unchecked Sendable {
        private(set) var lines: [String] = []
        func append(_ line: String) { lines.append(line) }
    }
}
