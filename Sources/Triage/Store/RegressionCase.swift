import Execution
import WasmModel

/// A module with its calls and how each must end.
public struct RegressionCase: Hashable, Sendable {
    /// One line that becomes a comment, e.g. `253 results`.
    public var title: String
    public var module: Module
    public var invocations: [Invocation]
    /// Modules that are instantiated first; see ``Execution/TestCase/companions``.
    public var companions: [Module]
    /// How the oracle says that each invocation ends; fewer than invocations where it did not get further.
    public var expected: [InvocationOutcome]
    /// Whether each call is made on an instance of its own.
    public var usesFreshInstances: Bool

    /// Makes a case.
    public init(
        title: String,
        module: Module,
        invocations: [Invocation],
        expected: [InvocationOutcome],
        companions: [Module] = [],
        usesFreshInstances: Bool = false
    ) {
        self.companions = companions
        self.usesFreshInstances = usesFreshInstances
        self.title = title
        self.module = module
        self.invocations = invocations
        self.expected = expected
    }
}
