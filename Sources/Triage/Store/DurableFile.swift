import Foundation

/// Writes that are on the disk when they return, and a lock that dies with its holder.
///
/// Source: POSIX.1-2017, `open`, `fsync`, `rename`; flock(2).
struct DurableFile: Sendable {
    /// Writes a new file and flushes it; the file must not exist.
    var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(CrashStoreError) -> Void = Self.writeNewFile

    static func writeNewFile(_ bytes: [UInt8], _ path: String) throws(CrashStoreError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot create the file", path) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes {
                #if canImport(Darwin)
                    Darwin.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
                #else
                    Glibc.write(descriptor, $0.baseAddress! + offset, $0.count - offset)
                #endif
            }
            if written < 0 {
                if errno == EINTR { continue }
                throw failure("cannot write the file", path)
            }
            offset += written
        }
        guard fsync(descriptor) == 0 else { throw failure("cannot flush the file", path) }
    }

    /// Flushes the entries of a folder.
    static func flushFolder(_ path: String) throws(CrashStoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot open the folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw failure("cannot flush the folder", path) }
    }

    /// Makes a folder and those above it; one that exists is fine.
    static func makeFolder(_ path: String) throws(CrashStoreError) {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CrashStoreError(path: path, reason: "cannot make the folder: \(reason(of: error))")
        }
    }

    /// Moves a file or folder within a file system; a file that is there is replaced, a folder with content is not.
    static func move(_ source: String, to target: String) throws(CrashStoreError) {
        guard rename(source, target) == 0 else { throw failure("cannot move \(source) there", target) }
    }

    /// Runs `body` while nobody else holds the lock of the file. The lock of a killed process is released by the system.
    static func withLock<Result>(
        _ path: String,
        _ body: () throws(CrashStoreError) -> Result
    ) throws(CrashStoreError) -> Result {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot open the lock file", path) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_EX) != 0 {
            if errno != EINTR { throw failure("cannot lock the file", path) }
        }
        return try body()
    }

    /// The names in a folder, sorted; none where the folder does not exist.
    static func names(in path: String) throws(CrashStoreError) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { throw CrashStoreError(path: path, reason: "is not a folder") }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw CrashStoreError(path: path, reason: "cannot read the folder: \(reason(of: error))")
        }
    }

    /// The content of a file.
    static func read(_ path: String) throws(CrashStoreError) -> [UInt8] {
        guard FileManager.default.fileExists(atPath: path) else {
            throw CrashStoreError(path: path, reason: "the file is missing")
        }
        do {
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        } catch {
            throw CrashStoreError(path: path, reason: "cannot read the file: \(reason(of: error))")
        }
    }

    /// Removes a file or folder; one that does not exist is fine.
    static func remove(_ path: String) throws(CrashStoreError) {
        guard FileManager.default.fileExists(atPath: path) else { return }
        do {
            try FileManager.default.removeItem(atPath: path)
        } catch {
            // Another process may have been faster.
            guard FileManager.default.fileExists(atPath: path) else { return }
            throw CrashStoreError(path: path, reason: "cannot remove it: \(reason(of: error))")
        }
    }

    private static func failure(_ what: String, _ path: String) -> CrashStoreError {
        CrashStoreError(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
    }

    private static func reason(of error: any Error) -> String {
        let error = error as NSError
        return (error.userInfo[NSUnderlyingErrorKey] as? NSError)?.localizedDescription ?? error.localizedDescription
    }
}
