/// Puts lines together from the pieces in which a pipe delivers them.
struct LineBuffer: Sendable {
    private var partial: [UInt8] = []
    private var complete: [String] = []

    /// The size of the line that has no end yet, in bytes.
    var unfinishedBytes: Int { partial.count }

    mutating func append(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            partial.append(contentsOf: rest[..<end])
            complete.append(String(decoding: partial, as: UTF8.self))
            partial.removeAll(keepingCapacity: true)
            rest = rest[(end + 1)...]
        }
        partial.append(contentsOf: rest)
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
