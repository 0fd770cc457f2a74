import Engines
import WasmModel

/// What the comparison of one engine's outcome with the oracle's says.
public enum Verdict: Hashable, Sendable, Codable {
    case agreement
    /// The engine is wrong, or the oracle is.
    case divergence(Divergence)
    /// Nothing can be said, and why: one side refused the module, or reached a limit of its budget.
    case inconclusive(reason: String)
}

/// A difference between an outcome and what is expected.
public struct Divergence: Hashable, Sendable, Codable {
    /// Which observable differs first.
    public var observable: Observable
    /// The expected value or outcome in words.
    public var expected: String
    /// The observed value or outcome in words.
    public var observed: String
    /// What kind of mistake it looks like, where the values tell: `swapped`, `shifted`, `stale`, `truncated`, …
    public var pattern: String?

    /// Makes a divergence.
    public init(observable: Observable, expected: String, observed: String, pattern: String? = nil) {
        self.observable = observable
        self.expected = expected
        self.observed = observed
        self.pattern = pattern
    }
}

/// A part of an outcome that can differ.
public enum Observable: Hashable, Sendable, Codable {
    /// The engine crashed in this phase.
    case crash(Phase)
    /// The engine did not end.
    case hang(Phase)
    /// The engine took the module for invalid.
    case rejection
    /// Returned, trapped: how the invocation ended.
    case ending(invocation: Int)
    /// The number of results.
    case resultCount(invocation: Int)
    case result(invocation: Int, index: Int)
    case global(name: String)
    /// The first differing byte of a memory; where only the size differs, the smaller size.
    case memory(name: String, byteOffset: Int)
    /// The first differing element of a table; where only the size differs, the smaller size.
    case element(table: String, position: Int)
    case hostCallCount
    case hostCallArgument(call: Int, index: Int)
}
