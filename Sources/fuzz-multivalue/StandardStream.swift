import Foundation

/// Standard output and standard error as plain descriptors, so that a failed write is seen.
struct StandardStream {
    static let output = StandardStream(descriptor: STDOUT_FILENO)
    static let error = StandardStream(descriptor: STDERR_FILENO)

    let descriptor: Int32

    /// Writes all bytes.
    func write(_ bytes: [UInt8]) throws(CommandFailure) {
        if let reason = writeAll(bytes, to: descriptor) {
            let name = descriptor == STDERR_FILENO ? "standard error" : "standard output"
            throw CommandFailure("cannot write to \(name): \(reason)", status: .nothingCompared)
        }
    }

    /// Writes a text of several lines; what a terminal would take for commands is escaped.
    func write(_ text: String) throws(CommandFailure) { try write(Array(text.displayedLines.utf8)) }

    /// Writes a text; where that fails, says so and ends the process.
    func writeOrExit(_ text: String) {
        do {
            try write(text)
        } catch {
            Self.error.report(error.description)
            Self.exit(error.status.rawValue)
        }
    }

    /// Writes `error: ` and the message as one line.
    func report(_ message: String) {
        let line = message.split(whereSeparator: \.isNewline).joined(separator: " ").displayed
        _ = writeAll(Array("error: \(line)\n".utf8), to: descriptor)
    }

    static func exit(_ status: Int32) -> Never { Foundation.exit(status) }
}

/// Writes all bytes to a descriptor.
/// - Returns: the system's reason where that fails.
func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> String? {
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
            return String(cString: strerror(errno))
        }
        offset += written
    }
    return nil
}
