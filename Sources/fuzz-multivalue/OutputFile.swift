import Foundation

/// Where a command's output goes: a file, or standard output.
enum OutputFile {
    /// Writes bytes to a path, `-` or nil for standard output.
    ///
    /// A regular file is there whole or not at all: the bytes go to a new file beside it that is then renamed.
    static func write(_ bytes: [UInt8], to path: String?) throws(CommandFailure) {
        guard let path, path != "-" else { return try StandardStream.output.write(bytes) }
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
            guard status.st_mode & S_IFMT != S_IFDIR else { throw CommandFailure("\(path): is a folder") }
            // A pipe or a device must not be replaced by a file.
            return try write(bytes, to: path, flags: O_WRONLY)
        }
        let temporary = "\(path).\(getpid()).new"
        do throws(CommandFailure) {
            try write(bytes, to: temporary, flags: O_WRONLY | O_CREAT | O_EXCL)
            guard rename(temporary, path) == 0 else { throw failure("cannot write the file", path) }
        } catch {
            unlink(temporary)
            throw CommandFailure(error.description.replacingOccurrences(of: temporary, with: path))
        }
    }

    private static func write(_ bytes: [UInt8], to path: String, flags: Int32) throws(CommandFailure) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw failure("cannot write the file", path) }
        let reason = writeAll(bytes, to: descriptor)
        guard close(descriptor) == 0 || reason != nil else { throw failure("cannot write the file", path) }
        if let reason { throw CommandFailure("\(path): cannot write the file: \(reason)") }
    }

    private static func failure(_ what: String, _ path: String) -> CommandFailure {
        CommandFailure("\(path): \(what): \(String(cString: strerror(errno)))")
    }
}
