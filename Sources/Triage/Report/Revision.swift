/// The commit that a program was built from.
///
/// As text it is the commit, with a mark behind it where that is not all: `+` for changes that are in no commit, `?` where it is not known
/// whether there were any.
public struct Revision: Hashable, Sendable, Codable, CustomStringConvertible {
    /// Whether the program was built from something else than the commit.
    public enum Changes: String, Hashable, Sendable, CaseIterable {
        case none = ""
        case some = "+"
        case unknown = "?"
    }

    /// The whole name of the commit.
    public var commit: String
    public var changes: Changes

    /// Makes a revision.
    public init(commit: String, changes: Changes) {
        self.commit = commit
        self.changes = changes
    }

    /// Reads a text such as ``description``; a commit without a mark has no changes.
    public init(_ text: String) {
        changes = Changes.allCases.last { text.hasSuffix($0.rawValue) } ?? .none
        commit = String(text.dropLast(changes.rawValue.count))
    }

    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    public var description: String { commit + changes.rawValue }

    /// With the first twelve digits of the commit.
    public var short: String { commit.prefix(12) + changes.rawValue }
}
