import Foundation

/// Findings that are on the disk and not yet in the crash store, in `.pending` of its folder.
///
/// A finding is written before anything else is done with it, and removed once its crash is in the store, so that a process that is
/// killed at any moment loses nothing: the next start finds what was left.
public struct CrashInbox: Sendable {
    /// The folder of the findings.
    public let path: String
    var file = DurableFile()

    /// A finding in the inbox.
    public struct Item: Hashable, Sendable {
        /// Its file.
        public let path: String
        public let finding: Finding
    }

    /// What is in the inbox.
    public struct Content: Sendable {
        /// The oldest first.
        public var items: [Item] = []
        /// Files that cannot be read, and why.
        public var problems: [CrashStoreError] = []
    }

    init(path: String) { self.path = path }

    private static let temporaryPrefix = ".tmp-"

    /// Makes the folder where it is missing, for a writer that cannot make it later.
    public func makeFolder() throws(CrashStoreError) { try DurableFile.makeFolder(path) }

    /// Writes a finding; it is on the disk when this returns.
    @discardableResult
    public func put(_ finding: Finding) throws(CrashStoreError) -> Item {
        try makeFolder()
        let microseconds = UInt64(Date().timeIntervalSince1970 * 1_000_000)
        let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
        let name = "\(microseconds)-\(getpid())-\(suffix)"
        let temporary = "\(path)/\(Self.temporaryPrefix)\(name)"
        let final = "\(path)/\(name).json"
        let bytes = try ReportText.encode(finding, path: final)
        guard bytes.count <= StoredFile.finding.limitInBytes else {
            throw CrashStoreError(path: final, reason: "\(bytes.count) bytes are too many for a finding")
        }
        try file.replace(bytes, final, temporary: temporary)
        try DurableFile.flushFolder(path)
        return Item(path: final, finding: finding)
    }

    /// Reads all findings.
    public func content() throws(CrashStoreError) -> Content {
        var content = Content()
        for name in try DurableFile.names(in: path) where name.hasSuffix(".json") && !name.hasPrefix(".") {
            let itemPath = "\(path)/\(name)"
            do throws(CrashStoreError) {
                let finding = try ReportText.decode(Finding.self, try StoredFile.finding.read(itemPath), path: itemPath)
                content.items.append(Item(path: itemPath, finding: finding))
            } catch {
                // A file that another process has just removed is no problem.
                if DurableFile.exists(itemPath) { content.problems.append(error) }
            }
        }
        return content
    }

    /// Removes the beginnings of findings whose writers are no more.
    func removeWhatKilledWritersLeft() throws(CrashStoreError) {
        for name in try DurableFile.names(in: path) where name.hasPrefix(Self.temporaryPrefix) {
            // Of the time, the process and a random number.
            let parts = name.dropFirst(Self.temporaryPrefix.count).split(separator: "-")
            if parts.count == 3, let writer = pid_t(parts[1]), writer > 0, kill(writer, 0) == 0 || errno == EPERM {
                continue
            }
            try DurableFile.remove("\(path)/\(name)")
        }
    }

    /// Removes a finding, whose crash is in the store or known.
    public func remove(_ item: Item) throws(CrashStoreError) { try DurableFile.remove(item.path) }
}
