import Foundation
import Triage
import WorkerIsolation

/// The checkout that a program lies in, which may have moved on since the program was built.
struct SurroundingCheckout {
    /// What programs are built from.
    private static let sources = ["Package.swift", "Sources"]

    let folder: String
    /// What git keeps of this checkout; elsewhere where it is one of several of a repository.
    private let repository: String

    /// The nearest one around a path; nil where there is none.
    init?(around path: String) {
        var folder = URL(fileURLWithPath: path).standardizedFileURL
        while folder.path != "/" {
            folder.deleteLastPathComponent()
            let git = folder.appendingPathComponent(".git").path
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: git, isDirectory: &isFolder) else { continue }
            self.folder = folder.path
            if isFolder.boolValue {
                repository = git
            } else {
                // Of a worktree.
                guard let line = Self.text(git), line.hasPrefix("gitdir: ") else { return nil }
                repository = URL(fileURLWithPath: String(line.dropFirst("gitdir: ".count)), relativeTo: folder).path
            }
            return
        }
        return nil
    }

    /// What a program was built from that was linked then, as far as it can be known now; nil where nothing is.
    ///
    /// Where no source has changed since, those that are here are the program's, and git knows whether they are as in the commit. Otherwise
    /// there is only what the checkout was at then.
    func revision(ofProgramFrom date: Date) -> Revision? {
        if !Self.sources.contains(where: { changed("\(folder)/\($0)", after: date) }), let now = revisionNow() {
            return now
        }
        return commit(at: date).map { Revision(commit: $0, changes: .unknown) }
    }

    /// What the sources are; nil where git is not here or does not say.
    private func revisionNow() -> Revision? {
        // Without the variables of git, which tell of another repository where this is run by a hook.
        let variables = ProcessInfo.processInfo.environment.filter { ["PATH", "HOME"].contains($0.key) }
        let candidates = (variables["PATH"] ?? "").split(separator: ":").map { "\($0)/git" }
        guard let git = candidates.first(where: FileManager.default.isExecutableFile(atPath:)) else { return nil }
        let invocation = WorkerInvocation(
            executable: git,
            arguments: [
                "--no-optional-locks", "-C", folder, "status", "--porcelain=v2", "--branch", "--untracked-files=all",
                "--",
            ] + Self.sources,
            environment: variables
        )
        guard let process = try? WorkerProcess(invocation) else { return nil }
        process.closeInput()
        var commit: String?
        var changes = Revision.Changes.none
        while !process.isClosed {
            for line in process.lines(waitingMilliseconds: 1000).output {
                if line.hasPrefix("# branch.oid ") {
                    commit = String(line.dropFirst("# branch.oid ".count))
                } else if !line.hasPrefix("#") {
                    changes = .some
                }
            }
        }
        guard process.wait() == .exited(status: 0), let commit, commit != "(initial)" else { return nil }
        return Revision(commit: commit, changes: changes)
    }

    /// Whether a file, or something in a folder, is newer than a date, or cannot be looked at.
    private func changed(_ path: String, after date: Date) -> Bool {
        var paths = [path]
        if let inner = FileManager.default.enumerator(atPath: path) {
            for case let name as String in inner { paths.append("\(path)/\(name)") }
        }
        return paths.contains { path in
            guard let attributes = try? FileManager.default.attributesOfItem(atPath: path),
                let changed = attributes[.modificationDate] as? Date
            else { return true }
            return changed > date
        }
    }

    /// Where the checkout was, by git's own notes: a line each time it moved, with the commits before and after, who did it, and when in
    /// seconds.
    ///
    /// Source: git, gitrepository-layout(5), `logs`.
    private func commit(at date: Date) -> String? {
        guard let log = Self.text("\(repository)/logs/HEAD") else { return nil }
        var commit: String?
        for line in log.split(separator: "\n") {
            guard let entry = line.split(separator: "\t", maxSplits: 1).first else { continue }
            let words = entry.split(separator: " ")
            guard words.count >= 4, let seconds = Double(words[words.count - 2]) else { continue }
            if seconds > date.timeIntervalSince1970 { break }
            commit = String(words[1])
        }
        return commit
    }

    private static func text(_ path: String) -> String? {
        try? String(contentsOfFile: path, encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
