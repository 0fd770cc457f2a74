import Differential
import Execution
import WasmModel
import WorkerIsolation

/// Engines in two processes, one of which the oracle has for itself.
struct IsolatedEngines: Sendable {
    let judge: Judge
    private let worker: ServingWorker
    /// Full names, without the oracle's.
    private let names: [EngineName]
    private let cancellation: Cancellation

    init(
        _ invocation: WorkerInvocation,
        oracle: EngineName,
        names: [EngineName],
        budget: Budget,
        cancellation: Cancellation
    ) {
        self.names = names
        self.cancellation = cancellation
        let isolated = IsolatedEngine(name: oracle, worker: ServingWorker(invocation))
        judge = Judge(oracle: CancellableOracle(base: isolated, cancellation: cancellation), budget: budget)
        worker = ServingWorker(invocation)
    }

    func engine(_ name: EngineName, specimen: String?) -> any Engine {
        if name == judge.oracle.name { return judge.oracle }
        let isolated = IsolatedEngine(name: name, specimen: specimen, worker: worker)
        return CancellableOracle(base: isolated, cancellation: cancellation)
    }

    /// All engines of the campaign but the oracle, with a deliberate bug where one is named.
    func all(specimen: String?) -> [any Engine] { names.map { engine($0, specimen: specimen) } }
}

/// An engine that is not run any more once nobody waits for it.
private struct CancellableOracle: Oracle {
    let base: any Oracle
    let cancellation: Cancellation

    var name: EngineName { base.name }

    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        cancellation.isRequested ? .notRun(reason: "the campaign is over") : base.run(test, within: budget)
    }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { base.choosing(relaxed) }
}
