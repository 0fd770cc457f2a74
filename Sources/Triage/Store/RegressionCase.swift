import Execution
import WasmModel

/// A module with its calls and how each must end.
public struct RegressionCase: Hashable, Sendable {
    /// One line that becomes a comment, e.g. `253 results`.
    public var title: String
    public var module: Module
    public var invocations: [Invocation]
    /// How the oracle says that each invocation ends; fewer than invocations where it did not get further.
    public var expected: [InvocationOutcome]

    /// Makes a case.
    public init(title: String, module: Module, invocations: [Invocation], expected: [InvocationOutcome]) {
        self.title = title
        self.module = module
        self.invocations = invocations
        self.expected = expected
    }
}
