import Foundation

/// The lock of a store, which dies with its holder, and says who that is.
///
/// Source: flock(2).
struct StoreLock: Sendable {
    /// After so long somebody who waits says for whom.
    var noticeAfter = Duration.seconds(2)
    /// After so long somebody who waits gives up: what is done under the lock takes milliseconds.
    var limit = Duration.seconds(60)
    /// Takes a line for standard error.
    var say: @Sendable (String) -> Void = { line in
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }

    /// Runs `body` while nobody else holds the lock of the file. The lock of a killed process is released by the system.
    func locked<Result>(_ path: String, _ body: () throws(CrashStoreError) -> Result) throws(CrashStoreError) -> Result
    {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else {
            if errno == ELOOP { throw CrashStoreError(path: path, reason: "is a symbolic link, not a lock file") }
            throw CrashStoreError.ofSystem("cannot open the lock file", path)
        }
        defer { close(descriptor) }
        try wait(descriptor, path)
        // Only for the eyes of who waits; the lock holds without it.
        let line = Array("\(getpid())\n".utf8)
        if ftruncate(descriptor, 0) == 0 {
            _ = line.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
        }
        return try body()
    }

    private func wait(_ descriptor: Int32, _ path: String) throws(CrashStoreError) {
        let start = ContinuousClock.now
        var isTold = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EINTR || errno == EWOULDBLOCK else {
                throw CrashStoreError.ofSystem("cannot lock the file", path)
            }
            let waited = ContinuousClock.now - start
            if waited > limit {
                throw CrashStoreError(
                    path: path,
                    reason: "is still locked by \(Self.holder(descriptor)) after \(limit.components.seconds) seconds"
                )
            }
            if waited > noticeAfter, !isTold {
                isTold = true
                say("note: waiting for \(path), which is locked by \(Self.holder(descriptor))")
            }
            usleep(10_000)
        }
    }

    /// The process that wrote its number into a lock file.
    private static func holder(_ descriptor: Int32) -> String {
        var bytes = [UInt8](repeating: 0, count: 32)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        let text = String(decoding: bytes.prefix(max(count, 0)).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        return pid_t(text).map { "process \($0)" } ?? "another process"
    }
}
