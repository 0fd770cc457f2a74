import Foundation

/// A folder for the work of one run: the user's own, closed to others, under a name that nobody can guess.
///
/// It goes with the object. What a killed run left is removed by the next: a running one holds the lock of the file `lock` in its folder, and
/// the lock of a killed process is released by the system.
///
/// Source: POSIX.1-2017, `mkdtemp`; flock(2).
public final class ScratchFolder: Sendable {
    public let path: String
    private let lock: Int32

    private static let prefix = "fuzz-multivalue-"
    private static let lockName = "lock"

    /// Makes the folder in another one, that for temporary files by default.
    public init(in parent: String = FileManager.default.temporaryDirectory.path) throws(WorkerError) {
        Self.removeLeftovers(in: parent)
        // Another run may take a new folder for a leftover as long as it is not locked.
        for _ in 0..<10 {
            let path = try Self.makeFolder(in: parent)
            if let lock = Self.locked(path) {
                self.path = path
                self.lock = lock
                return
            }
        }
        throw WorkerError("\(parent): cannot keep a folder for this run")
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
        close(lock)
    }

    private static func makeFolder(in parent: String) throws(WorkerError) -> String {
        var template = "\(parent)/\(prefix)XXXXXX".utf8CString.map { $0 }
        guard mkdtemp(&template) != nil else {
            throw WorkerError("\(parent): cannot make a folder: \(String(cString: strerror(errno)))")
        }
        return String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// The locked file of a folder of this run; nil where somebody else was faster.
    private static func locked(_ path: String) -> Int32? {
        let file = "\(path)/\(lockName)"
        let lock = open(file, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard lock >= 0 else { return nil }
        if flock(lock, LOCK_EX | LOCK_NB) == 0, access(file, F_OK) == 0 { return lock }
        close(lock)
        return nil
    }

    /// Removes the folders of this user whose runs are over.
    private static func removeLeftovers(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            let path = "\(parent)/\(name)"
            var status = stat()
            guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR, status.st_uid == geteuid() else {
                continue
            }
            let lock = open("\(path)/\(lockName)", O_RDWR | O_NOFOLLOW | O_CLOEXEC)
            guard lock >= 0 else { continue }
            if flock(lock, LOCK_EX | LOCK_NB) == 0 { try? FileManager.default.removeItem(atPath: path) }
            close(lock)
        }
    }
}
