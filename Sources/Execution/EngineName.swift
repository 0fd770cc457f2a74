/// The name of an engine: a family, and what tells its configurations apart.
///
/// Written `x86_64:none:loads`: the family first, then the options in the order of the family. A name without some of its options
/// is a pattern that stands for every configuration that has the others.
public struct EngineName: Hashable, Sendable, CustomStringConvertible {
    /// What the engine is, e.g. `interpreter`, `x86_64` or `arm64`; not empty.
    public let family: String
    /// What tells it from others of the family, e.g. `none` and `loads`.
    public let options: [String]

    /// Makes a name of its parts.
    public init(family: String, options: [String] = []) {
        self.family = family
        self.options = options
    }

    /// Reads a name as options and reports write it; a text without a colon is a family.
    public init(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        self.init(family: parts.first ?? "", options: Array(parts.dropFirst()))
    }

    /// Whether the name, taken as a pattern, stands for another: the same family, and all of the options.
    public func matches(_ other: EngineName) -> Bool {
        family == other.family && options.allSatisfy { other.options.contains($0) }
    }

    /// The parts with colons between them.
    public var description: String { ([family] + options).joined(separator: ":") }
}

extension EngineName: ExpressibleByStringLiteral {
    /// Reads a name.
    public init(stringLiteral text: String) { self.init(text) }
}

extension EngineName: Codable {
    /// Reads one string.
    public init(from decoder: any Decoder) throws {
        self.init(try decoder.singleValueContainer().decode(String.self))
    }

    /// Writes one string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
