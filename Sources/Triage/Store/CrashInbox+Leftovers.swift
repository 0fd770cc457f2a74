import Foundation

extension CrashInbox {
    /// The prefix of files that are being written: `.tmp-`, microseconds, and the writer's process.
    static let temporaryPrefix = ".tmp-"

    /// Removes what writers that are gone left half written, here and in a folder below.
    public func removeLeftovers() throws(CrashStoreError) {
        for folder in [path, "\(path)/deaths"] {
            for name in try DurableFile.names(in: folder) where name.hasPrefix(Self.temporaryPrefix) {
                let parts = name.dropFirst(Self.temporaryPrefix.count).split(separator: "-")
                guard parts.count > 1, let writer = pid_t(parts[1]), kill(writer, 0) != 0, errno == ESRCH else { continue }
                try DurableFile.remove("\(folder)/\(name)")
            }
        }
    }

    /// Moves a file out of the way of later starts, and keeps it.
    /// - Parameters:
    ///   - file: in the inbox or in a folder below.
    ///   - folder: the name of the folder of the inbox that gets it, which says why.
    /// - Returns: where it is now.
    public func setAside(_ file: String, in folder: String) throws(CrashStoreError) -> String {
        let target = "\(path)/\(folder)"
        try DurableFile.makeFolder(target)
        let final = "\(target)/\((file as NSString).lastPathComponent)"
        try DurableFile.move(file, to: final)
        return final
    }
}
