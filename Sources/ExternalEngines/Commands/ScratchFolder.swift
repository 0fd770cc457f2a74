import Foundation
import Synchronization
import WorkerIsolation

/// The folder for the files that commands are given, one for this process among the temporary files.
///
/// It goes with the process. A process that is killed leaves its folder behind, which the next one of the same user removes.
enum ScratchFolder {
    private static let prefix = "fuzz-multivalue-cases-"
    private static let counter = Atomic<Int>(0)

    private static let path: Result<String, WorkerError> = {
        removeAbandoned()
        let path = "\(parent)/\(prefix)\(getpid())"
        // What is left of another process with the number is of nobody.
        try? FileManager.default.removeItem(atPath: path)
        guard mkdir(path, 0o700) == 0 else {
            return .failure(WorkerError("cannot make the folder \(path): \(String(cString: strerror(errno)))"))
        }
        atexit { ScratchFolder.remove() }
        return .success(path)
    }()

    private static var parent: String {
        let path = FileManager.default.temporaryDirectory.path
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    /// Writes the files of a case into a folder of their own, which is there while something is done with it.
    /// - Throws: where they cannot be written.
    static func with<Result>(
        _ files: [(name: String, bytes: [UInt8])],
        _ body: (_ folder: String) throws(WorkerError) -> Result
    ) throws(WorkerError) -> Result {
        let folder = "\(try path.get())/\(counter.add(1, ordering: .relaxed).newValue)"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for file in files { try Data(file.bytes).write(to: URL(fileURLWithPath: "\(folder)/\(file.name)")) }
        } catch {
            throw WorkerError("cannot write the files of a case: \(error.localizedDescription)")
        }
        return try body(folder)
    }

    private static func remove() {
        guard case .success(let path) = path else { return }
        try? FileManager.default.removeItem(atPath: path)
    }

    private static func removeAbandoned() {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] where name.hasPrefix(prefix) {
            guard let process = pid_t(name.dropFirst(prefix.count)), process > 0, process != getpid(),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: "\(parent)/\(name)")
        }
    }
}
