import Foundation

extension FileManager {
    /// Whether there is a folder of a name, or a link to one.
    public func isFolder(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
    }
}
