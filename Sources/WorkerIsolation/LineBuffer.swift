import Foundation

/// Puts lines together from the pieces in which a pipe delivers them.
struct LineBuffer: Sendable {
    private var partial: [UInt8] = []
    private var complete: [String] = []

    /// The size of the line that has no end yet, in bytes.
    var unfinishedBytes: Int { partial.count }

    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        var rest = bytes[...]
        while let end = Self.lineFeed(in: rest) {
            let line = rest[..<end]
            if partial.isEmpty {
                complete.append(String(decoding: line, as: UTF8.self))
            } else {
                partial.append(contentsOf: line)
                complete.append(String(decoding: partial, as: UTF8.self))
                partial.removeAll(keepingCapacity: true)
            }
            rest = rest[(end + 1)...]
        }
        partial.append(contentsOf: rest)
    }

    private static func lineFeed(in bytes: Slice<UnsafeRawBufferPointer>) -> Int? {
        let part = UnsafeRawBufferPointer(rebasing: bytes)
        guard let start = part.baseAddress, let found = memchr(start, 0x0A, part.count) else { return nil }
        return bytes.startIndex + (UnsafeRawPointer(found) - start)
    }

    /// The stream has ended: what is left is a line.
    mutating func finish() {
        guard !partial.isEmpty else { return }
        complete.append(String(decoding: partial, as: UTF8.self))
        partial.removeAll()
    }

    /// The complete lines since the last call.
    mutating func take() -> [String] {
        guard !complete.isEmpty else { return [] }
        defer { complete.removeAll(keepingCapacity: true) }
        return complete
    }
}
