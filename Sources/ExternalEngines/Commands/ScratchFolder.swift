import Foundation
import Synchronization
import WorkerIsolation

/// The folders for the files that commands are given, one for each case among the temporary files.
///
/// Each goes with its case. A process that is killed leaves one behind, which the next process of the same user removes.
enum ScratchFolder {
    private static let prefix = "fuzz-multivalue-case-"
    private static let counter = Atomic<Int>(0)

    private static let parent: String = {
        let path = FileManager.default.temporaryDirectory.path
        let parent = path.hasSuffix("/") ? String(path.dropLast()) : path
        removeAbandoned(in: parent)
        return parent
    }()

    /// Writes the files of a case into a folder of their own, which is there while something is done with it.
    /// - Throws: where they cannot be written.
    static func with<Result>(
        _ files: [(name: String, bytes: [UInt8])],
        _ body: (_ folder: String) throws(WorkerError) -> Result
    ) throws(WorkerError) -> Result {
        let folder = "\(parent)/\(prefix)\(getpid())-\(counter.add(1, ordering: .relaxed).newValue)"
        // What is left of another process with the number is of nobody.
        try? FileManager.default.removeItem(atPath: folder)
        guard mkdir(folder, 0o700) == 0 else {
            throw WorkerError("cannot make the folder \(folder): \(String(cString: strerror(errno)))")
        }
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
        } catch {
            throw WorkerError("cannot write the files of a case: \(error.localizedDescription)")
        }
        return try body(folder)
    }

    private static func removeAbandoned(in parent: String) {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            guard let process = name.dropFirst(prefix.count).split(separator: "-").first.flatMap({ pid_t($0) }),
                process > 0, process != getpid(), kill(process, 0) != 0, errno == ESRCH
            else { continue }
            // Of another user it stays.
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }
}
