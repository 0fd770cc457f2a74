import Foundation

/// Files that wait in a folder to be looked at, each written by a process whose number is in its name.
///
/// A file is there whole or not at all, and on the disk when its writer goes on.
public struct WaitingFolder: Sendable {
    /// The folder; it need not exist.
    public let path: String

    /// A folder. Nothing is read or written yet.
    public init(path: String) { self.path = path }

    private static let temporaryPrefix = ".tmp-"

    /// Makes the folder where it is missing.
    func make() throws(CrashStoreError) { try DurableFile.makeFolder(path) }

    /// Another path for each file: of the time, the process and a random number.
    public func newPath() -> String {
        let microseconds = UInt64(Date().timeIntervalSince1970 * 1_000_000)
        let suffix = String(UInt32.random(in: 0 ... .max), radix: 36)
        return "\(path)/\(microseconds)-\(getpid())-\(suffix).json"
    }

    /// Writes a file under a path that ``newPath()`` gave; it is on the disk when this returns.
    public func put(_ bytes: [UInt8], at file: String) throws(CrashStoreError) {
        try make()
        let name = (file as NSString).lastPathComponent
        try DurableFile().replace(bytes, file, temporary: "\(path)/\(Self.temporaryPrefix)\(name)")
        try DurableFile.flushFolder(path)
    }

    /// The paths of the files, the oldest first.
    public func files() throws(CrashStoreError) -> [String] {
        try DurableFile.names(in: path).filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.map { "\(path)/\($0)" }
    }

    /// Removes the beginnings of files whose writers are no more.
    public func removeWhatKilledWritersLeft() throws(CrashStoreError) {
        for name in try DurableFile.names(in: path) where name.hasPrefix(Self.temporaryPrefix) {
            let parts = name.dropFirst(Self.temporaryPrefix.count).split(separator: "-")
            if parts.count == 3, let writer = pid_t(parts[1]), writer > 0, kill(writer, 0) == 0 || errno == EPERM {
                continue
            }
            try DurableFile.remove("\(path)/\(name)")
        }
    }
}
