import Foundation

/// Writes that are on the disk when they return.
///
/// Source: POSIX.1-2017, `open`, `fsync`, `rename`.
struct DurableFile: Sendable {
    /// Writes a new file and flushes it; the file must not exist.
    var write: @Sendable (_ bytes: [UInt8], _ path: String) throws(CrashStoreError) -> Void = Self.writeNewFile

    /// Beyond the limit of the shell, a write is an error like that of a full disk, and not the end of the process.
    private static let ignoresFileSizeSignal: Void = { signal(SIGXFSZ, SIG_IGN) }()

    /// Writes a new file and flushes it; nothing is left of it where that fails.
    static func writeNewFile(_ bytes: [UInt8], _ path: String) throws(CrashStoreError) {
        _ = ignoresFileSizeSignal
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o644)
        guard descriptor >= 0 else { throw CrashStoreError.ofSystem("cannot create the file", path) }
        do throws(CrashStoreError) {
            defer { close(descriptor) }
            try write(bytes, to: descriptor, path)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32, _ path: String) throws(CrashStoreError) {
        var offset = 0
        while offset < bytes.count {
            let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress! + offset, $0.count - offset) }
            if written < 0 {
                if errno == EINTR { continue }
                throw CrashStoreError.ofSystem("cannot write the file", path)
            }
            offset += written
        }
        guard fsync(descriptor) == 0 else { throw CrashStoreError.ofSystem("cannot flush the file", path) }
    }

    /// Writes a file under another name in the same folder, and gives it its name, so that the file is there whole or as it was.
    func replace(_ bytes: [UInt8], _ path: String, temporary: String) throws(CrashStoreError) {
        do throws(CrashStoreError) {
            try write(bytes, temporary)
            try Self.move(temporary, to: path)
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Flushes the entries of a folder.
    static func flushFolder(_ path: String) throws(CrashStoreError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CrashStoreError.ofSystem("cannot open the folder", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 || errno == EINVAL else {
            throw CrashStoreError.ofSystem("cannot flush the folder", path)
        }
    }

    /// Makes a folder and those above it; one that exists is fine.
    static func makeFolder(_ path: String) throws(CrashStoreError) {
        if mkdir(path, 0o755) == 0 || isFolder(path) { return }
        if errno == ENOENT {
            let parent = (path as NSString).deletingLastPathComponent
            if !parent.isEmpty, parent != path {
                try makeFolder(parent)
                if mkdir(path, 0o755) == 0 || isFolder(path) { return }
            }
        }
        throw CrashStoreError.ofSystem("cannot make the folder", path)
    }

    /// Leaves `errno` as it is.
    private static func isFolder(_ path: String) -> Bool {
        let reason = errno
        defer { errno = reason }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether there is anything of a name, be it a link without a target.
    static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Moves a file or folder within a file system; a file that is there is replaced, a folder with content is not.
    static func move(_ source: String, to target: String) throws(CrashStoreError) {
        guard rename(source, target) == 0 else { throw CrashStoreError.ofSystem("cannot move \(source) there", target) }
    }

    /// The names in a folder, sorted; none where the folder does not exist.
    static func names(in path: String) throws(CrashStoreError) -> [String] {
        guard let folder = opendir(path) else {
            switch errno {
            case ENOENT: return []
            case ENOTDIR: throw CrashStoreError(path: path, reason: "is not a folder")
            default: throw CrashStoreError.ofSystem("cannot read the folder", path)
            }
        }
        defer { closedir(folder) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = readdir(folder) else { break }
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: Int(entry.pointee.d_reclen)) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw CrashStoreError.ofSystem("cannot read the folder", path) }
        return names.sorted()
    }

    /// Removes a file, a link, or a folder with all that is in it; what does not exist is fine.
    static func remove(_ path: String) throws(CrashStoreError) {
        if unlink(path) == 0 || errno == ENOENT { return }
        let isFolder = errno == EISDIR || errno == EPERM
        guard isFolder else { throw CrashStoreError.ofSystem("cannot remove it", path) }
        for name in try names(in: path) { try remove("\(path)/\(name)") }
        // Another process may have been faster.
        guard rmdir(path) == 0 || errno == ENOENT else { throw CrashStoreError.ofSystem("cannot remove it", path) }
    }
}

private func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
    write(descriptor, bytes, count)
}
