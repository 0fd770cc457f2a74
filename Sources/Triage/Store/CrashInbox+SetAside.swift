import Foundation

extension CrashInbox {
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
