import Foundation

extension Error {
    /// The error for people: errors of this project describe themselves, those of Foundation are told by their reason and the file.
    public var oneLine: String {
        let text = "\(self)"
        guard text.hasPrefix("Error Domain=") else { return text }
        let error = self as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
        let reason = (underlying ?? error).localizedDescription
        return (error.userInfo[NSFilePathErrorKey] as? String).map { "\($0): \(reason)" } ?? reason
    }
}
