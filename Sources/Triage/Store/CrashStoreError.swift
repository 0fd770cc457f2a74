/// What went wrong with a file or folder of the crash store.
public struct CrashStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or folder.
    public var path: String
    /// What was attempted and why it failed.
    public var reason: String

    /// Makes an error.
    public init(path: String, reason: String) {
        self.path = path
        self.reason = reason
    }

    /// Path and reason in one line.
    public var description: String { "\(path): \(reason)" }
}
