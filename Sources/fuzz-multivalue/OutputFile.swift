import Foundation

/// Where a command's output goes: a file, or standard output.
enum OutputFile {
    /// Writes bytes to a path, `-` or nil for standard output.
    ///
    /// A failure is misuse where the path is no place to write to, and of status 3 where it is and there is no room, as on a full disk.
    /// A regular file is there whole or not at all: the bytes go to a new file beside it that is then renamed. A symbolic link stays, and
    /// its target is written; a pipe or a device gets the bytes and is not replaced.
    static func write(_ bytes: [UInt8], to path: String?) throws(CommandFailure) {
        guard let path, path != "-" else { return try StandardStream.output.write(bytes) }
        do {
            try open(path) { descriptor in
                if let reason = writeAll(bytes, to: descriptor) { throw failureOfWrite(path, reason) }
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
                if let reason = writeAll(Array(text.utf8), to: descriptor) { throw failureOfWrite(path, reason) }
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

    /// Writes a text to standard output and a document to a path, each also where the other cannot be written; without a path no document,
    /// and for `-` only the document.
    /// - Throws: the first failure.
    static func write(_ text: String, and document: String, to path: String?) throws(CommandFailure) {
        guard path != "-" else { return try write(document, to: path) }
        var failure: CommandFailure?
        do { try StandardStream.output.write(text) } catch { failure = error }
        if let path { try write(document, to: path) }
        if let failure { throw failure }
    }

    /// Makes a folder and those above it; one that is there is fine.
    static func makeFolder(_ path: String) throws(CommandFailure) {
        if mkdir(path, 0o755) == 0 { return }
        let number = errno
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR { return }
        let parent = (path as NSString).deletingLastPathComponent
        guard number == ENOENT, !parent.isEmpty, parent != path else {
            let reason = String(cString: strerror(number))
            throw CommandFailure(
                "\(path): cannot make the folder: \(reason)",
                status: lacksRoom(number) ? .nothingCompared : .misuse
            )
        }
        try makeFolder(parent)
        try makeFolder(path)
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
        guard close(descriptor) == 0 else { throw failureOfWrite(path, String(cString: strerror(errno))) }
    }

    /// The failure of a call that takes the path, for the reason in `errno`.
    private static func failure(_ path: String) -> CommandFailure {
        let number = errno
        let reason = String(cString: strerror(number))
        return lacksRoom(number) ? failureOfWrite(path, reason) : failure(path, reason)
    }

    private static func failure(_ path: String, _ reason: String) -> CommandFailure {
        CommandFailure("\(path): cannot write the file: \(reason)")
    }

    /// The failure to write to a file that is open.
    private static func failureOfWrite(_ path: String, _ reason: String) -> CommandFailure {
        CommandFailure("\(path): cannot write the file: \(reason)", status: .nothingCompared)
    }

    /// Whether it is the disk that is at fault, and not the path.
    private static func lacksRoom(_ number: Int32) -> Bool { [ENOSPC, EDQUOT, EFBIG, EIO].contains(number) }
}
