/// Where a report comes from: what was run, by whom and on what.
public struct Provenance: Hashable, Sendable, Codable {
    /// The program with its version, e.g. `fuzz-multivalue 0.1.0`.
    public var program: String
    /// What the program was built from; nil where that is not known.
    public var revision: Revision?
    /// The system, the processor and the number of its cores.
    public var host: String
    /// As it was typed, without the program.
    public var arguments: [String]
    /// Decides the random part of a campaign; nil where none ran.
    public var seed: UInt64?
    /// What a campaign made its cases by.
    public var profiles: [String]?

    private enum CodingKeys: String, CodingKey {
        case program = "program"
        case revision = "revision"
        case host = "host"
        case arguments = "arguments"
        case seed = "seed"
        case profiles = "profiles"
    }

    /// Makes a provenance.
    public init(
        program: String,
        revision: Revision?,
        host: String,
        arguments: [String],
        seed: UInt64? = nil,
        profiles: [String]? = nil
    ) {
        self.program = program
        self.revision = revision
        self.host = host
        self.arguments = arguments
        self.seed = seed
        self.profiles = profiles
    }

    /// One line.
    public var text: String {
        let parts = [
            revision.map { "\(program) at \($0.short)" } ?? program, host,
            seed.map { "seed \($0)" },
            profiles.map { "profiles \($0.joined(separator: ", "))" },
        ]
        return parts.compactMap { $0 }.joined(separator: "; ")
    }
}
