import Differential
import Execution
import WorkerIsolation

/// Engines in two processes, one of which the oracle has for itself.
struct IsolatedEngines: Sendable {
    let judge: Judge
    private let worker: ServingWorker
    /// Full names, without the oracle's.
    private let names: [EngineName]

    init(_ invocation: WorkerInvocation, oracle: EngineName, names: [EngineName], budget: Budget) {
        self.names = names
        judge = Judge(
            oracle: IsolatedEngine(name: oracle, worker: ServingWorker(invocation)),
            budget: budget
        )
        worker = ServingWorker(invocation)
    }

    func engine(_ name: EngineName, specimen: String?) -> any Engine {
        name == judge.oracle.name ? judge.oracle : IsolatedEngine(name: name, specimen: specimen, worker: worker)
    }

    /// All engines of the campaign but the oracle, with a deliberate bug where one is named.
    func all(specimen: String?) -> [any Engine] { names.map { engine($0, specimen: specimen) } }
}
