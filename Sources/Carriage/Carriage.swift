/// How values come into and out of an engine: few embeddings carry them all.
///
/// The raw values are names in options and reports.
public enum Carriage: String, Hashable, Codable, CaseIterable, Sendable {
    /// By the calls as they are, through the host's own interface.
    case direct = "direct"
    /// By calls without parameters, whose results are in a memory.
    case memory = "memory"
    /// By calls without parameters, whose results are in exported globals.
    case globals = "globals"
    /// By calls that compare in wasm with what is expected.
    case selfCheck = "self-check"
    /// By a script that asserts what is expected.
    case script = "script"
}

/// Why a carriage cannot take a case.
public struct CarriageObstacle: Error, Hashable, Sendable, CustomStringConvertible {
    /// The reason in words.
    public var description: String

    /// Makes an obstacle from its reason.
    public init(_ reason: String) { description = reason }
}
