/// Something that runs modules: the interpreter, a compiler with a machine, or an engine outside.
public protocol Engine: Sendable {
    /// The name by which options and reports call the engine, e.g. `interpreter` or `x86_64:none:loads`.
    var name: String { get }

    /// Runs a test case from its bytes to its observation. May take the process down with it where the engine is at fault: who cannot
    /// afford that uses an isolated engine.
    func run(_ test: TestCase, within budget: Budget) -> Outcome
}
