import Differential
import Execution
import Triage
import WasmModel
import WorkerIsolation

/// Engines in two processes, one of which the oracle has for itself.
struct IsolatedEngines: Sendable {
    let judge: Judge
    private let worker: ServingWorker
    private let registry: EngineRegistry
    /// Full names, without the oracle's.
    private let names: [EngineName]
    private let cancellation: Cancellation

    init(
        _ invocation: WorkerInvocation,
        _ registry: EngineRegistry,
        names: [EngineName],
        budget: Budget,
        cancellation: Cancellation
    ) {
        self.names = names
        self.registry = registry
        self.cancellation = cancellation
        let isolated = IsolatedEngine(name: registry.oracle.name, worker: ServingWorker(invocation))
        judge = Judge(oracle: CancellableOracle(base: isolated, cancellation: cancellation), budget: budget)
        worker = ServingWorker(invocation)
    }

    /// The bytes of a module that is compiled in milliseconds.
    private static let bytesOfSmallModule = 32_000.0
    /// How long a small module may take before it is run again with more; a larger one may take longer in proportion.
    private static let secondsOfSmallModule = 1.0 * Double(BuildConfiguration.slowness)

    /// The judge of a case: the compilers in this program are through in a time that grows as the module does, and who waits longer waits for
    /// nothing. What the case itself takes is known from the oracle.
    func judge(of subject: Case) -> Judge { judge(of: subject, seconds: Self.secondsOfSmallModule) }

    /// The judge of cases like one whose failure was confirmed.
    func judgeOfConfirmed(_ subject: Case) -> Judge {
        judge(of: subject, seconds: Self.secondsOfSmallModule / 2).withoutConfirmation
    }

    private func judge(of subject: Case, seconds: Double) -> Judge {
        if names.contains(where: isExternal) { return judge }
        var budget = judge.budget
        budget.seconds = min(
            budget.seconds,
            seconds * max(1, Double(subject.test.wasm.count) / Self.bytesOfSmallModule)
        )
        return Judge(oracle: judge.oracle, budget: budget, confirmationFactor: judge.confirmationFactor)
    }

    /// Whether an engine is outside of this program.
    func isExternal(_ name: EngineName) -> Bool { registry.isExternal(name) }

    func engine(_ name: EngineName, specimen: String?) -> any Engine {
        if name == judge.oracle.name { return judge.oracle }
        if registry.isExternal(name), let engine = try? registry.engine(named: name) {
            // It has a process of its own.
            let carrying = engine as? any CarryingEngine
            return carrying.map { CancellableEngine(base: $0, cancellation: cancellation) } ?? engine
        }
        let isolated = IsolatedEngine(name: name, specimen: specimen, worker: worker)
        return CancellableOracle(base: isolated, cancellation: cancellation)
    }

    /// What finds the stage at fault of a compiler in this program; nil of any other engine.
    func bisection(of name: EngineName, specimen: String?) -> StageBisection? {
        StageBisection(of: name, in: registry) { engine($0, specimen: specimen) }
    }

    /// The engine with the same configuration for the other machine; nil of any engine outside of this program.
    func counterpart(of name: EngineName, specimen: String?) -> (any Engine)? {
        registry.counterpart(of: name).map { engine($0, specimen: specimen) }
    }

    /// All engines of the campaign but the oracle, with a deliberate bug where one is named.
    func all(specimen: String?) -> [any Engine] { names.map { engine($0, specimen: specimen) } }

    /// Those of the same configurations whose code checks itself, as every second case of a worker has it.
    func audited(specimen: String?) -> [any Engine] {
        names.compactMap { registry.auditedEngine($0)?.name }.map { engine($0, specimen: specimen) }
    }
}

/// An engine that is not run any more once nobody waits for it.
private struct CancellableEngine: CarryingEngine {
    let base: any CarryingEngine
    let cancellation: Cancellation

    var name: EngineName { base.name }
    var capabilities: EngineCapabilities { base.capabilities }
    var definitionText: String { base.definitionText }
    func takeCarriageCounts() -> [String: Int] { base.takeCarriageCounts() }
    func variants() -> [any Engine] { cancellation.isRequested ? [] : base.variants() }
    func reproduction(of test: TestCase, expected: Outcome) -> Reproduction? {
        base.reproduction(of: test, expected: expected)
    }

    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        cancellation.isRequested ? .notRun(reason: "the campaign is over") : base.run(test, within: budget)
    }

    func processorSeconds(_ test: TestCase, within budget: Budget) -> Double? {
        cancellation.isRequested ? nil : base.processorSeconds(test, within: budget)
    }
}

/// An oracle that is not run any more once nobody waits for it.
private struct CancellableOracle: Oracle, CompilingEngine {
    let base: IsolatedEngine
    let cancellation: Cancellation

    var name: EngineName { base.name }

    func run(_ test: TestCase, within budget: Budget) -> Outcome {
        cancellation.isRequested ? .notRun(reason: "the campaign is over") : base.run(test, within: budget)
    }

    func choosing(_ relaxed: RelaxedParameters) -> any Engine { base.choosing(relaxed) }

    func cost(ofCompiling wasm: [UInt8], within budget: Budget) -> CompilationCost? {
        cancellation.isRequested ? nil : base.cost(ofCompiling: wasm, within: budget)
    }
}
