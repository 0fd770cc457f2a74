/// Why a file of a folder of modules is not used, or not for all that a module is used for.
public enum ModuleReservation: String, Hashable, Sendable, Codable, CaseIterable, Error {
    case unreadable = "cannot be read"
    case notRegular = "is no regular file"
    case tooLarge = "is too large"
    case noModule = "is no module"
    case invalid = "is not valid"
    case showsNothing = "has no export to call or compare"

    /// Whether the file is used all the same, in part.
    var permitsUse: Bool {
        switch self {
        case .unreadable, .notRegular, .tooLarge, .noModule: false
        case .invalid, .showsNothing: true
        }
    }

    /// What so many files are, e.g. `2 are no module`.
    func text(count: Int) -> String {
        let isOrAre = count == 1 ? "is" : "are"
        return switch self {
        case .unreadable: "\(count) cannot be read"
        case .notRegular: "\(count) \(isOrAre) no regular \(count == 1 ? "file" : "files")"
        case .tooLarge: "\(count) \(isOrAre) larger than \(ModuleFile.greatestSize) bytes"
        case .noModule: "\(count) \(isOrAre) no module"
        case .invalid: "\(count) \(isOrAre) not valid, and only to be rejected"
        case .showsNothing:
            "\(count) \(count == 1 ? "has" : "have") no export to call or compare, and only to be compiled"
        }
    }
}
