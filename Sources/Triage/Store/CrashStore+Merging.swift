import Foundation

extension CrashStore {
    /// What came of taking another store into this one.
    public struct Merge: Hashable, Sendable {
        /// The folders that are here now, by their new paths.
        public var added: [String] = []
        /// How many crashes were here.
        public var known = 0
        /// How many findings that wait were taken.
        public var findings = 0
        /// What could not be read, and why.
        public var problems: [CrashStoreError] = []
    }

    /// Takes the crashes and the waiting findings of another store, which stays as it is.
    ///
    /// A crash whose signature one here covers that is not fixed is the same, and one that covers open ones here takes their place, as where it is
    /// found. A fixed one is taken unless the very same is here: it is a regression
    /// test. Merging again adds nothing; a merge that was killed is finished by another one.
    /// - Throws: where this store cannot be written.
    public func merge(_ other: CrashStore) throws(CrashStoreError) -> Merge {
        try open()
        var merge = Merge()
        let theirs = try other.content()
        merge.problems = theirs.problems
        try locked { () throws(CrashStoreError) in
            var own = try content().folders
            for folder in theirs.folders {
                do throws(CrashStoreError) {
                    if let added = try take(folder, &own) { merge.added.append(added) } else { merge.known += 1 }
                } catch {
                    try merge.note(error, in: self)
                }
            }
        }
        // Of two merges at the same time the second is to see what the first has taken. Who stores crashes meanwhile does not wait for them.
        try inbox.makeFolder()
        let lock = StoreLock(limit: Self.longestMerge)
        try lock.locked("\(inbox.path)/.merge-lock") { () throws(CrashStoreError) in
            try takeWaiting(of: other, &merge)
        }
        return merge
    }

    /// How long a merge waits for another one, which flushes each of perhaps thousands of files.
    private static let longestMerge = Duration.seconds(600)

    /// Takes what waits in the inbox of another store; the caller holds the lock of merges.
    private func takeWaiting(of other: CrashStore, _ merge: inout Merge) throws(CrashStoreError) {
        let waiting = try other.inbox.content()
        merge.problems += waiting.problems
        let own = Set(try inbox.content().items.map(\.finding))
        for item in waiting.items where !own.contains(item.finding) {
            // Whether it is a crash that is here is for triage to say, which runs it.
            try inbox.put(item.finding)
            merge.findings += 1
        }
        for name in Self.foldersBesideFindings { try takeFiles(name, of: other, &merge) }
    }

    /// Folders of the inbox with what waits beside findings: the cases of workers that died, and what did not happen again.
    private static let foldersBesideFindings = ["deaths", "unreproduced"]

    /// Takes files of a folder of the inbox that are not here, whatever they are called.
    private func takeFiles(_ name: String, of other: CrashStore, _ merge: inout Merge) throws(CrashStoreError) {
        let folder = WaitingFolder(path: "\(inbox.path)/\(name)")
        var own: Set<[UInt8]> = []
        for file in try folder.files() { own.insert(try StoredFile.finding.read(file)) }
        for file in try WaitingFolder(path: "\(other.inbox.path)/\(name)").files() {
            do throws(CrashStoreError) {
                let bytes = try StoredFile.finding.read(file)
                guard own.insert(bytes).inserted else { continue }
                try folder.put(bytes, at: folder.newPath())
                merge.findings += 1
            } catch {
                try merge.note(error, in: self)
            }
        }
    }

    /// Takes a crash; the caller holds the lock.
    /// - Parameter folders: those of this store.
    /// - Returns: the new folder; nil where the crash is here.
    private func take(_ folder: CrashFolder, _ folders: inout [CrashFolder]) throws(CrashStoreError) -> String? {
        let isHere = folders.contains { own in
            own.report == folder.report
                || folder.report.status != .fixed
                    && own.report.stands(for: folder.report.signature, folder.report.specimen)
        }
        if isHere { return nil }
        let added = try copy(folder)
        // What cannot be removed stays beside the one that explains it.
        folders.removeAll {
            folder.report.status != .fixed && folder.report.explains($0.report) && (try? removeFolder($0)) != nil
        }
        folders.append(added)
        return added.path
    }
}

extension CrashStore.Merge {
    /// Keeps an error of the store that is taken from.
    /// - Throws: one of the store that takes.
    fileprivate mutating func note(_ error: CrashStoreError, in store: CrashStore) throws(CrashStoreError) {
        if error.path.hasPrefix("\(store.path)/") { throw error }
        problems.append(error)
    }
}
