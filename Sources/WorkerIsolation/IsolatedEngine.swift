import Execution
import WasmModel

/// An engine in another process: its crash, its hang and its hunger are outcomes and hurt nobody.
public struct IsolatedEngine: Oracle, CompilingEngine {
    public let name: EngineName
    public let capabilities: EngineCapabilities
    private let specimen: String?
    private let worker: ServingWorker

    /// Makes an engine of a full name, e.g. `x86_64:none:loads`, with a deliberate bug where one is named.
    public init(
        name: EngineName,
        capabilities: EngineCapabilities = .unstated,
        specimen: String? = nil,
        worker: ServingWorker
    ) {
        self.name = name
        self.capabilities = capabilities
        self.specimen = specimen
        self.worker = worker
    }

    /// Runs the case in the worker; not run where no worker can be had, which says nothing of the engine.
    public func run(_ test: TestCase, within budget: Budget) -> Outcome {
        worker.outcome(of: HostRequest(.test(HostedCase(test)), engine: name, specimen: specimen, budget: budget))
    }

    /// Compiles the module in the worker.
    public func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
        let request = HostRequest(.compilation(wasm), engine: name, specimen: specimen, budget: budget)
        guard case .answered(.compilation(let cost)) = try? worker.exchange(request, { _ in false }) else { return nil }
        return cost
    }

    /// The same engine, which has to be an oracle's, with a choice of what relaxed instructions do.
    public func choosing(_ relaxed: RelaxedParameters) -> any Engine {
        let name = EngineName(family: name.family, options: name.options + ["relaxed-\(relaxed.number)"])
        return IsolatedEngine(name: name, capabilities: capabilities, specimen: specimen, worker: worker)
    }
}
