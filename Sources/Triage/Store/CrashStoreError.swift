import WasmFormats

/// What went wrong with a file or folder of the crash store.
public struct CrashStoreError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file or folder.
    public var path: String
    /// Line and column in the file, where it is a text, as `2:5`.
    public var place: String?
    /// What was attempted and why it failed.
    public var reason: String
    /// Whether there is nothing wrong with what is there, but nothing to compare.
    public var isAboutNothing: Bool

    /// Makes an error.
    public init(path: String, reason: String, isAboutNothing: Bool = false) {
        self.path = path
        self.reason = reason
        self.isAboutNothing = isAboutNothing
    }

    /// Makes the error of a text.
    init(_ error: TextError, path: String) {
        self.init(path: path, reason: error.reason)
        place = "\(error.line):\(error.column)"
    }

    /// Path, place and reason in one line.
    public var description: String { "\(path):\(place.map { "\($0):" } ?? "") \(reason)" }
}
