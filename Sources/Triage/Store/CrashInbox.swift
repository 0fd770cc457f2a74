import Foundation

/// Findings that are on the disk and not yet in the crash store, in `.pending` of its folder.
///
/// A finding is written before anything else is done with it, and removed once its crash is in the store, so that a process that is
/// killed at any moment loses nothing: the next start finds what was left.
public struct CrashInbox: Sendable {
    /// A finding in the inbox.
    public struct Item: Hashable, Sendable {
        /// Its file.
        public let path: String
        public let finding: Finding

        /// Whether it waits until other crashes of its engine are settled.
        public var wasHeldBack: Bool { path.hasSuffix(CrashInbox.heldBack) }
    }

    /// What is in the inbox.
    public struct Content: Sendable {
        /// The oldest first.
        public var items: [Item] = []
        /// Files that cannot be read, and why.
        public var problems: [CrashStoreError] = []
    }

    private let folder: WaitingFolder

    init(path: String) { folder = WaitingFolder(path: path) }

    /// The folder of the findings.
    public var path: String { folder.path }

    /// Makes the folder where it is missing, for a writer that cannot make it later.
    public func makeFolder() throws(CrashStoreError) { try folder.make() }

    /// Writes a finding; it is on the disk when this returns.
    @discardableResult
    public func put(_ finding: Finding) throws(CrashStoreError) -> Item {
        let path = folder.newPath()
        let bytes = try ReportText.encode(finding, path: path)
        guard bytes.count <= StoredFile.finding.limitInBytes else {
            throw CrashStoreError(path: path, reason: "\(bytes.count) bytes are too many for a finding")
        }
        try folder.put(bytes, at: path)
        return Item(path: path, finding: finding)
    }

    /// Reads one finding; nil where it is no more.
    public func item(_ itemPath: String) throws(CrashStoreError) -> Item? {
        guard DurableFile.exists(itemPath) else { return nil }
        do throws(CrashStoreError) {
            let finding = try ReportText.decode(Finding.self, try StoredFile.finding.read(itemPath), path: itemPath)
            return Item(path: itemPath, finding: finding)
        } catch {
            // A file that another process has just removed is no problem.
            if DurableFile.exists(itemPath) { throw error }
            return nil
        }
    }

    /// Reads all findings.
    public func content() throws(CrashStoreError) -> Content {
        var content = Content()
        for itemPath in try folder.files() {
            do throws(CrashStoreError) {
                if let item = try item(itemPath) { content.items.append(item) }
            } catch {
                content.problems.append(error)
            }
        }
        return content
    }

    /// Removes the beginnings of findings whose writers are no more.
    func removeWhatKilledWritersLeft() throws(CrashStoreError) { try folder.removeWhatKilledWritersLeft() }

    fileprivate static let heldBack = ".held.json"

    /// Marks a finding as one that waits until other crashes of its engine are settled.
    public func holdBack(_ item: Item) throws(CrashStoreError) {
        if item.wasHeldBack { return }
        try DurableFile.move(item.path, to: (item.path as NSString).deletingPathExtension + Self.heldBack)
    }

    /// Removes a finding, whose crash is in the store or known.
    public func remove(_ item: Item) throws(CrashStoreError) { try DurableFile.remove(item.path) }
}
