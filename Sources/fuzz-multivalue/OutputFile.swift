import Foundation

/// Where a command's output goes: a file, or standard output.
enum OutputFile {
    /// Writes bytes to a path, `-` or nil for standard output.
    ///
    /// A regular file is there whole or not at all: the bytes go to a new file beside it that is then renamed. A symbolic link stays, and
    /// its target is written; a pipe or a device gets the bytes and is not replaced.
    static func write(_ bytes: [UInt8], to path: String?) throws(CommandFailure) {
        guard let path, path != "-" else { return try StandardStream.output.write(bytes) }
        do {
            try open(path) { descriptor in
                if let reason = writeAll(bytes, to: descriptor) { throw failure(path, reason) }
            }
        } catch {
            throw error as? CommandFailure ?? CommandFailure("\(path): \(error)")
        }
    }

    /// Writes a text piece by piece, as it is made; where it goes to standard output, what was written before an error stays.
    static func write(to path: String?, _ body: ((String) throws -> Void) throws -> Void) throws {
        guard let path, path != "-" else { return try body { try StandardStream.output.write($0) } }
        try open(path) { descriptor in
            try body { text in
                if let reason = writeAll(Array(text.utf8), to: descriptor) { throw failure(path, reason) }
            }
        }
    }

    /// Calls with a descriptor of the file to write; see ``write(_:to:)``.
    private static func open(_ path: String, _ body: (Int32) throws -> Void) throws {
        if try isDevice(path) { return try openDevice(path, body) }
        let target = try target(of: path)
        let temporary = "\(target).\(getpid()).new"
        do {
            try open(temporary, flags: O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, body)
            guard rename(temporary, target) == 0 else { throw failure(path) }
        } catch let error as CommandFailure {
            unlink(temporary)
            throw CommandFailure(
                error.description.replacingOccurrences(of: temporary, with: path),
                status: error.status
            )
        } catch {
            unlink(temporary)
            throw error
        }
    }

    /// Writes a text; where it goes to standard output, what a terminal would take for commands is escaped.
    static func write(_ text: String, to path: String?) throws(CommandFailure) {
        guard let path, path != "-" else { return try StandardStream.output.write(text) }
        try write(Array(text.utf8), to: path)
    }

    /// Refuses a path that cannot be written, before the work is done that is to be written there; nothing is changed.
    static func check(_ path: String?, _ option: String) throws(CommandFailure) {
        guard let path, path != "-" else { return }
        guard !path.isEmpty else { throw CommandFailure("\(option): the name is empty") }
        if try isDevice(path) { return }
        let target = try target(of: path)
        let folder = target.lastIndex(of: "/").map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        guard access(folder, W_OK | X_OK) == 0 else { throw failure(path) }
    }

    /// The file that a path stands for: links are followed, also one whose target does not exist yet.
    private static func target(of given: String) throws(CommandFailure) -> String {
        var path = given
        for _ in 0..<40 {
            var buffer = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
            let count = readlink(path, &buffer, buffer.count - 1)
            guard count > 0 else { return path }
            let bytes = buffer[..<count].map { UInt8(bitPattern: $0) }
            guard let next = String(validating: bytes, as: UTF8.self) else {
                throw failure(given, "the target of the link has no name in UTF-8")
            }
            let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
            path = next.hasPrefix("/") ? next : folder + next
        }
        throw failure(given, String(cString: strerror(ELOOP)))
    }

    /// Whether a path is there and is a pipe or a device; a folder is refused.
    private static func isDevice(_ path: String) throws(CommandFailure) -> Bool {
        var status = stat()
        guard stat(path, &status) == 0 else { return false }
        guard status.st_mode & S_IFMT != S_IFDIR else { throw CommandFailure("\(path): is a folder") }
        return status.st_mode & S_IFMT != S_IFREG
    }

    /// A pipe that nobody reads from is an error, and nothing to wait for.
    private static func openDevice(_ path: String, _ body: (Int32) throws -> Void) throws {
        try open(path, flags: O_WRONLY | O_NONBLOCK) { descriptor in
            _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) & ~O_NONBLOCK)
            try body(descriptor)
        }
    }

    private static func open(_ path: String, flags: Int32, _ body: (Int32) throws -> Void) throws {
        let descriptor = Foundation.open(path, flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            throw errno == ENXIO ? failure(path, "nobody reads from it") : failure(path)
        }
        do {
            try body(descriptor)
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw failure(path) }
    }

    private static func failure(
        _ path: String,
        _ reason: String = String(cString: strerror(errno))
    ) -> CommandFailure {
        CommandFailure("\(path): cannot write the file: \(reason)")
    }
}
