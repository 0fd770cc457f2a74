/// How a function is named by the instruction that calls it.
public enum CallKind: String, Hashable, Sendable, CaseIterable, Codable {
    /// By its index.
    case direct = "direct"
    /// By its place in a table.
    case indirect = "indirect"
    /// By a reference to it.
    case reference = "reference"
}
