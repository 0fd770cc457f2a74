import Execution

/// What the comparison of one engine's outcome with all that is allowed says.
public enum Verdict: Hashable, Sendable {
    /// At least one thing was compared, and nothing differs.
    case agreement
    /// The engine is wrong, or the oracle is.
    case divergence(Divergence)
    /// Nothing can be said, and why.
    case inconclusive(Inconclusiveness)
}

/// Why nothing can be said of an engine's outcome.
public struct Inconclusiveness: Hashable, Sendable, CustomStringConvertible {
    /// The kind of reason.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The engine does not take the module, and says so.
        case refused
        /// The oracle does not take the module, or did not come to an end itself.
        case oracle
        /// The program did not end within the budget, which is no property of an engine.
        case exhausted
        /// The specification leaves it open.
        case open
        /// The case shows nothing: no call, no export.
        case nothing
        /// The engine was out of time or memory once, and not again with more of both.
        case unconfirmed
        /// The engine, or the oracle, was not run, since no process could be had for it.
        case worker
    }

    public var kind: Kind
    /// In words.
    public var description: String

    /// Makes a reason.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

/// A difference between an outcome and what is expected.
public struct Divergence: Hashable, Sendable {
    /// Which observable differs first.
    public var observable: Observable
    /// The expected value or outcome in words.
    public var expected: String
    /// The observed value or outcome in words.
    public var observed: String
    /// What kind of mistake it looks like, where the values tell: `swapped`, `shifted`, `truncated`, …
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
public enum Observable: Hashable, Sendable {
    /// The engine crashed in this phase.
    case crash(Phase)
    /// The engine did not end, with ten times the time either.
    case hang(Phase)
    /// The engine used up memory, ten times the budget's as well.
    case memoryExhaustion(Phase)
    /// The engine's processor time grows faster than the module; see ``CompileTimeCurve``.
    case compileTime
    /// The code or the frames of a compiler grow faster than the module; see ``CodeSizeCurve``.
    case codeSize
    /// The engine took the module for invalid.
    case rejection
    /// Whether there is an instance, or how the instantiation ended.
    case instantiation
    /// Returned, trapped: how the invocation ended.
    case ending(invocation: Int)
    /// The number of results.
    case resultCount(invocation: Int)
    case result(invocation: Int, index: Int)
    /// A value of the exception that ended the call.
    case payload(invocation: Int, index: Int)
    case global(name: String)
    /// The first differing byte of a memory; where only the size differs, the smaller size.
    case memory(name: String, byteOffset: Int)
    /// The first differing element of a table; where only the size differs, the smaller size.
    case element(table: String, position: Int)
    case hostCallCount
    case hostCallArgument(call: Int, index: Int)
}

extension Verdict {
    /// Whether the engine differs from what is allowed.
    public var isDivergence: Bool { divergence != nil }

    /// The difference, where there is one.
    public var divergence: Divergence? {
        switch self {
        case .divergence(let divergence): divergence
        case .agreement, .inconclusive: nil
        }
    }
}
